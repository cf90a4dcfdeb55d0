from datetime import datetime, time, timedelta
from itertools import product

import pytest

from consultation.reading import policies
from consultation.reading.models import ReadingDecision
from consultation.responses.models import AnswerState
from consultation.safeguarding import clocks
from consultation.safeguarding.clocks import LONDON

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=LONDON)  # a Tuesday


@pytest.mark.parametrize("decision", ReadingDecision.values)
def test_who_held_an_answer_may_only_send_it_to_triage(decision):
    own = policies.may_decide(state=AnswerState.AWAITING_COLLEAGUE, decision=decision, by=1, colleague_asked_by=1)
    assert (own == "") == (decision == ReadingDecision.TRIAGE)


@pytest.mark.parametrize("decision", ReadingDecision.values)
def test_a_colleague_decides_what_is_held(decision):
    refused = policies.may_decide(state=AnswerState.AWAITING_COLLEAGUE, decision=decision, by=2, colleague_asked_by=1)
    assert (refused == "") == (decision != ReadingDecision.ASK_COLLEAGUE)


@pytest.mark.parametrize(
    ("categories", "types", "expected"),
    [
        ([], [], False),
        ([], ["PERSON"], False),
        (["violence"], [], False),
        (["violence"], ["PLACE", "DATE"], False),
        (["violence"], ["PERSON"], True),
        (["violence"], ["WORKER"], True),
        (["violence"], ["PLATE"], True),
        (["violence"], ["HANDLE"], True),
        (["violence", "soon"], ["NICKNAME"], True),
        (["soon"], ["PERSON"], False),
        (["unreadable"], ["HANDLE"], False),
    ],
)
def test_a_person_with_a_sign_of_harm_goes_to_triage_first(categories, types, expected):
    assert policies.goes_to_triage_first(categories=categories, types=types) is expected


@pytest.mark.parametrize(
    ("decision", "wanted", "story", "triaged"), list(product(ReadingDecision.values, *[(True, False)] * 3))
)
def test_quotable_is_the_one_combination_without_a_doubt(decision, wanted, story, triaged):
    said = policies.is_quotable(decision=decision, wanted=wanted, identifying_story=story, was_triaged=triaged)
    assert said == ((decision, wanted, story, triaged) == ("clear", True, False, False))


@pytest.mark.parametrize("decision", ReadingDecision.values)
def test_only_clearing_sets_a_time_of_release(decision):
    at = policies.release_time(decision=decision, decided_at=NOON, minutes=10)
    assert at == (NOON + timedelta(minutes=10) if decision in ("clear", "never_quote") else None)


@pytest.mark.parametrize(
    ("state", "by", "minutes", "may"),
    [
        ("cleared", 1, 0, True),
        ("cleared", 1, 9.99, True),
        ("cleared", 1, 10, False),
        ("cleared", 1, 11, False),
        ("cleared", 1, 3 * 24 * 60, False),
        ("cleared", 2, 1, False),
        ("held", 1, 1, True),
        ("not_used", 1, 1, True),
        ("triage", 1, 1, False),
        ("released", 1, 1, False),
        ("unread", 1, 1, False),
    ],
)
def test_undo(state, by, minutes, may):
    refused = policies.may_undo(
        state=state, reader=1, by=by, decided_at=NOON, now=NOON + timedelta(minutes=minutes), minutes=10
    )
    assert (refused == "") is may


@pytest.mark.parametrize(
    ("flagged", "priority", "due"),
    [
        (False, "", None),
        (True, "T1", clocks.end_of_hour_slot(NOON + clocks.T1_TIME)),
        (True, "T2", datetime(2026, 11, 24, 17, 0, tzinfo=LONDON)),
        (True, "T3", datetime(2026, 11, 25, 12, 0, tzinfo=LONDON)),  # no later than an answer without a flag
    ],
)
def test_the_due_slot_of_a_flagged_answer(flagged, priority, due):
    due_slot = policies.flagged_read_due(flagged=flagged, priority=priority, now=NOON, week=clocks.STANDARD_WEEK)
    assert due_slot == due


def test_a_due_slot_is_a_full_hour():
    now = NOON + timedelta(minutes=7, seconds=31)
    due = policies.flagged_read_due(flagged=True, priority="T1", now=now, week=clocks.STANDARD_WEEK)
    assert (due.minute, due.second, due.microsecond) == (0, 0, 0)
    assert timedelta() < due - NOON - clocks.T1_TIME <= timedelta(hours=1)


def test_a_due_slot_follows_the_week_of_the_area():
    """An office that opens on Saturdays reads what came on Friday evening on Saturday."""
    hours = clocks.STANDARD_WEEK.hours
    saturdays = clocks.WorkingWeek(hours=(*hours[:5], (time(9, 0), time(12, 0)), None))
    friday_evening = datetime(2026, 11, 27, 20, 0, tzinfo=LONDON)
    due = policies.flagged_read_due(flagged=True, priority="T1", now=friday_evening, week=saturdays)
    assert due == datetime(2026, 11, 28, 11, 0, tzinfo=LONDON)


@pytest.mark.parametrize("decision", ReadingDecision)
@pytest.mark.parametrize("flagged", [True, False])
def test_only_triage_needs_no_reason_for_a_flagged_answer(decision, flagged):
    assert policies.needs_reason(decision=decision, flagged=flagged) is (flagged and decision != "triage")
