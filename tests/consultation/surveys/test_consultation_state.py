"""Every combination of days and stops: one state, one sentence, and no sentence that contradicts another."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.utils import timezone

from consultation.surveys.closing.actions import close_survey, reopen_survey
from consultation.surveys.consultation_state import LATE_DAYS, Stage, decide_state, find_state, find_states
from consultation.surveys.models import ConsultationPage
from tests.factories import consultation, staff

TODAY = date(2027, 1, 15)
DAYS = (None, *(TODAY + timedelta(days=away) for away in (-3, -2, -1, 0, 1, 2, 3)))


def calendar():
    """Each possible (state, live, published, opens, closes, stopped_on)."""
    for live, published, opens, closes, is_stopped in product((True, False), (True, False), DAYS, DAYS, (True, False)):
        if live and not published:
            continue
        # A stop is of today or before, never before it opened, and sets the last day to the day before.
        stop = closes + timedelta(days=1) if is_stopped and closes else None
        if is_stopped and (stop is None or stop > TODAY or (opens and stop < opens)):
            continue
        days = {"opens": opens, "closes": closes, "stopped_on": stop}
        yield decide_state(live=live, published=published, today=TODAY, **days), live, published, opens, closes, stop


CALENDAR = list(calendar())


def write(day):
    return f"{day:%-d %B %Y}"


def test_the_calendar_has_every_stage_but_scheduled():
    assert {state.stage for state, *_ in CALENDAR} == set(Stage) - {Stage.SCHEDULED}
    assert len(CALENDAR) > 150


def test_a_consultation_is_in_one_stage_alone():
    for state, live, *_ in CALENDAR:
        stages = [state.is_open, state.is_coming, state.is_over]
        assert sum(stages) == (1 if live else 0), state


def test_open_is_what_the_page_decides_by_its_days_alone():
    for state, live, _, opens, closes, _ in CALENDAR:
        by_days = live and (not opens or opens <= TODAY) and (not closes or closes >= TODAY)
        page = ConsultationPage(live=live, opens=opens, closes=closes)
        assert state.is_open == by_days == page.is_open(TODAY), state


def test_no_closing_is_said_of_a_day_to_come_or_before_the_first():
    for state, *_ in CALENDAR:
        if state.closed_on:
            assert state.closed_on <= TODAY
            assert not state.opens or state.opens <= state.closed_on
            assert state.stopped or state.closed_on < TODAY
            verb = "Stopped" if state.stopped else "Closed"
            assert state.says == f"{verb} on {write(state.closed_on)}."
        else:
            assert not state.says.startswith(("Closed", "Stopped"))


def test_an_open_one_says_no_past_day_and_a_coming_one_its_first():
    for state, *_ in CALENDAR:
        if state.is_open:
            assert state.says.startswith("Open") and not state.says.startswith("Opens")
            assert state.last_day is None or state.last_day >= TODAY
        if state.is_coming:
            assert state.says.startswith(f"Opens on {write(state.opens)}")
            assert state.opens > TODAY and (not state.last_day or state.last_day >= state.opens)


def test_respondents_read_the_same_as_staff():
    said = {"home.opens": "Opens on", "home.open": "Open until", "home.closed": ("Closed on", "Stopped on")}
    for state, live, *_ in CALENDAR:
        if state.word in said:
            assert state.says.startswith(said[state.word]) and write(state.word_day) in state.says
        else:
            assert state.word == ("home.noend" if state.is_open else "home.none")
            assert not live or state.stage in (Stage.OPEN, Stage.NEVER_OPENED)


def test_a_poster_names_no_day_that_has_passed():
    for state, *_ in CALENDAR:
        assert state.can_answer_until is None or state.can_answer_until >= TODAY


def test_what_was_begun_in_time_is_taken_a_day_longer():
    for state, *_ in CALENDAR:
        assert state.last_day_to_send == (state.last_day + LATE_DAYS if state.last_day else None)


def test_a_draft_says_no_day_and_one_taken_down_no_day_to_come():
    for state, live, published, _, _, _ in CALENDAR:
        if not live and not published:
            assert state.says == "A draft, not published yet."
        elif not live:
            assert state.says.startswith("Taken down.")
            assert "last day" not in state.says or state.last_day < TODAY


@pytest.mark.parametrize(
    ("away", "says"),
    [
        (4, "goes live on 19 January 2027."),
        (0, "goes live on 15 January 2027."),
        (-1, "was to go live on 14 January 2027, and waits."),
    ],
)
def test_an_approved_draft_says_when_it_goes_live_or_was_to(away, says):
    day = TODAY + timedelta(days=away)
    state = decide_state(live=False, published=False, opens=None, closes=None, today=TODAY, goes_live=day)
    assert (state.stage, state.says) == (Stage.SCHEDULED, f"Approved. It {says}")


@pytest.mark.django_db
def test_a_stop_on_the_first_day_says_that_day_and_not_the_one_before(home):
    today = timezone.localdate()
    page, _ = consultation(home, opens=today, closes=today + timedelta(days=9))
    officer = staff()
    close_survey(page=page, by=officer, reason="Too many", said="many")
    page.refresh_from_db()
    assert page.closes == today - timedelta(days=1)
    state = page.state
    assert (state.says, state.word_day) == (f"Stopped on {write(today)}.", today)
    assert state.reason == "closed.why.many"
    reopen_survey(page=page, by=officer, reason="Read now")
    page.refresh_from_db()
    assert page.state.says == f"Open until {write(today + timedelta(days=9))}."


@pytest.mark.django_db
def test_states_of_many_cost_two_queries_at_most(home, django_assert_max_num_queries):
    today = timezone.localdate()
    pages = [
        consultation(home, slug=f"parks-{number}", closes=today + timedelta(days=away), live=live)[0]
        for number, (away, live) in enumerate(((-5, True), (5, True), (-5, False), (5, False)))
    ]
    find_states(pages)  # content types are looked up once by a process
    with django_assert_max_num_queries(2):
        states = find_states(pages)
    assert [states[page.pk].stage for page in pages] == [
        Stage.CLOSED, Stage.OPEN, Stage.TAKEN_DOWN, Stage.TAKEN_DOWN,
    ]  # fmt: skip
    assert find_state(pages[0]).last_day == pages[0].closes
