"""Events caused by respondents enter the log after their day, in random order, with the day alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultation.audit.audit_log import append_waiting_events, record_at_day_end, record_event
from consultation.audit.models import AuditEntry, WaitingEvent

pytestmark = pytest.mark.django_db

TOMORROW = timezone.localdate() + timedelta(days=1)


def test_until_the_day_is_over_the_log_holds_nothing_of_it():
    record_at_day_end("answers withdrawn")
    assert append_waiting_events() == 0
    assert not AuditEntry.objects.exists() and WaitingEvent.objects.count() == 1


def test_in_the_night_it_enters_with_the_day_alone():
    record_at_day_end("answers withdrawn", where="x")
    assert append_waiting_events(today=TOMORROW) == 1
    entry = AuditEntry.objects.get()
    assert (entry.day, entry.minute, entry.actor) == (timezone.localdate().isoformat(), "", "")
    assert entry.data == {"where": "x"}
    assert not WaitingEvent.objects.exists()
    assert append_waiting_events(today=TOMORROW) == 0, "once"


def test_entries_of_staff_do_not_stand_between_those_of_a_day():
    """Else the minutes of the staff's would say when the others came."""
    record_at_day_end("answers withdrawn")
    record_event("signed in")
    record_at_day_end("answers withdrawn")
    record_event("signed in")
    append_waiting_events(today=TOMORROW)
    assert [entry.minute == "" for entry in AuditEntry.objects.order_by("seq")] == [False, False, True, True]


def test_their_order_is_random():
    for number in range(12):
        record_at_day_end("words erased", number=number)
    append_waiting_events(today=TOMORROW)
    order = [entry.data["number"] for entry in AuditEntry.objects.order_by("seq")]
    assert sorted(order) == list(range(12))
    assert order != list(range(12)), "one in 479 million by chance"
    assert AuditEntry.objects.first_break() is None


def test_days_that_a_worker_slept_through_come_one_after_the_other():
    record_at_day_end("words erased")
    WaitingEvent.objects.create(day="2026-01-02", verb="words erased")
    WaitingEvent.objects.create(day="2026-01-01", verb="words erased")
    append_waiting_events(today=TOMORROW)
    days = list(AuditEntry.objects.order_by("seq").values_list("day", flat=True))
    assert days == sorted(days)
