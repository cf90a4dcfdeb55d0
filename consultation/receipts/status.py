"""The status that a receipt shows. Triaged, excluded and uncounted answers look alike (A8)."""

from dataclasses import dataclass

from consultation.responses.models import AnswerState


@dataclass(frozen=True)
class Status:
    read: bool
    counted: bool
    withdrawn: bool


def status_of(response):
    """The status of a response. Answers without text count as read once they are counted, so the status does not tell
    whether there was any text."""
    states = list(response.answers.values_list("state", flat=True))
    read = response.counted or (bool(states) and AnswerState.UNREAD not in states)
    return Status(read, response.counted, response.withdrawn)
