"""The unsaved work on one answer: marks, note, and whether a covered text is shown.

The form carries it from request to request, and a draft stores it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from consultation.reading import reading_drafts, redaction_marks, redaction_spans
from consultation.reading.models import Reading, ReadingDecision, Screening
from consultation.responses.models import Answer

# Button value -> (decision, whether the story identifies its author).
DECISIONS = {
    "clear": (ReadingDecision.CLEAR, False),
    "never_quote": (ReadingDecision.NEVER_QUOTE, True),
    "do_not_quote": (ReadingDecision.NEVER_QUOTE, False),
    "hold": (ReadingDecision.ASK_COLLEAGUE, False),
    "triage": (ReadingDecision.TRIAGE, False),
    "not_used": (ReadingDecision.NOT_USED, False),
}


class WordsNotFound(Exception):
    """The words to hide are not in the answer; the message is for the reader."""


@dataclass
class DeskState:
    marks: list[redaction_marks.RedactionMark]
    note: str = ""
    uncovered: bool = False

    def keep(self, answer: Answer, reader: Any) -> None:
        values = [mark.value for mark in self.marks]
        reading_drafts.save_draft(answer, reader, marks=values, note=self.note, uncovered=self.uncovered)


def initial_marks(answer: Answer) -> list[redaction_marks.RedactionMark]:
    """The marks of a colleague who asked for help, or else the screen's proposals; all of them hidden."""
    reading = Reading.objects.filter(pk=answer.pk).first()
    if reading is not None and reading.spans:
        return redaction_marks.marks_from_spans(reading.spans)
    return redaction_marks.marks_from_spans(Screening.objects.get(pk=answer.pk).list_proposals())


def load_desk_state(answer: Answer, reader: Any, text: str, known: list[redaction_marks.RedactionMark]) -> DeskState:
    """The state that this reader's draft holds; without a draft, the `known` marks."""
    draft = reading_drafts.find_draft(answer, reader)
    if draft is None:
        return DeskState(known)
    marks = known if draft.marks is None else redaction_marks.parse_marks(draft.marks, text, known)
    return DeskState(marks, draft.note, draft.uncovered)


def apply_marking_action(
    form: Mapping[str, Any],
    text: str,
    marks: list[redaction_marks.RedactionMark],
    known: list[redaction_marks.RedactionMark],
    verb: str,
    value: str,
) -> list[redaction_marks.RedactionMark]:
    """The marks after a button. Group numbers are those of the page as shown, so types change after the toggle."""
    if verb == "reset":
        return known
    typed = [name for name in form if name.startswith("type-") and name[5:].isdecimal()]
    kinds = {int(name[5:]): _require_known_type(str(form[name])) for name in typed}
    if verb == "toggle":
        marks = redaction_marks.toggle_group(marks, text, int(value) if value.isdecimal() else 0)
    if verb == "kind":
        types = {group.key: group.type for group in redaction_marks.group_marks(marks, text)} | kinds
        kinds |= {key: redaction_marks.next_kin(kind) for key, kind in types.items() if str(key) == value}
    marks = redaction_marks.change_group_types(marks, text, kinds)
    if verb == "accept":
        return [replace(mark, on=True) for mark in marks]
    if verb in ("hide", "select"):
        kind = str(form.get("kind", "PERSON"))
        places = _find_typed_words(form, text) if verb == "hide" else [_parse_selection(value, text)]
        return redaction_marks.hide_places(marks, places, _require_known_type(kind))
    return marks


def _require_known_type(kind: str) -> str:
    if kind not in redaction_spans.TYPES:
        raise redaction_spans.InvalidSpan("Choose what these words are.")
    return kind


def _find_typed_words(form: Mapping[str, Any], text: str) -> list[tuple[int, int]]:
    places = redaction_spans.find_words(text, str(form.get("words", "")))
    if not places:
        raise WordsNotFound("These words are not in the answer. Type them as they stand there.")
    return places


def _parse_selection(value: str, text: str) -> tuple[int, int]:
    start, _, end = value.partition("-")
    if not (start.isdecimal() and end.isdecimal() and 0 <= int(start) < int(end) <= len(text)):
        raise redaction_spans.InvalidSpan("Select the words again.")
    return int(start), int(end)
