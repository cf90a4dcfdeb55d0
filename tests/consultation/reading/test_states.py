"""Every action in every state of an answer follows the table of moves."""

import pytest

from consultation.reading import states
from consultation.reading.models import ReadingDecision
from consultation.responses.models import AnswerState as S

UNREAD, HELD, TRIAGE, CLEARED, RELEASED, NOT_USED = (
    S.UNREAD,
    S.AWAITING_COLLEAGUE,
    S.TRIAGE,
    S.CLEARED,
    S.RELEASED,
    S.NOT_USED,
)
TRUTH = {
    #            clear    never    hold  triage  not_used  undo    release   return  call_back  recall  report_concern
    #            take_back
    UNREAD: (CLEARED, CLEARED, HELD, TRIAGE, NOT_USED, None, None, None, TRIAGE, None, TRIAGE, None),
    HELD: (CLEARED, CLEARED, None, TRIAGE, NOT_USED, UNREAD, None, None, TRIAGE, None, TRIAGE, None),
    TRIAGE: (None, None, None, None, None, None, None, UNREAD, TRIAGE, None, None, UNREAD),
    CLEARED: (None, None, None, None, None, UNREAD, RELEASED, None, TRIAGE, UNREAD, TRIAGE, None),
    RELEASED: (None, None, None, None, None, None, None, None, TRIAGE, UNREAD, TRIAGE, None),
    NOT_USED: (None, None, None, None, None, UNREAD, None, None, TRIAGE, UNREAD, TRIAGE, None),
}
CASES = [(state, action, row[i]) for state, row in TRUTH.items() for i, action in enumerate(states.ACTIONS)]


def test_every_state_has_a_row():
    assert set(states.AFTER) == set(S) == set(TRUTH)


def test_actions_are_in_the_order_of_the_truth_table():
    sides = ("undo", "release", "return", "call_back", "recall", "report_concern", "take_back")
    order = (*ReadingDecision.values, *sides)
    assert order == states.ACTIONS
    assert ReadingDecision.values == ["clear", "never_quote", "hold", "triage", "not_used"]


@pytest.mark.parametrize(("state", "action", "expected"), CASES)
def test_move(state, action, expected):
    assert states.state_after(state, action) == expected


def test_only_a_lead_takes_an_answer_out_of_triage_or_its_reader_before_one_claims_it():
    ways_out = {action for action, to in states.AFTER[TRIAGE].items() if to != TRIAGE}
    assert ways_out == {states.RETURN, states.TAKE_BACK}


def test_nothing_is_released_but_what_was_cleared():
    assert [state for state, row in states.AFTER.items() if RELEASED in row.values()] == [CLEARED]
