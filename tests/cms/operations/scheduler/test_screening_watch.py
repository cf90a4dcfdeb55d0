"""Screening never stops unseen: the alarm of the web processes, the pages of staff, a clock that went back."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.operations import gunicorn
from cms.operations.scheduler import screening_watch, sweep_runs, sweep_schedule
from cms.operations.scheduler.models import SweepRun
from consultation.notifications.notify import write_message
from consultation.safeguarding.clocks import LONDON
from consultation.safeguarding.duty_rota.models import DutyDay

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=LONDON)


@pytest.fixture
def screened(db):
    """screened(moment): nothing waited to be screened then. The sweep finishes each half minute, whatever it leaves."""

    def finish(moment):
        SweepRun.objects.update_or_create(
            name=screening_watch.SCREENING,
            defaults={"due_at": moment, "finished_at": timezone.now(), "caught_up_at": moment},
        )

    return finish


@pytest.mark.parametrize(
    ("ago", "still"),
    [
        (timedelta(), False),
        (timedelta(minutes=4, seconds=59), False),
        (timedelta(minutes=5, seconds=1), True),
        (timedelta(seconds=-30), False),
        (timedelta(minutes=-2), True),
    ],
)
def test_screening_stands_still_after_five_minutes_or_when_a_clock_went_back(screened, ago, still):
    screened(NOON - ago)
    assert bool(screening_watch.explain_stall(NOON)) is still


def test_the_leads_on_duty_and_the_head_are_told_once_in_half_an_hour(screened, person, mailoutbox, settings):
    settings.HEAD_OF_SERVICE_EMAIL = "head@service.test"
    lead, backup, _ = (person("safeguarding_lead") for _ in range(3))
    DutyDay.objects.create(day=NOON.date(), lead=lead, backup=backup)
    screened(NOON)
    assert screening_watch.alarm_leads(NOON + timedelta(minutes=4)) == 0
    late = NOON + timedelta(minutes=6)
    assert screening_watch.alarm_leads(late) == 3
    told = sorted(address for message in mailoutbox for address in message.to)
    assert told == sorted([lead.email, backup.email, "head@service.test"])
    assert {message.body for message in mailoutbox} == {write_message()}
    for seconds in (60, -1):
        another = late + timedelta(seconds=seconds)
        assert screening_watch.alarm_leads(another) == 0, "the next look, or a process that read the clock before"
    sweep_runs.prune_runs()
    assert screening_watch.alarm_leads(late + timedelta(minutes=2)) == 0, "nor after old clocks were deleted"
    assert screening_watch.alarm_leads(late + timedelta(minutes=31)) == 3


def test_nobody_is_told_on_a_site_that_never_screened(db, person, mailoutbox):
    person("safeguarding_lead")
    assert screening_watch.alarm_leads(NOON) == 0 and not mailoutbox


def test_each_web_process_looks_by_itself(monkeypatch):
    started = []
    monkeypatch.setattr(screening_watch.ScreeningWatch, "start", lambda watch: started.append(watch.name))
    gunicorn.post_fork(None, None)
    assert started == ["screening-watch"]


def test_readers_and_leads_see_that_the_order_cannot_be_relied_on(screened, client_as):
    pages = [(client_as("safeguarding_lead"), "safeguarding:board"), (client_as("moderator"), "reading:desk")]
    says = b"Answers have not been screened since Tuesday 24 November, 12:00."
    screened(NOON)
    for browser, name in pages:
        assert says in browser.get(reverse(name)).content
    SweepRun.objects.all().delete()
    for browser, name in pages:
        assert b"have not been screened" not in browser.get(reverse(name)).content


def test_an_alarm_sent_by_a_clock_that_was_ahead_silences_none(screened, person, mailoutbox):
    person("safeguarding_lead")
    screened(NOON)
    assert screening_watch.alarm_leads(NOON + timedelta(days=3)) > 0
    assert screening_watch.alarm_leads(NOON + timedelta(minutes=6)) > 0


def list_names(queue):
    return {sweep.path.rpartition(".")[2] for sweep in sweep_schedule.SWEEPS if sweep.queue == queue}


def test_screening_has_a_queue_of_its_own_and_alerts_and_clocks_another():
    assert list_names("screening") == {"screen_unread", "screen_mailboxes", "screen_sent_offers", "screen_panel_words"}
    assert list_names("safety") == {
        "alert_urgent",
        "alert_waiting_items",
        "hand_over_absent_leads",
        "ping_monitor",
        "tell_late_referrals",
        "warn_of_late_reading",
    }


def test_a_look_that_fails_does_not_end_the_watch(monkeypatch, caplog):
    """Whatever goes wrong: here a week in which nobody works."""
    looks = []

    def look():
        looks.append(1)
        if len(looks) == 3:
            watch.stopping.set()
        raise ValueError("nobody works in the year after this")

    monkeypatch.setattr(screening_watch, "LOOK_SECONDS", 0)
    monkeypatch.setattr(screening_watch, "alarm_leads", look)
    monkeypatch.setattr(screening_watch, "close_old_connections", lambda: None)
    monkeypatch.setattr(screening_watch.connection, "close", lambda: None)
    watch = screening_watch.ScreeningWatch()
    watch.run()
    assert len(looks) == 3
    assert "could not look: ValueError" in caplog.text
