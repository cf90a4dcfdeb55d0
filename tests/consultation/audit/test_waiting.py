"""What a respondent caused enters the log when its day is over, in random order, with the day alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultation.audit import tasks
from consultation.audit.log import append_waiting, note_for_tonight, record
from consultation.audit.models import AuditEntry, WaitingEvent

pytestmark = pytest.mark.django_db

TOMORROW = timezone.localdate() + timedelta(days=1)


def test_until_the_day_is_over_the_log_holds_nothing_of_it():
    note_for_tonight("answers withdrawn")
    assert append_waiting() == 0
    tasks.append_waiting.func()
    assert not AuditEntry.objects.exists() and WaitingEvent.objects.count() == 1


def test_in_the_night_it_enters_with_the_day_alone():
    note_for_tonight("answers withdrawn", where="x")
    assert append_waiting(today=TOMORROW) == 1
    entry = AuditEntry.objects.get()
    assert (entry.day, entry.minute, entry.actor) == (timezone.localdate().isoformat(), "", "")
    assert entry.data == {"where": "x"}
    assert not WaitingEvent.objects.exists()
    assert append_waiting(today=TOMORROW) == 0, "once"


def test_entries_of_staff_do_not_stand_between_those_of_a_day():
    """Else the minutes of the staff's would say when the others came."""
    note_for_tonight("answers withdrawn")
    record("signed in")
    note_for_tonight("answers withdrawn")
    record("signed in")
    append_waiting(today=TOMORROW)
    assert [entry.minute == "" for entry in AuditEntry.objects.order_by("seq")] == [False, False, True, True]


def test_their_order_is_random():
    for number in range(12):
        note_for_tonight("words erased", number=number)
    append_waiting(today=TOMORROW)
    order = [entry.data["number"] for entry in AuditEntry.objects.order_by("seq")]
    assert sorted(order) == list(range(12))
    assert order != list(range(12)), "one in 479 million by chance"
    assert AuditEntry.objects.first_break() is None


def test_days_that_a_worker_slept_through_come_one_after_the_other():
    note_for_tonight("words erased")
    WaitingEvent.objects.create(day="2026-01-02", verb="words erased")
    WaitingEvent.objects.create(day="2026-01-01", verb="words erased")
    append_waiting(today=TOMORROW)
    days = list(AuditEntry.objects.order_by("seq").values_list("day", flat=True))
    assert days == sorted(days)
