"""The access formats of a consultation side by side: standard text, easy read and recordings, with their gaps."""

from typing import Any

from consultation.surveys.editor.answering_time import estimate_minutes
from consultation.surveys.editor.questionnaire_outline import build_outline, capitalise_first, name_entry
from consultation.surveys.readability import grade_text
from consultation.surveys.validation.linted_draft import EASY
from consultation.surveys.validation.readability_linters import is_easy_read

# The text fields of a block, each with its easy-read field.
SAID = (("text", "easy"), ("hint", "hint_easy"), ("body", "body_easy"))
GAP, SAME, SILENT = "gap", "same", "machine"


def build_comparison_table(page: Any) -> dict[str, Any]:
    """Rows: the page's own texts first, then each block with its choices."""
    rows = [
        _build_page_row(page, field) for field in ("summary", "can_change", "cannot_change") if getattr(page, field)
    ]
    entries = build_outline(page)
    recorded = {child.id: bool(child.value.get("audio")) for child in page.body}
    rows += [_build_entry_row(entry, recorded.get(entry["id"], False)) for entry in entries]
    return {
        "rows": rows,
        "gaps": sum(pair["state"] == GAP for row in rows for pair in row["pairs"]),
        "silent": sum(not row["recorded"] for row in rows if row["block"]),
        "minutes": estimate_minutes(page),
    }


def _build_page_row(page: Any, field: str) -> dict[str, Any]:
    label = capitalise_first(page._meta.get_field(field).verbose_name)
    pair = _build_text_pair(getattr(page, field), getattr(page, EASY[field]))
    return {"name": label, "block": "", "field": EASY[field], "pairs": [pair], "recorded": False}


def _build_entry_row(entry: dict[str, Any], recorded: bool) -> dict[str, Any]:
    words = entry["words"]
    pairs = [_build_text_pair(words[field], words.get(easy, "")) for field, easy in SAID if words.get(field)]
    pairs += [
        _build_text_pair(one["text"], one.get("easy", ""))
        for one in (*entry["lines"].values(), *entry["choices"].values())
        if one.get("text")
    ]
    return {
        "name": capitalise_first(name_entry(entry)),
        "block": entry["id"],
        "field": "",
        "pairs": pairs,
        "recorded": recorded,
    }


def _build_text_pair(standard: str, easy: str) -> dict[str, Any]:
    """`state`: own easy text, standard text that is easy enough (SAME), or missing (GAP)."""
    state = "own" if easy else SAME if is_easy_read(standard) else GAP
    return {"standard": standard, "easy": easy, "state": state, "grade": grade_text(standard)}
