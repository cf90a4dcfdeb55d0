"""The clock of our answer in every state; later events never make a late answer look timely."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from insights.publications import answer_clock_lookup
from insights.publications.answer_clock import AnswerDayMove, build_answer_clock, why_not_move_answer
from tests import factories

DUE = date(2027, 3, 3)
DAY = timedelta(days=1)
WHY = {"en": "The person who decides is ill."}


def at(today, *, answered=None, moves=()):
    return build_answer_clock(promised=DUE, moves=moves, answered=answered, today=today)


def keys(found):
    return [key for key, _ in found.said()]


@pytest.mark.parametrize(
    ("today", "answered", "says", "late"),
    [
        (DUE - DAY, None, ["landing.hear"], False),
        (DUE, None, ["landing.hear"], False),
        (DUE + DAY, None, ["late.notice"], True),
        (DUE + 400 * DAY, None, ["late.notice"], True),
        (DUE + DAY, DUE, [], False),
        (DUE + DAY, DUE + DAY, ["late.was"], True),
        (DUE + 400 * DAY, DUE + DAY, ["late.was"], True),
    ],
)
def test_what_is_said_on_each_day(today, answered, says, late):
    found = at(today, answered=answered)
    assert (keys(found), found.late) == (says, late)


def test_moved_in_time_the_new_day_counts_and_both_are_told():
    move = AnswerDayMove(DUE, DUE + 10 * DAY, DUE, WHY)
    found = at(DUE + 5 * DAY, moves=[move])
    assert found.said() == [("late.moved", {"was": DUE, "date": DUE + 10 * DAY})]
    assert at(DUE + 11 * DAY, moves=[move]).said() == [("late.notice", {"date": DUE + 10 * DAY})]


def test_moved_after_it_was_broken_it_is_late_and_tells_the_new_day():
    move = AnswerDayMove(DUE, DUE + 10 * DAY, DUE + DAY, WHY)
    found = at(DUE + 2 * DAY, moves=[move])
    assert found.said() == [("late.notice", {"date": DUE}), ("late.new", {"date": DUE + 10 * DAY})]
    assert at(DUE + 5 * DAY, answered=DUE + 4 * DAY, moves=[move]).late


def test_a_move_in_time_after_one_that_was_not_mends_nothing():
    moves = [
        AnswerDayMove(DUE, DUE + 5 * DAY, DUE + DAY, WHY),
        AnswerDayMove(DUE + 5 * DAY, DUE + 9 * DAY, DUE + 3 * DAY, WHY),
    ]
    found = at(DUE + 6 * DAY, moves=moves)
    assert (found.due, found.hoped, found.late) == (DUE, DUE + 9 * DAY, True)


@pytest.mark.parametrize(
    ("found", "to", "why", "refused"),
    [
        (at(DUE), DUE + DAY, "She is ill.", ""),
        (at(DUE), DUE, "She is ill.", "later than the one"),
        (at(DUE), DUE + DAY, "  ", "reason"),
        (at(DUE + 5 * DAY), DUE + DAY, "She is ill.", "passed already"),
        (at(DUE + DAY, answered=DUE), DUE + 9 * DAY, "She is ill.", "nothing to move"),
    ],
)
def test_when_it_may_be_moved(found, to, why, refused):
    said = why_not_move_answer(current=found, to=to, why=why)
    assert (refused in said) if refused else said == ""


@pytest.mark.django_db
def test_the_results_list_has_the_answer_that_is_owed_first_at_the_top(home, client_as, monkeypatch):
    """It stood in the order of publishing, with years of answered ones above what is late."""
    today, find_clocks = timezone.localdate(), answer_clock_lookup.answer_clocks_of
    names = ("endless", "open", "told", "owed", "late")
    for name, away in zip(names, (None, 9, -90, -3, -60), strict=True):
        closes = None if away is None else today + timedelta(days=away)
        factories.consultation(home, slug=name, title=name, opens=today - timedelta(days=99), closes=closes)

    def find_clocks_with_one_answered(pages):
        told = next(page.pk for page in pages if page.slug == "told")
        return {pk: replace(clock, answered=today if pk == told else None) for pk, clock in find_clocks(pages).items()}

    monkeypatch.setattr(answer_clock_lookup, "answer_clocks_of", find_clocks_with_one_answered)
    rows = client_as("engagement_officer").get(reverse("insights:results")).context["rows"]
    assert [row["page"].slug for row in rows] == ["late", "owed", "open", "endless", "told"]
