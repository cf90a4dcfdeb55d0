"""Each promise of the participation plan, and the order of its dates (P1, P2)."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from consultation.surveys.participation_plan import participation_promises
from tests.consultation.surveys.conftest import PROMISES

WHOLE = PROMISES | {"level": "consulted"}


def said(**changed):
    return {one.field: one.says for one in participation_promises.list_missing_promises((WHOLE | changed).get)}


def test_a_whole_gate_misses_nothing():
    assert said() == {}


@pytest.mark.parametrize("field", participation_promises.MISSING)
def test_each_promise_is_missed(field):
    empty = [] if field == "formats" else None if field.endswith("date") or field in ("opens", "closes") else " "
    assert said(**{field: empty}) == {field: participation_promises.MISSING[field]}


def test_whoever_decides_has_read_it():
    assert said(promise_read=False) == {"promise_read": participation_promises.NOT_READ}


@pytest.mark.parametrize(
    ("ways", "says"),
    [
        ([], participation_promises.ONE_WAY),
        (["own"], participation_promises.ONE_WAY),
        (["own", "pigeon"], participation_promises.ONE_WAY),
        (["own", "tablet"], participation_promises.ON_SCREEN),
        (["own", "paper"], None),
        (["group", "phone"], None),
    ],
)
def test_two_ways_and_one_of_them_not_on_a_screen(ways, says):
    assert said(ways=ways).get("ways") == says


# 5 January 2027 is a Tuesday.
def days(**more):
    first = date(2027, 1, 5)
    found = {"opens": 0, "closes": 13, "look": 14, "decides": 20, "tells": 30} | more
    names = {
        "opens": "opens",
        "closes": "closes",
        "look": "look_date",
        "decides": "decision_date",
        "tells": "feedback_date",
    }
    return {names[name]: first + timedelta(days=offset) for name, offset in found.items()}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, {}),
        ({"closes": 12}, {"closes": participation_promises.SHORT.format(days=13)}),
        ({"look": 13}, {"look_date": participation_promises.LOOK_EARLY}),
        ({"decides": 13, "look": 14}, {"decision_date": participation_promises.ASKED_LATE}),
        ({"look": 21}, {"decision_date": participation_promises.LATE_DECISION}),
        ({"tells": 19}, {"feedback_date": participation_promises.EARLY_FEEDBACK}),
        ({"tells": 41}, {}),
        (
            {"tells": 42},
            {"feedback_date": participation_promises.LATE_FEEDBACK.format(days=21, latest="15 February 2027")},
        ),
    ],
)
def test_the_dates_hold_together(more, expected):
    assert said(**days(**more), first_published_at=True) == expected


TODAY, NOW = timezone.localdate(), timezone.now()


@pytest.mark.parametrize(
    ("closes", "more", "over"),
    [
        (-1, {}, True),
        (0, {}, False),
        (3, {"go_live_at": NOW + timedelta(days=4)}, True),
        (4, {"go_live_at": NOW + timedelta(days=4)}, False),
        (-1, {"first_published_at": NOW}, False),
    ],
)
def test_nothing_opens_whose_last_day_is_over_by_then(closes, more, over):
    """It was approved, and closed on a day before it was there."""
    days = {"opens": TODAY - timedelta(days=40), "closes": TODAY + timedelta(days=closes)}
    assert (said(**days, **more).get("closes") == participation_promises.OVER) == over


@pytest.mark.parametrize(
    ("closes", "more", "days"),
    [
        (12, {}, 13),
        (13, {}, None),
        (16, {"go_live_at": NOW + timedelta(days=4)}, 13),
        (17, {"go_live_at": NOW + timedelta(days=4)}, None),
        (12, {"first_published_at": NOW}, None),
    ],
)
def test_the_14_days_count_from_when_somebody_can_answer(closes, more, days):
    """They counted from a first day that was past when it was approved."""
    plan = {"opens": TODAY - timedelta(days=5), "closes": TODAY + timedelta(days=closes)}
    assert said(**plan, **more).get("closes") == (days and participation_promises.SHORT.format(days=days))


def test_working_days_leave_out_the_weekend():
    friday = date(2027, 1, 8)
    assert participation_promises.count_working_days(friday, friday) == 0
    assert participation_promises.count_working_days(friday, friday + timedelta(days=3)) == 1
    assert participation_promises.latest_feedback_day(friday) == date(2027, 2, 5)


def test_working_days_leave_out_bank_holidays():
    """Closed on Friday 11 December 2026: Christmas, Boxing Day's Monday and New Year's Day are nobody's working days."""
    close = date(2026, 12, 11)
    assert participation_promises.count_working_days(close, date(2027, 1, 4)) == 13
    assert participation_promises.latest_feedback_day(close) == date(2027, 1, 13)
