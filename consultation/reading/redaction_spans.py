"""Checking and applying spans of personal data. Offsets are Python code points.

Browsers count UTF-16 units, which differ after an emoji: voice/desk.js converts them before sending.
"""

import re
from collections.abc import Iterable
from typing import Any

from consultation.reading.redaction import TYPES, Span, replace_with_tags


class InvalidSpan(ValueError):
    """A span outside the text, or of an unknown type; the message is for the reader."""


def _span_field(span: Any, name: str) -> Any:
    return span.get(name, "") if isinstance(span, dict) else getattr(span, name, "")


def normalise_spans(spans: Iterable[Any], text: str) -> list[dict[str, Any]]:
    """Checked and sorted. Overlapping spans become one: it keeps the type of the earlier, then of the longer."""
    rows: list[dict[str, Any]] = []
    for span in spans:
        start, end = (int(_span_field(span, name)) for name in ("start", "end"))
        kind = str(_span_field(span, "type"))
        if not 0 <= start < end <= len(text) or kind not in TYPES:
            raise InvalidSpan("These words are not in the answer.")
        rows.append({"start": start, "end": end, "type": kind, "why": str(_span_field(span, "why"))})
    kept: list[dict[str, Any]] = []
    for row in sorted(rows, key=lambda row: (row["start"], -row["end"])):
        if kept and row["start"] < kept[-1]["end"]:
            kept[-1]["end"] = max(kept[-1]["end"], row["end"])
        else:
            kept.append(row)
    return kept


def redact_text(text: str, spans: list[dict[str, Any]]) -> str:
    return replace_with_tags(text, [Span(**span) for span in spans])


def list_redaction_tags(text: str, spans: list[dict[str, Any]]) -> list[str]:
    """The tag of each span in the redacted text, such as "[WORKER 1]"."""
    rest, at, found_tags = redact_text(text, spans), 0, []
    for span in spans:
        between = span["start"] - at
        tag = re.compile(r"\[[^\[\]]*\]").match(rest, between)
        if rest[:between] != text[at : span["start"]] or tag is None:
            raise AssertionError("redaction changed words outside its spans")
        found_tags.append(tag[0])
        rest, at = rest[tag.end() :], span["end"]
    return found_tags


def span_places(spans: Iterable[Any]) -> set[tuple[int, int, str]]:
    return {(_span_field(span, "start"), _span_field(span, "end"), _span_field(span, "type")) for span in spans}


def find_words(text: str, words: str) -> list[tuple[int, int]]:
    """(start, end) of every occurrence, ignoring case: a reader without JavaScript hides words by typing them."""
    wanted = words.strip()
    if not wanted:
        return []
    places, folded = [], [character.casefold() for character in text]
    needle = [character.casefold() for character in wanted]
    for start in range(len(folded) - len(needle) + 1):
        if folded[start : start + len(needle)] == needle:
            places.append((start, start + len(needle)))
    return places
