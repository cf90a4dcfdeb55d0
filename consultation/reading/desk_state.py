"""The unsaved work on one answer: marks, note, and whether a covered text is shown.

The form carries it from request to request, and a draft stores it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from consultation.reading import drafts, page, spans
from consultation.reading.models import Decision, Reading, Screening
from consultation.responses.models import Answer

# Button value -> (decision, whether the story identifies its author).
DECISIONS = {
    "clear": (Decision.CLEAR, False),
    "never_quote": (Decision.NEVER_QUOTE, True),
    "do_not_quote": (Decision.NEVER_QUOTE, False),
    "hold": (Decision.HOLD, False),
    "triage": (Decision.TRIAGE, False),
    "not_used": (Decision.NOT_USED, False),
}


class NotThere(Exception):
    """The words to hide are not in the answer; the message is for the reader."""


@dataclass
class State:
    marks: list[page.Mark]
    note: str = ""
    uncovered: bool = False

    def keep(self, answer: Answer, reader: Any) -> None:
        values = [mark.value for mark in self.marks]
        drafts.keep(answer, reader, marks=values, note=self.note, uncovered=self.uncovered)


def first_marks(answer: Answer) -> list[page.Mark]:
    """The marks of a colleague who asked for help, or else the screen's proposals; all of them hidden."""
    reading = Reading.objects.filter(pk=answer.pk).first()
    if reading is not None and reading.spans:
        return page.marks_of(reading.spans)
    return page.marks_of(Screening.objects.get(pk=answer.pk).spans)


def kept(answer: Answer, reader: Any, text: str, known: list[page.Mark]) -> State:
    """The state that this reader's draft holds; without a draft, the `known` marks."""
    draft = drafts.of(answer, reader)
    if draft is None:
        return State(known)
    marks = known if draft.marks is None else page.read_marks(draft.marks, text, known)
    return State(marks, draft.note, draft.uncovered)


def remarked(
    form: Mapping[str, Any], text: str, marks: list[page.Mark], known: list[page.Mark], verb: str, value: str
) -> list[page.Mark]:
    """The marks after a button. Group numbers are those of the page as shown, so types change after the toggle."""
    if verb == "reset":
        return known
    kinds = _kinds(form)
    if verb == "toggle":
        marks = page.toggled(marks, text, int(value) if value.isdecimal() else 0)
    marks = page.retyped(marks, text, kinds)
    if verb == "accept":
        return [mark.switched(True) for mark in marks]
    if verb in ("hide", "select"):
        kind = str(form.get("kind", "PERSON"))
        places = _typed(form, text) if verb == "hide" else [_selected(value, text)]
        return page.added(marks, places, _known(kind))
    return marks


def _known(kind: str) -> str:
    if kind not in spans.TYPES:
        raise spans.BadSpan("Choose what these words are.")
    return kind


def _kinds(form: Mapping[str, Any]) -> dict[int, str]:
    names = [name for name in form if name.startswith("type-") and name[5:].isdecimal()]
    return {int(name[5:]): _known(str(form[name])) for name in names}


def _typed(form: Mapping[str, Any], text: str) -> list[tuple[int, int]]:
    places = spans.found(text, str(form.get("words", "")))
    if not places:
        raise NotThere("These words are not in the answer. Type them as they stand there.")
    return places


def _selected(value: str, text: str) -> tuple[int, int]:
    start, _, end = value.partition("-")
    if not (start.isdecimal() and end.isdecimal() and 0 <= int(start) < int(end) <= len(text)):
        raise spans.BadSpan("Select the words again.")
    return int(start), int(end)
