"""Segments of a text, cut at causing words, marked words, redaction tags and line ends; and its sentences."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from consultation.domain.personal_data_types import TAG

LINE_END = re.compile(r"\r\n|\r|\n")
# A sentence with its final punctuation, in Latin, Arabic, Urdu and Indic scripts.
SENTENCE = re.compile(r"[^.!?؟۔।\r\n]+[.!?؟۔।]*[\"'”’)]*|[.!?؟۔।]+")


@dataclass(frozen=True)
class TextSegment:
    """A run of text without a line end. `at`: offset of its first character, for selections in the browser."""

    at: int
    text: str
    lines: int = 0  # line ends before it
    cause: bool = False
    tag: bool = False
    themes: tuple[int, ...] = ()  # themes for which it is marked
    ends: tuple[int, ...] = field(default=())  # themes whose marked words end here: named after it


@dataclass(frozen=True)
class SentenceSpan:
    start: int
    end: int
    text: str

    @property
    def value(self) -> str:
        return f"{self.start}-{self.end}"


def find_cause_spans(text: str, phrases: Iterable[str]) -> list[tuple[int, int]]:
    """Spans of the causing phrases. Punctuation may stand between the words of a phrase."""
    found: list[tuple[int, int]] = []
    for phrase in dict.fromkeys(phrases):
        words = [re.escape(word) for word in phrase.split()]
        if words:
            pattern = re.compile(rf"(?<!\w){r'[\W_]+'.join(words)}(?!\w)", re.IGNORECASE)
            found += [match.span() for match in pattern.finditer(text)]
    return sorted(found)


def split_into_segments(
    text: str, because: Sequence[tuple[int, int]], marked: Mapping[int, Sequence[Sequence[int]]]
) -> list[TextSegment]:
    """The whole text in segments, without gap or overlap."""
    lines = [match.span() for match in LINE_END.finditer(text)]
    tags = [match.span() for match in TAG.finditer(text)]
    places = [(start, end) for of_theme in marked.values() for start, end in of_theme]
    cuts = sorted({0, len(text), *(at for place in [*lines, *tags, *because, *places] for at in place)})
    found, ended = [], 0
    for start, end in zip(cuts, cuts[1:], strict=False):
        if any(_is_within(start, end, line) for line in lines):
            ended += 1
            continue
        over = tuple(theme for theme, own in marked.items() if any(_is_within(start, end, place) for place in own))
        ends = tuple(theme for theme in over if any(place[1] == end for place in marked[theme]))
        cause = any(_is_within(start, end, place) for place in because)
        tag = any(_is_within(start, end, place) for place in tags)
        found.append(TextSegment(start, text[start:end], ended, cause, tag, over, ends))
        ended = 0
    return found


def _is_within(start: int, end: int, place: Sequence[int]) -> bool:
    return place[0] <= start and end <= place[1]


def split_into_sentences(text: str) -> list[SentenceSpan]:
    """The sentences, stripped: the units that can be marked without a pointer or JavaScript."""
    found = []
    for match in SENTENCE.finditer(text):
        words = match[0].strip()
        if words:
            start = match.start() + match[0].index(words)
            found.append(SentenceSpan(start, start + len(words), words))
    return found
