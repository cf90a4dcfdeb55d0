"""What four words show: read or not, counted or not. Triaged, held and uncounted answers read alike (A8)."""

from dataclasses import dataclass

from consultation.responses.models import AnswerState


@dataclass(frozen=True)
class Status:
    read: bool
    counted: bool
    withdrawn: bool


def status_of(response):
    """Read: no text waits for its first reader. Answers without any text are read when they are counted: nothing here
    tells a holder of the words whether something was written."""
    states = list(response.answers.values_list("state", flat=True))
    read = response.counted or (bool(states) and AnswerState.UNREAD not in states)
    return Status(read, response.counted, response.withdrawn)
