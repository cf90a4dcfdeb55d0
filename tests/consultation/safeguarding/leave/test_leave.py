"""A lead or reader on leave is not on duty, is told of nothing and holds nothing; who is next is shown and told."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.reading import urgent_alerts
from consultation.reading.models import Lease
from consultation.reading.staffing import reader_coverage
from consultation.reading.staffing.actions import name_readers
from consultation.safeguarding import actions, alerts, clocks
from consultation.safeguarding.clocks import LONDON
from consultation.safeguarding.contact_requests import actions as contacts
from consultation.safeguarding.duty_rota import actions as rota
from consultation.safeguarding.duty_rota import lead_rota
from consultation.safeguarding.duty_rota.models import DutyDay, Leave
from consultation.safeguarding.leave import actions as leave
from consultation.safeguarding.mailbox import actions as mailboxes
from consultation.safeguarding.mailbox.models import Mailbox
from consultation.safeguarding.models import TriageCase
from consultation.safeguarding.reassignment.actions import list_assigned_items, list_assignees
from consultation.safeguarding.withdrawn_texts import actions as withdrawn
from tests.consultation.safeguarding.conftest import decide, opened

MONDAY = date(2026, 11, 23)
ELEVEN = datetime(2026, 11, 23, 11, tzinfo=LONDON)
PAGE = "/staff/leave/"


@pytest.fixture(autouse=True)
def monday_morning(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: ELEVEN)


@pytest.fixture
def on_duty(lead, other_lead):
    rota.set_rota(by=lead, people={MONDAY: (lead.pk, other_lead.pk)})


def away(person, first=MONDAY, last=MONDAY, **more):
    return leave.add_leave(**{"person": person, "first_day": first, "last_day": last, "by": person} | more)


def test_a_lead_on_leave_is_not_on_duty_and_the_gap_says_who_is_missing(on_duty, lead, other_lead):
    away(lead)
    duty = lead_rota.find_current_duty(ELEVEN)
    assert (duty.lead, duty.backup, duty.gap) == (None, other_lead, "No lead")
    assert duty.absent == (f"{lead} is on leave.",)


def test_an_alert_goes_to_the_backup_at_once_and_not_to_the_lead_on_leave(
    on_duty, lead, other_lead, answer, reader, mailoutbox
):
    away(lead)
    opened(answer, reader, now=ELEVEN)
    alerts.alert_waiting_items(ELEVEN)
    assert [mail.to for mail in mailoutbox] == [[other_lead.email]]


@pytest.mark.parametrize("hours", [0, 1.1, 2.1, 3.1])
def test_nobody_left_is_the_head_of_service_at_every_level(
    hours, on_duty, lead, other_lead, answer, reader, mailoutbox, settings
):
    away(lead)
    away(other_lead)
    opened(answer, reader, now=ELEVEN)
    alerts.alert_waiting_items(ELEVEN + timedelta(hours=hours))
    assert [mail.to for mail in mailoutbox] == [[settings.HEAD_OF_SERVICE_EMAIL]]


def test_what_a_lead_has_goes_to_the_backup_when_leave_begins(
    on_duty, lead, other_lead, answer, reader, mailoutbox, django_capture_on_commit_callbacks
):
    case = actions.claim_case(case=opened(answer, reader, now=ELEVEN), by=lead)
    with django_capture_on_commit_callbacks(execute=True):
        away(lead)
    case.refresh_from_db()
    assert (case.claimed_by, case.state) == (other_lead, "claimed")
    assert "It was with someone who is on leave now." in [note.text for note in case.notes.all()]
    assert [mail.to for mail in mailoutbox] == [[other_lead.email]]


def test_what_a_lead_has_goes_to_the_stand_in_who_takes_their_days(on_duty, lead, other_lead, person, answer, reader):
    third = person("safeguarding_lead")
    case = actions.claim_case(case=opened(answer, reader, now=ELEVEN), by=lead)
    away(lead, stand_in=third)
    case.refresh_from_db()
    assert case.claimed_by == third
    day = DutyDay.objects.get(day=MONDAY)
    assert (day.lead, day.backup) == (third, other_lead)


def test_a_stand_in_who_is_the_backup_leaves_the_gap_open(on_duty, lead, other_lead):
    away(lead, stand_in=other_lead)
    assert lead_rota.find_current_duty(ELEVEN).gap == "No lead"


@pytest.mark.parametrize("state", ["claimed", "second-view", "contacted", "referred"])
def test_the_sweep_leaves_nothing_with_a_lead_on_leave(state, on_duty, lead, other_lead, new_answer, reader):
    case = actions.claim_case(case=opened(new_answer(), reader, now=ELEVEN), by=lead)
    if state != "claimed":
        decide(case, lead, state)
    contact = actions.request_contact(name="Bee", how="x", when="y", language="en")
    contacts.claim_contact(contact=contact, by=lead)
    away(lead, MONDAY + timedelta(days=1), MONDAY + timedelta(days=2))
    assert len(list_assigned_items(lead)) == 2 and leave.hand_over_absent_leads(ELEVEN) == 0
    assert leave.hand_over_absent_leads(ELEVEN + timedelta(days=1)) == 1
    assert len(list_assigned_items(lead)) == 0
    assert leave.hand_over_absent_leads(ELEVEN + timedelta(days=1)) == 0


def test_without_anyone_here_it_goes_back_to_the_board_and_the_head_of_service_is_told(
    on_duty, lead, other_lead, answer, reader, mailoutbox, settings
):
    case = actions.claim_case(case=opened(answer, reader, now=ELEVEN), by=lead)
    alerts.alert_waiting_items(ELEVEN)
    away(other_lead)
    away(lead)
    mailoutbox.clear()
    case.refresh_from_db()
    assert (case.claimed_by, case.state) == (None, "new")
    alerts.alert_waiting_items(ELEVEN)
    assert [mail.to for mail in mailoutbox] == [[settings.HEAD_OF_SERVICE_EMAIL]]


def test_nothing_can_be_taken_over_on_leave(lead, other_lead, new_answer, reader):
    away(lead)
    mailboxes.open_mailbox(seed=b"a form", text="Please write back.", language="en")
    contact = actions.request_contact(name="Bee", how="x", when="y", language="en")
    text = actions.keep_withdrawn_text(answer=new_answer(), question_text="What is good?")
    case = opened(new_answer(), reader, now=ELEVEN)
    for take in (
        lambda: actions.claim_case(case=case, by=lead),
        lambda: contacts.claim_contact(contact=contact, by=lead),
        lambda: mailboxes.claim_mailbox(mailbox=Mailbox.objects.get(), by=lead),
        lambda: withdrawn.read_withdrawn_text(withdrawn=text, by=lead),
    ):
        with pytest.raises(NotAllowed, match="You are on leave until 23 November"):
            take()
    assert list(list_assignees(other_lead)) == []


def test_a_reader_on_leave_is_neither_named_nor_told_and_has_nothing_open(home, reader, person, lead, new_answer):
    other, answer = person("moderator"), new_answer()
    page = answer.response.version.page
    name_readers(page=page, readers=[reader, other], first_day=MONDAY, last_day=MONDAY, by=lead)
    Lease.objects.create(answer=answer, reader=reader, until=ELEVEN + timedelta(minutes=30))
    away(reader)
    assert not Lease.objects.exists()
    assert reader_coverage.list_readers_on_day(MONDAY, {page.pk}) == [other]
    assert reader not in urgent_alerts.list_people_on_duty([answer.pk], ELEVEN)
    away(other)
    gap = next(day for day in reader_coverage.list_coverage_days(page, MONDAY) if day.day == MONDAY)
    assert "reader" in gap.missing
    assert urgent_alerts.list_people_on_duty([answer.pk], ELEVEN) == [lead]


def test_leave_from_monday_counts_on_the_weekend_before(on_duty, lead, other_lead):
    saturday = ELEVEN - timedelta(days=2)
    Leave.objects.create(person=lead, first_day=MONDAY, last_day=MONDAY)
    assert list(lead_rota.list_reachable_leads(saturday)) == [other_lead]
    assert lead_rota.list_on_duty(saturday) == [other_lead]


def test_back_early_a_lead_is_on_duty_again(on_duty, lead):
    taken = away(lead, MONDAY - timedelta(days=1), MONDAY + timedelta(days=3))
    assert lead_rota.find_current_duty(ELEVEN).lead is None
    leave.end_leave(leave=taken, by=lead)
    assert lead_rota.find_current_duty(ELEVEN).lead == lead
    assert taken.last_day == MONDAY - timedelta(days=1)
    later = away(lead, MONDAY + timedelta(days=7), MONDAY + timedelta(days=9))
    leave.end_leave(leave=later, by=lead)
    assert list(Leave.objects.all()) == [taken]


def test_the_rota_takes_nobody_on_leave(lead, other_lead):
    away(other_lead, MONDAY, MONDAY + timedelta(days=7))
    with pytest.raises(NotAllowed, match="choose somebody who is not on leave"):
        rota.set_rota(by=lead, people={MONDAY: (other_lead.pk, lead.pk)})
    Leave.objects.all().delete()
    rota.set_rota(by=lead, people={MONDAY: (other_lead.pk, lead.pk)})
    away(other_lead, MONDAY + timedelta(days=7), MONDAY + timedelta(days=7))
    rota.repeat_last_week(by=lead, since=MONDAY + timedelta(days=7), days=7)
    repeated = DutyDay.objects.get(day=MONDAY + timedelta(days=7))
    assert (repeated.lead, repeated.backup) == (None, lead)


def test_what_is_no_leave_is_refused(lead, other_lead, reader, person):
    day = timedelta(days=1)
    for wrong in (
        {"first": MONDAY + day, "last": MONDAY},
        {"first": MONDAY - 2 * day, "last": MONDAY - day},
        {"last": MONDAY + 400 * day},
        {"person": person("planner"), "by": lead},
        {"person": other_lead, "by": reader},
        {"stand_in": lead},
        {"stand_in": reader},
    ):
        with pytest.raises(NotAllowed):
            away(wrong.pop("person", lead), **wrong)
    away(lead)
    with pytest.raises(NotAllowed, match="written down already"):
        away(lead)
    with pytest.raises(IntegrityError), transaction.atomic():
        Leave.objects.create(person=lead, first_day=MONDAY, last_day=MONDAY, stand_in=lead)


def test_a_lead_writes_down_that_a_colleague_is_ill_and_sees_who_is_next(on_duty, lead, other_lead, client_as):
    desk = client_as("safeguarding_lead")
    sent = {"person": lead.pk, "first_day": "2026-11-23", "last_day": "2026-11-24", "stand_in": ""}
    page = " ".join(desk.post(PAGE, sent, follow=True).content.decode().split())
    assert f"Monday 23 November: no lead, backup {other_lead}. <b>No lead: who will do it?</b>" in page
    board = " ".join(desk.get("/staff/safeguarding/").content.decode().split())
    assert f"{lead} is on leave." in board
    desk.post(f"{PAGE}end/", {"leave": Leave.objects.get().pk})
    assert not Leave.objects.exists()
    again = desk.post(f"{PAGE}end/", {"leave": 1}, follow=True).content.decode()
    assert "That leave is over already." in again


def test_a_reader_writes_down_only_their_own(client_as, lead, on_duty):
    Leave.objects.create(person=lead, first_day=MONDAY, last_day=MONDAY)
    desk = client_as("moderator")
    page = desk.get(PAGE).content.decode()
    assert str(lead) not in page and "Who is away?" not in page
    desk.post(PAGE, {"first_day": "2026-11-30", "last_day": "2026-12-04", "person": lead.pk})
    assert Leave.objects.get(person=desk.user).last_day == date(2026, 12, 4)
    wrong = desk.post(PAGE, {"first_day": "2026-11-30", "last_day": "2026-11-29"})
    assert wrong.status_code == 422 and "The last day is before the first." in wrong.content.decode()


def test_the_log_says_who_is_away_and_nothing_of_why(lead):
    away(lead)
    entry = AuditEntry.objects.get(verb="leave added")
    assert entry.data == {"person": lead.pk, "since": "2026-11-23", "until": "2026-11-23"}


def test_case_clocks_run_on_through_leave(on_duty, lead, other_lead, answer, reader):
    case = actions.claim_case(case=opened(answer, reader, now=ELEVEN), by=lead)
    away(lead)
    due = clocks.case_due_at("T1", ELEVEN, clocks.STANDARD_WEEK)
    assert TriageCase.objects.get(pk=case.pk).due_at == due
