"""A cry for help finds a person at any hour and past any agency: at 320 px, by keyboard, with a script and without."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from consultation.reading import reading_clock, screening_sweep, urgent_alerts
from consultation.reading.models import Screening
from consultation.reading.reading_order_cache import open_due_slots
from consultation.responses.models import Answer, AnswerState
from consultation.safeguarding import alerts
from consultation.safeguarding.clocks import LONDON
from consultation.safeguarding.duty_rota.models import DutyDay
from consultation.safeguarding.models import TriageCase
from tests import factories
from tests.journeys.test_every_page import sideways
from tests.journeys.test_triage import BOARD, leads, version  # noqa: F401  (fixtures)

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SATURDAY_NIGHT = datetime(2026, 11, 28, 23, 40, tzinfo=LONDON)
MONDAY = datetime(2026, 11, 30, 8, 30, tzinfo=LONDON)
TEAM, HEAD = "Emergency duty team, 01632 960999", "head@service.test"
WORDS = "He says that he waits for me on Monday."


@pytest.fixture(params=[True, False], ids=["with a script", "without"])
def small_screen(request, page_of):
    """small_screen(user): a browser of 320 px signed in as this person."""
    return lambda user: page_of(user, width=320, javascript=request.param)


@pytest.fixture
def night(monkeypatch, settings):
    settings.EMERGENCY_DUTY_TEAM, settings.HEAD_OF_SERVICE_EMAIL = TEAM, HEAD
    monkeypatch.setattr(timezone, "now", lambda: SATURDAY_NIGHT)


@pytest.fixture
def t1(night, version):  # noqa: F811
    """An answer that the screen has found urgent."""
    answer = factories.response(version, texts={"q-a": WORDS}).answers.get()
    screening_sweep.screen_unread(SATURDAY_NIGHT)
    Screening.objects.filter(pk=answer.pk).update(order=[True, "T1", ""], clock="")
    reading_clock.start_missing_clocks(SATURDAY_NIGHT)
    return answer


@pytest.fixture
def told(mailoutbox):
    """told(now): who gets a message by the sweeps of that moment."""

    def sweep(now):
        mailoutbox.clear()
        urgent_alerts.alert_undecided_t1(now)
        alerts.alert_waiting_items(now)
        assert not any(WORDS in message.body for message in mailoutbox)
        return {address for message in mailoutbox for address in message.to}

    return sweep


def press(page, name):
    page.get_by_role("button", name=name).first.press("Enter")


def see_whom_to_call(page, next_on):
    """The page says whom to call now and who is next, and fits the screen."""
    for said in ("call 999", TEAM, f"Next on, Monday 30 November from 08:30: {next_on}"):
        expect(page.locator("main")).to_contain_text(said)
    assert sideways(page) == 0, page.url


def test_a_t1_on_a_saturday_night_is_told_at_once_and_each_page_says_whom_to_call(
    t1,
    leads,  # noqa: F811
    person,
    small_screen,
    told,
):
    reader, (lead, backup) = person("moderator"), leads
    DutyDay.objects.create(day=MONDAY.date(), lead=lead, backup=backup)
    assert told(SATURDAY_NIGHT) == {reader.email, lead.email}

    desk = small_screen(reader)
    desk.goto("/staff/reading/")
    expect(desk.locator(".strip")).to_contain_text("Read by Monday 30 November, 11:00")
    see_whom_to_call(desk, lead)
    desk.get_by_label("A note").press_sequentially("He waits for the child on Monday.")
    press(desk, "Send to triage")
    expect(desk.locator("main")).to_contain_text("Sent to the safeguarding lead.")
    assert told(SATURDAY_NIGHT) == {lead.email}

    board = small_screen(lead)
    board.goto(BOARD)
    see_whom_to_call(board, "you, backup")
    expect(board.locator(".lane").first).to_contain_text("Monday 30 November, 10:30")
    expect(board.locator(".lane").first).to_contain_text("the backup lead is told")
    press(board, "Claim")
    expect(board.locator(".strip")).to_contain_text("Monday 30 November, 10:30")
    see_whom_to_call(board, "you, backup")
    board.get_by_label("Why do you need to see the words?").press_sequentially("To decide.")
    press(board, "Show the words")
    expect(board.locator(".raw")).to_contain_text(WORDS)

    assert told(MONDAY - timedelta(hours=12)) == set(), "its time begins on Monday"
    assert told(MONDAY + timedelta(hours=1)) == {backup.email}


def send_as_a_concern_about(agency, desk):
    desk.goto("/staff/reading/")
    desk.get_by_label("A note").press_sequentially("A worker is named.")
    desk.locator("summary", has_text="It is about a member of staff").press("Enter")
    desk.get_by_label("of which agency?").select_option(label=agency)
    press(desk, "Send to triage")


def test_a_concern_about_staff_goes_past_the_lead_of_that_agency_to_another(
    t1,
    leads,  # noqa: F811
    person,
    small_screen,
    told,
):
    reader, (council, trust) = person("moderator"), leads
    DutyDay.objects.create(day=MONDAY.date(), lead=trust, backup=council)
    desk = small_screen(reader)
    send_as_a_concern_about("Youth Trust", desk)
    expect(desk.locator("main")).to_contain_text("Sent to the safeguarding lead.")
    case = TriageCase.objects.get()
    assert case.agency.name == "Youth Trust"
    assert told(SATURDAY_NIGHT) == {council.email}, "and not who is on duty"

    theirs = small_screen(trust)
    theirs.goto(BOARD)
    expect(theirs.locator("main")).to_contain_text("Everything (0)")
    assert case.name not in theirs.content()
    assert theirs.goto(f"{BOARD}{case.pk}/").status == 404

    board = small_screen(council)
    board.goto(BOARD)
    expect(board.locator(".lane").first).to_contain_text("Route: LADO")
    press(board, "Claim")
    expect(board.locator("main")).to_contain_text("Its people do not see that it exists.")
    assert sideways(board) == 0
    board.get_by_label("Why do you need to see the words?").press_sequentially("To decide.")
    press(board, "Show the words")
    expect(board.locator(".raw")).to_contain_text(WORDS)


def test_where_no_lead_is_left_to_see_it_the_head_of_service_is_told_and_the_answer_keeps_its_clock(
    t1,
    leads,  # noqa: F811
    person,
    small_screen,
    mailoutbox,
):
    council, trust = leads
    council.groups.clear()
    desk = small_screen(person("moderator"))
    send_as_a_concern_about("Youth Trust", desk)
    expect(desk.get_by_role("alert")).to_contain_text("Telephone the LADO now")
    expect(desk.get_by_role("alert")).to_contain_text("The head of service was told that an item waits.")
    expect(desk.get_by_label("A note")).to_have_value("A worker is named.")
    assert sideways(desk) == 0
    assert [message.to for message in mailoutbox] == [[HEAD]]
    left = Answer.objects.get()
    assert left.state == AnswerState.UNREAD
    assert open_due_slots(Screening.objects.all()) == {left.pk: MONDAY + timedelta(hours=2, minutes=30)}
    assert not TriageCase.objects.exists()
