"""Spans of personal data, and the tags that replace them. Offsets are Python code points."""

import re
from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from unicodedata import normalize

from consultation.domain.personal_data_types import RANK_OF_TYPE

NUMBERED = frozenset({"PERSON", "WORKER", "NICKNAME"})


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A proposal: text[start:end] may be personal data of this type. A reader confirms it."""

    start: int
    end: int
    type: str
    why: str = ""


def find_pattern_spans(text: str, kind: str, why: str, *patterns: re.Pattern[str], group: int = 0) -> Iterator[Span]:
    for pattern in patterns:
        for match in pattern.finditer(text):
            yield Span(*match.span(group), kind, why)


def drop_overlapping_spans(spans: Iterable[Span]) -> list[Span]:
    """Sorted and without overlaps: the type with the lower rank stays, then the longer span."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (RANK_OF_TYPE[s.type], s.start - s.end, s.start)):
        at = bisect(kept, span.start, key=lambda one: one.start)
        apart = (not at or kept[at - 1].end <= span.start) and (at == len(kept) or span.end <= kept[at].start)
        if span.start < span.end and apart:
            kept.insert(at, span)
    return kept


def normalise_entity(words: str) -> str:
    """One spelling for the same name: without case, extra spaces and a possessive."""
    folded = normalize("NFKC", words).casefold()
    return re.sub(r"(['’]s|[\s.,]+)$", "", re.sub(r"\s+", " ", folded))


def replace_with_tags(text: str, spans: Iterable[Span]) -> str:
    """The text with tags for spans. An entity has one number within an answer; numbers mean nothing beyond it (R2)."""
    parts: list[str] = []
    numbers: dict[str, dict[str, int]] = {}
    at = 0
    for span in drop_overlapping_spans(spans):
        tag = span.type
        if tag in NUMBERED:
            known = numbers.setdefault(tag, {})
            tag = f"{tag} {known.setdefault(normalise_entity(text[span.start : span.end]), len(known) + 1)}"
        parts += [text[at : span.start], f"[{tag}]"]
        at = span.end
    return "".join([*parts, text[at:]])
