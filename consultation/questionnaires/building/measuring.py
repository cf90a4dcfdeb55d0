"""Readability and answering time of texts while an officer types them, by the same rules as validation."""

from typing import Any

from consultation.questionnaires.building.length import minutes, seconds
from consultation.questionnaires.linting.reading import A_LABEL, ABOVE, length
from consultation.questionnaires.reading_grade import CHILDREN, PARENTS, grade, hard_words
from consultation.questionnaires.scales import BANDS, band_text, labels

MOST_TEXTS, MOST_LETTERS, MOST_ENTRIES = 60, 4_000, 400


def measured(asked: dict[str, Any]) -> dict[str, Any]:
    """`asked`: {"children": bool, "texts": {name: text}, "entries": [{"type", "text", "bands", "rows": int}]}.

    Returns {"texts": {name: sentence}, "minutes": int}.
    """
    children = bool(asked["children"])
    texts = dict(list(asked["texts"].items())[:MOST_TEXTS])
    entries = [_entry(one) for one in asked["entries"][:MOST_ENTRIES]]
    return {
        "texts": {name: _said(str(text)[:MOST_LETTERS], children) for name, text in texts.items()},
        "minutes": minutes(sum(seconds(entry, children) for entry in entries)),
    }


def _entry(one: dict[str, Any]) -> dict[str, Any]:
    """An outline entry with only the fields that the estimate needs."""
    return {
        "type": str(one["type"]),
        "words": {"text": str(one["text"])[:MOST_LETTERS]},
        "choices": _prepared(one),
        "lines": dict.fromkeys(range(min(int(one["rows"]), 100)), {}),
    }


def _prepared(one: dict[str, Any]) -> dict[str, dict[str, str]]:
    """The choices of standard scales and bands."""
    bands = BANDS.get(one.get("bands", "")) if one["type"] == "about" else None
    texts = labels().get(str(one["type"])) or {id_: band_text(id_) for id_ in bands or ()}
    return {id_: {"text": text} for id_, text in texts.items()}


def _said(text: str, children: bool) -> str:
    """The sentence below a field; "" for a label, whose grade means nothing."""
    if length(text) <= A_LABEL:
        return ""
    found, most = grade(text), (CHILDREN if children else PARENTS) + ABOVE
    if found <= most:
        return f"Reading grade {found:g}."
    hard = hard_words(text)[:4]
    return f"Reading grade {found:g}; {most:g} is the most for one text.{f' Begin with: {", ".join(hard)}.' if hard else ''}"
