"""The status that a receipt shows. Triaged, excluded and uncounted answers look alike (A8)."""

from dataclasses import dataclass

from consultation.responses.models import AnswerState


@dataclass(frozen=True)
class ReceiptStatus:
    read: bool
    counted: bool
    withdrawn: bool


def get_receipt_status(response):
    """The status of a response. Answers without text count as read once they are counted, so the status does not tell
    whether there was any text."""
    states = list(response.answers.values_list("state", flat=True))
    read = response.counted is not None or (bool(states) and AnswerState.UNREAD not in states)
    return ReceiptStatus(read, response.counted is not None, response.withdrawn)
