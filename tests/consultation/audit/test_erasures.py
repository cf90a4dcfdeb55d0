"""Audit entries are removed after six years, never earlier; the rest still verifies."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from consultation.audit.audit_log import record_event
from consultation.audit.erasures import last_expired_entry, remove_expired_entries, subtract_years
from consultation.audit.models import SHORTENED, AuditEntry, ChainHead

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
OLD, YOUNG = subtract_years(TODAY, 6) - timedelta(days=2), subtract_years(TODAY, 6) + timedelta(days=2)


def entry(day, verb="tested"):
    return AuditEntry.objects.append(day=day.isoformat(), minute="09:00", verb=verb)


@pytest.fixture
def log():
    return [entry(OLD) for _ in range(3)] + [entry(YOUNG), entry(TODAY)]


def test_the_oldest_entries_go_and_the_rest_verifies(log):
    assert last_expired_entry() == log[2]
    assert remove_expired_entries() == 3
    left = list(AuditEntry.objects.order_by("seq"))
    assert [one.seq for one in left] == [4, 5, 6]
    assert (left[-1].verb, left[-1].data) == (SHORTENED, {"through": 3, "hash": log[2].hash, "entries": 3})
    assert AuditEntry.objects.problems() == []
    assert remove_expired_entries() == 0
    record_event("tested")
    assert AuditEntry.objects.first_break() is None


def test_one_of_the_kept_that_is_missing_is_found_after_that(log):
    remove_expired_entries()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER consultation_auditentry_no_delete")
        else:
            cursor.execute("ALTER TABLE consultation_auditentry DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM consultation_auditentry WHERE seq = 4")
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE consultation_auditentry ENABLE TRIGGER USER")
    assert [str(problem) for problem in AuditEntry.objects.problems()] == ["Entry 4: it is missing."]


def test_an_old_entry_behind_a_young_one_waits_for_it():
    entry(YOUNG)
    entry(OLD)
    assert last_expired_entry() is None and remove_expired_entries() == 0


def test_a_log_that_is_all_old_begins_anew_with_what_says_so():
    entry(OLD)
    assert remove_expired_entries() == 1
    assert AuditEntry.objects.get().verb == SHORTENED
    assert AuditEntry.objects.first_break() is None


def test_it_can_be_shortened_again_when_the_entry_that_said_so_is_old_itself(log):
    remove_expired_entries()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in ("no_update", "no_delete"):
                cursor.execute(f"DROP TRIGGER consultation_auditentry_{name}")
        else:
            cursor.execute("ALTER TABLE consultation_auditentry DISABLE TRIGGER USER")
        _make_old(cursor)
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE consultation_auditentry ENABLE TRIGGER USER")
    assert AuditEntry.objects.first_break() is None
    assert remove_expired_entries() == 3
    assert [one.verb for one in AuditEntry.objects.all()] == [SHORTENED]
    assert AuditEntry.objects.first_break() is None


def _make_old(cursor):
    """The same log, six years later: every day is earlier, and the chain is made as it would have been."""
    prev = AuditEntry.objects.order_by("seq").first().prev
    for one in AuditEntry.objects.order_by("seq"):
        one.day, one.prev = OLD.isoformat(), prev
        prev = one.compute_hash()
        cursor.execute(
            "UPDATE consultation_auditentry SET day = %s, prev = %s, hash = %s WHERE seq = %s",
            [one.day, one.prev, prev, one.seq],
        )
    last = AuditEntry.objects.order_by("seq").last()
    ChainHead.objects.all().delete()
    AuditEntry.objects.seal_head(last)


def refused(seq):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.filter(seq=seq).delete()


def test_the_database_lets_nothing_go_that_is_younger_whatever_the_log_says(log):
    AuditEntry.objects.append(day=TODAY.isoformat(), verb=SHORTENED, data={"through": 5, "hash": log[4].hash})
    refused(4)
    refused(5)


def test_the_database_lets_nothing_go_of_which_the_log_does_not_say_so(log):
    refused(1)
    AuditEntry.objects.append(day=TODAY.isoformat(), verb=SHORTENED, data={"through": 2, "hash": log[1].hash})
    refused(3)


def test_a_leap_day_counts_as_the_day_before():
    assert subtract_years(date(2028, 2, 29), 6) == date(2022, 2, 28)
