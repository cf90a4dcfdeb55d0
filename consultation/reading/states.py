"""The states of an answer on the desk as one table: state x action -> next state. What is not in it is not allowed."""

from consultation.reading.models import ReadingDecision
from consultation.responses.models import AnswerState

S = AnswerState

UNDO, RELEASE, RETURN, CALL_BACK, RECALL = "undo", "release", "return", "call_back", "recall"
REPORT_CONCERN, TAKE_BACK = "report_concern", "take_back"
ACTIONS = (*ReadingDecision.values, UNDO, RELEASE, RETURN, CALL_BACK, RECALL, REPORT_CONCERN, TAKE_BACK)

AFTER: dict[str, dict[str, str]] = {
    S.UNREAD: {
        ReadingDecision.CLEAR: S.CLEARED,
        ReadingDecision.NEVER_QUOTE: S.CLEARED,
        ReadingDecision.ASK_COLLEAGUE: S.AWAITING_COLLEAGUE,
        ReadingDecision.TRIAGE: S.TRIAGE,
        ReadingDecision.NOT_USED: S.NOT_USED,
        CALL_BACK: S.TRIAGE,
        REPORT_CONCERN: S.TRIAGE,
    },
    S.AWAITING_COLLEAGUE: {
        ReadingDecision.CLEAR: S.CLEARED,
        ReadingDecision.NEVER_QUOTE: S.CLEARED,
        ReadingDecision.TRIAGE: S.TRIAGE,
        ReadingDecision.NOT_USED: S.NOT_USED,
        UNDO: S.UNREAD,
        CALL_BACK: S.TRIAGE,
        REPORT_CONCERN: S.TRIAGE,
    },
    # Its reader may take it back until a lead claims the case; then only a lead gives it back.
    S.TRIAGE: {RETURN: S.UNREAD, CALL_BACK: S.TRIAGE, TAKE_BACK: S.UNREAD},
    S.CLEARED: {UNDO: S.UNREAD, RELEASE: S.RELEASED, CALL_BACK: S.TRIAGE, RECALL: S.UNREAD, REPORT_CONCERN: S.TRIAGE},
    S.RELEASED: {CALL_BACK: S.TRIAGE, RECALL: S.UNREAD, REPORT_CONCERN: S.TRIAGE},
    S.NOT_USED: {UNDO: S.UNREAD, CALL_BACK: S.TRIAGE, RECALL: S.UNREAD, REPORT_CONCERN: S.TRIAGE},
}


def state_after(state: str, action: str) -> str | None:
    """The state that an action leads to; None where it is not allowed."""
    return AFTER[AnswerState(state)].get(action)
