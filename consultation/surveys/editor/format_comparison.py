"""The access formats of a consultation side by side: standard text, easy read and recordings, with their gaps."""

from typing import Any

from consultation.surveys.editor.answering_time import estimate_minutes
from consultation.surveys.editor.questionnaire_outline import build_outline, capitalise_first, name_entry
from consultation.surveys.readability import grade_text, is_label, reading_age
from consultation.surveys.validation.linted_draft import EASY
from consultation.surveys.validation.readability_linters import is_easy_read

# The text fields of a block, each with its easy-read field.
SAID = (("text", "easy"), ("hint", "hint_easy"), ("body", "body_easy"))
GAP, SAME, SILENT = "gap", "same", "machine"


def build_comparison_table(page: Any) -> dict[str, Any]:
    """Rows: the page's own texts first, then each block with its choices."""
    rows = []
    for field in ("summary", "can_change", "cannot_change"):
        if said := getattr(page, field):
            label = capitalise_first(page._meta.get_field(field).verbose_name)
            pair = _build_text_pair(said, getattr(page, EASY[field]))
            rows.append({"name": label, "block": "", "field": EASY[field], "pairs": [pair], "recorded": False})
    recorded = {child.id: bool(child.value.get("audio")) for child in page.body}
    for entry in build_outline(page):
        words = entry["words"]
        texts = [(words[field], words.get(easy, "")) for field, easy in SAID if words.get(field)]
        inner = (*entry["lines"].values(), *entry["choices"].values())
        texts += [(one["text"], one.get("easy", "")) for one in inner if one.get("text")]
        pairs = [_build_text_pair(*text) for text in texts]
        own = {"name": capitalise_first(name_entry(entry)), "block": entry["id"], "field": ""}
        rows.append(own | {"pairs": pairs, "recorded": recorded.get(entry["id"], False)})
    return {
        "rows": rows,
        "gaps": sum(pair["state"] == GAP for row in rows for pair in row["pairs"]),
        "silent": sum(not row["recorded"] for row in rows if row["block"]),
        "minutes": estimate_minutes(page),
    }


def _build_text_pair(standard: str, easy: str) -> dict[str, Any]:
    """`state`: own easy text, standard text that is easy enough (SAME), or missing (GAP)."""
    state = "own" if easy else SAME if is_easy_read(standard) else GAP
    age = None if is_label(standard) else reading_age(grade_text(standard))
    return {"standard": standard, "easy": easy, "state": state, "age": age}
