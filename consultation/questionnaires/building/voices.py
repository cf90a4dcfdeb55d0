"""The access formats of a consultation side by side: standard text, easy read and recordings, with their gaps."""

from typing import Any

from consultation.questionnaires.building.length import takes
from consultation.questionnaires.building.outline import begun, name, outline
from consultation.questionnaires.linting.draft import EASY
from consultation.questionnaires.linting.reading import is_easy
from consultation.questionnaires.reading_grade import grade

# The text fields of a block, each with its easy-read field.
SAID = (("text", "easy"), ("hint", "hint_easy"), ("body", "body_easy"))
GAP, SAME, SILENT = "gap", "same", "machine"


def table(page: Any) -> dict[str, Any]:
    """Rows: the page's own texts first, then each block with its choices."""
    rows = [_own(page, field) for field in ("summary", "can_change", "cannot_change") if getattr(page, field)]
    entries = outline(page)
    recorded = {child.id: bool(child.value.get("audio")) for child in page.body}
    rows += [_row(entry, recorded.get(entry["id"], False)) for entry in entries]
    return {
        "rows": rows,
        "gaps": sum(pair["state"] == GAP for row in rows for pair in row["pairs"]),
        "silent": sum(not row["recorded"] for row in rows if row["block"]),
        "minutes": takes(page),
    }


def _own(page: Any, field: str) -> dict[str, Any]:
    label = begun(page._meta.get_field(field).verbose_name)
    pair = _pair(getattr(page, field), getattr(page, EASY[field]))
    return {"name": label, "block": "", "field": EASY[field], "pairs": [pair], "recorded": False}


def _row(entry: dict[str, Any], recorded: bool) -> dict[str, Any]:
    words = entry["words"]
    pairs = [_pair(words[field], words.get(easy, "")) for field, easy in SAID if words.get(field)]
    pairs += [
        _pair(one["text"], one.get("easy", ""))
        for one in (*entry["lines"].values(), *entry["choices"].values())
        if one.get("text")
    ]
    return {"name": begun(name(entry)), "block": entry["id"], "field": "", "pairs": pairs, "recorded": recorded}


def _pair(standard: str, easy: str) -> dict[str, Any]:
    """`state`: own easy text, standard text that is easy enough (SAME), or missing (GAP)."""
    state = "own" if easy else SAME if is_easy(standard) else GAP
    return {"standard": standard, "easy": easy, "state": state, "grade": grade(standard)}
