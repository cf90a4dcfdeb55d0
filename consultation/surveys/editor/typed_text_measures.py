"""Readability and answering time of texts while an officer types them, by the same rules as validation."""

from typing import Any

from consultation.surveys.editor.answering_time import estimate_seconds, round_up_minutes
from consultation.surveys.readability import CHILDREN, PARENTS, grade_text, is_label, list_hard_words, reading_age
from consultation.surveys.type_registry import type_of
from consultation.surveys.validation.readability_linters import ABOVE

MOST_TEXTS, MOST_LETTERS, MOST_ENTRIES = 60, 4_000, 400


def measure_texts(asked: dict[str, Any]) -> dict[str, Any]:
    """`asked`: {"children": bool, "texts": {name: text}, "entries": [{"type", "text", "bands", "rows": int}]}.

    Returns {"texts": {name: sentence}, "minutes": int}.
    """
    children = bool(asked["children"])
    texts = dict(list(asked["texts"].items())[:MOST_TEXTS])
    most = (CHILDREN if children else PARENTS) + ABOVE
    entries = [_build_entry(one) for one in asked["entries"][:MOST_ENTRIES]]
    return {
        "texts": {name: _describe_reading_age(str(text)[:MOST_LETTERS], most) for name, text in texts.items()},
        "minutes": round_up_minutes(sum(estimate_seconds(entry, children) for entry in entries)),
    }


def _build_entry(one: dict[str, Any]) -> dict[str, Any]:
    """An outline entry with only the fields that the estimate needs."""
    own = type_of(one)
    prepared = own.prepared_choices(one) if own else {}  # of standard scales and bands
    return {
        "type": str(one["type"]),
        "words": {"text": str(one["text"])[:MOST_LETTERS]},
        "choices": {id_: {"text": text} for id_, text in prepared.items()},
        "lines": dict.fromkeys(range(min(int(one["rows"]), 100)), {}),
    }


def _describe_reading_age(text: str, most: float) -> str:
    """The sentence below a field; "" for a label, whose reading age means nothing."""
    if is_label(text):
        return ""
    if (found := grade_text(text)) <= most:
        return f"Reads like for {reading_age(found)} years."
    begin = f" Begin with: {', '.join(hard)}." if (hard := list_hard_words(text)[:4]) else ""
    return f"Reads like for {reading_age(found)} years; {reading_age(most)} is the most for one text.{begin}"
