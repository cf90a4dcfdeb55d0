"""The marks of one answer on the reading page: parsing, grouping and changing them, and the preview for planners."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from consultation.reading import redaction_spans as redactions

LINE_END = re.compile(r"\r\n|\r|\n")
BY_HAND = "Chosen by the reader"
LONGEST_FLAG = 80
# Kinds that are taken for each other; one key goes round.
KIN = (
    ("PERSON", "WORKER", "NICKNAME", "HANDLE"),
    ("PLACE", "ADDRESS", "POSTCODE", "SCHOOL", "ORG"),
    ("PHONE", "EMAIL", "URL", "ID", "PLATE", "DATE", "DOB"),
)
LEARNED = "learned"  # the category of a flag that examples raised, and no rule


@dataclass(frozen=True)
class RedactionMark:
    """One span of personal data; `on`: it is hidden."""

    start: int
    end: int
    type: str
    on: bool = True
    why: str = ""

    @property
    def value(self) -> str:
        """The value of the hidden form field: start:end:type:on."""
        return f"{self.start}:{self.end}:{self.type}:{int(self.on)}"


@dataclass
class MarkGroup:
    """All marks with the same words and type. The page shows them as one numbered row with one switch."""

    key: int
    words: str
    type: str
    why: str
    marks: list[RedactionMark] = field(default_factory=list)
    tag: str = ""

    @property
    def on(self) -> bool:
        return all(mark.on for mark in self.marks)

    @property
    def times(self) -> int:
        return len(self.marks)


@dataclass(frozen=True)
class TextRun:
    """A run of text without a line end. `at`: its first code point, for selections in the browser."""

    at: int
    text: str
    new_line: bool = False
    group: MarkGroup | None = None
    on: bool = False
    last: bool = False


def marks_from_spans(items: Iterable[dict[str, Any]]) -> list[RedactionMark]:
    """Marks from stored spans, which may be unordered."""
    return drop_overlapping_marks(
        RedactionMark(item["start"], item["end"], item["type"], True, item.get("why", "")) for item in items
    )


def parse_marks(values: Iterable[str], text: str, known: Iterable[RedactionMark] = ()) -> list[RedactionMark]:
    """Marks from form values, checked against the text; their reasons are those of the `known` marks."""
    reasons = {(mark.start, mark.end): mark.why for mark in known}
    marks = []
    for value in values:
        try:
            start, end, kind, on = value.split(":")
            checked = redactions.normalise_spans([{"start": start, "end": end, "type": kind}], text)[0]
        except ValueError as error:
            raise redactions.InvalidSpan("A mark of this page is damaged.") from error
        place = (checked["start"], checked["end"])
        marks.append(RedactionMark(*place, kind, on == "1", reasons.get(place, BY_HAND)))
    return drop_overlapping_marks(marks)


def drop_overlapping_marks(marks: Iterable[RedactionMark]) -> list[RedactionMark]:
    """Sorted; of two marks that overlap the first stays."""
    kept: list[RedactionMark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def hide_places(marks: list[RedactionMark], places: Iterable[tuple[int, int]], kind: str) -> list[RedactionMark]:
    """Hide these places too. A hidden mark that overlaps a place is merged into it, so hidden words stay hidden."""
    for start, end in places:
        touched = [mark for mark in marks if mark.start < end and start < mark.end]
        hidden = [mark for mark in touched if mark.on]
        start = min([start, *(mark.start for mark in hidden)])
        end = max([end, *(mark.end for mark in hidden)])
        marks = [mark for mark in marks if mark.end <= start or end <= mark.start]
        marks.append(RedactionMark(start, end, kind, True, BY_HAND))
    return drop_overlapping_marks(marks)


def toggle_group(marks: list[RedactionMark], text: str, key: int) -> list[RedactionMark]:
    """Hide or show the group with this number."""
    group = next((group for group in group_marks(marks, text) if group.key == key), None)
    if group is None:
        return marks
    return [replace(mark, on=not group.on) if mark in group.marks else mark for mark in marks]


def change_group_types(marks: list[RedactionMark], text: str, kinds: dict[int, str]) -> list[RedactionMark]:
    """Change the type of groups; `kinds`: type by group number."""
    for group in group_marks(marks, text):
        kind = kinds.get(group.key, group.type)
        if kind != group.type:
            marks = [replace(mark, type=kind) if mark in group.marks else mark for mark in marks]
    return marks


def next_kin(kind: str) -> str:
    """The kind that follows among its kin: a dealer who was proposed as a worker is a nickname one press later."""
    ring = next(ring for ring in KIN if kind in ring)
    return ring[(ring.index(kind) + 1) % len(ring)]


def group_marks(marks: list[RedactionMark], text: str) -> list[MarkGroup]:
    found: dict[tuple[str, str], MarkGroup] = {}
    for mark in marks:
        words = text[mark.start : mark.end]
        fresh = MarkGroup(key=len(found) + 1, words=words, type=mark.type, why=mark.why)
        found.setdefault((words.casefold(), mark.type), fresh).marks.append(mark)
    hidden = hidden_spans(marks)
    tags = {span["start"]: tag for span, tag in zip(hidden, redactions.list_redaction_tags(text, hidden), strict=True)}
    for group in found.values():
        group.tag = tags.get(group.marks[0].start, f"[{group.type}]")
    return list(found.values())


def hidden_spans(marks: Iterable[RedactionMark]) -> list[dict[str, Any]]:
    """The spans that the reader's decision confirms."""
    return [{"start": m.start, "end": m.end, "type": m.type, "why": m.why} for m in marks if m.on]


def _split_into_lines(text: str, at: int, group: MarkGroup | None = None, on: bool = False) -> list[TextRun]:
    pieces: list[TextRun] = []
    start = 0
    for end in LINE_END.finditer(text):
        pieces.append(TextRun(at + start, text[start : end.start()], bool(pieces), group, on))
        start = end.end()
    pieces.append(TextRun(at + start, text[start:], bool(pieces), group, on, last=True))
    return pieces


def build_marked_runs(marks: list[RedactionMark], text: str, found: list[MarkGroup]) -> list[TextRun]:
    """The whole text in runs, each marked or not; every character occurs exactly once."""
    of_mark = {mark.start: group for group in found for mark in group.marks}
    pieces, at = [], 0
    for mark in marks:
        pieces += _split_into_lines(text[at : mark.start], at) if mark.start > at else []
        pieces += _split_into_lines(text[mark.start : mark.end], mark.start, of_mark[mark.start], mark.on)
        at = mark.end
    return pieces + _split_into_lines(text[at:], at)


def build_redacted_preview(marks: list[RedactionMark], text: str) -> list[tuple[str, bool]]:
    """The text as a planner would see it: [(text, whether it is a tag)]."""
    hidden = hidden_spans(marks)
    pieces, at = [], 0
    for span, tag in zip(hidden, redactions.list_redaction_tags(text, hidden), strict=True):
        pieces += [(text[at : span["start"]], False), (tag, True)]
        at = span["end"]
    pieces.append((text[at:], False))
    return [piece for piece in pieces if piece[0]]


@dataclass(frozen=True)
class ScreeningFlag:
    """One reason for a flag, with all words that raised it."""

    label: str
    category: str
    words: list[str]


def list_screening_flags(reasons: Iterable[dict[str, Any]], text: str) -> list[ScreeningFlag]:
    """Each reason once, in a reader's words; all that was learned from examples is one reason, the last."""
    found: dict[str, ScreeningFlag] = {}
    for one in sorted(reasons, key=lambda one: one.get("category") == LEARNED):
        label, category = one.get("label", ""), one.get("category", "")
        flag = found.setdefault(LEARNED if category == LEARNED else label, ScreeningFlag(label, category, []))
        if words := _flagged_words(one, text):
            flag.words.append(words)
    return [replace(flag, words=_longest_of_each(flag.words)) for flag in found.values()]


def _longest_of_each(quotes: list[str]) -> list[str]:
    """Each quote once, without those that stand within another."""
    once = list(dict.fromkeys(quotes))
    return [quote for quote in once if not any(quote != other and quote in other for other in once)]


def name_reasons(reasons: Iterable[dict[str, Any]]) -> list[str]:
    """The labels of stored reasons, each once; of what was learned from examples only where no rule says more."""
    by_rule = [reason["label"] for reason in reasons if reason.get("category") != LEARNED]
    return list(dict.fromkeys(by_rule)) or [reason["label"] for reason in reasons][:1]


def _flagged_words(reason: dict[str, Any], text: str) -> str:
    start, end = reason.get("start"), reason.get("end")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(text):
        return ""
    words = text[start:end]
    return words if len(words) <= LONGEST_FLAG else words[:LONGEST_FLAG] + "…"
