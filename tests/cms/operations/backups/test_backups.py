"""Backups are sealed and kept for 35 days."""

import base64
import os
import time
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from cms.accounts.models import User
from cms.operations.backups import actions, backup_content, deletion_journal, tasks
from cms.operations.backups.actions import backup_day, backup_path, delete_old_backups, list_backups
from cms.operations.backups.backup_content import open_backup
from cms.operations.version import read_version
from consultation.audit.models import AuditEntry
from consultation.channels.web.withdrawal import withdraw_response
from consultation.responses.deletion_markers import DeletionKind, digest_deletion, marker_expiry, record_deletion
from consultation.responses.models import Tombstone
from insights.disclosure.record_secret import derive_key
from insights.releases.actions import create_release
from tests import factories
from tests.factories import response
from tests.insights.conftest import answered, codebook, colleague, officer, parks  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)

TODAY = timezone.localdate()


def backed_up():
    """A backup whose trial is left out; tests of verification are in test_backup_verification.py."""
    User.objects.get_or_create(email="somebody@staff.test")
    call_command("backup", no_verify=True, stdout=StringIO())
    [(_, path)] = list_backups()
    return path


@pytest.mark.parametrize("sweep", [lambda: backed_up(), tasks.write_deletion_journal])
def test_what_a_killed_backup_or_restore_left_goes_after_a_day(site, folder, settings, sweep):
    """It holds the database as it was then, the scratch copy even unsealed, and no retention line reaches it."""
    folder.mkdir(exist_ok=True)
    old, young = settings.VAR_DIR / "copy-old", settings.VAR_DIR / "copy-young"
    cut_short = folder / "taken-out.k2j.unfinished"
    for scratch in (old, young):
        scratch.mkdir()
        (scratch / "database").write_bytes(b"all of it")
    cut_short.write_bytes(b"half of it")
    yesterday = time.time() - actions.ABANDONED_AFTER - 60
    for path in (old, cut_short):
        os.utime(path, (yesterday, yesterday))
    sweep()
    assert not old.exists() and not cut_short.exists()
    assert young.exists(), "one that runs now is left alone"


def test_a_second_backup_at_the_same_time_writes_into_no_other(site, folder, monkeypatch):
    """By hand while the timer's was at work: both wrote into one file, and one found it gone."""
    write, second = backup_content.write_backup, []

    def write_beside_another(*given):
        if not second:
            second.append("begun")
            second.append(actions.create_backup())
        write(*given)

    User.objects.get_or_create(email="somebody@staff.test")
    monkeypatch.setattr(backup_content, "write_backup", write_beside_another)
    first = actions.create_backup()
    assert first == second[1]
    with open_backup(first) as (_, reader):
        reader.read_to_end()
    assert sorted(one.name for one in folder.iterdir()) == sorted([first.name, deletion_journal.NAME])


def test_nothing_can_be_read_in_a_backup(site, folder):
    response(site[1], closed={"a": "1"}, texts={"q-b": "Words"})
    path = backed_up()
    content = path.read_bytes()
    assert b"SQLite" not in content and b"PGDMP" not in content and b"consultation_response" not in content
    assert path.stat().st_mode & 0o077 == 0
    assert sorted(one.name for one in folder.iterdir()) == sorted([path.name, deletion_journal.NAME])
    assert not list(folder.parent.glob("copy-*"))


@pytest.mark.slow
def test_no_byte_of_the_database_or_a_backup_is_of_the_secret(answered, officer, folder, settings):  # noqa: F811
    """Whoever holds them cannot work out the noise of a figure; the fingerprint of the secret is there and is found."""
    made = create_release(consultation=answered, by=officer)
    with open_backup(backed_up()) as (_, reader):
        held = b"".join(reader.iterate_part())
    with connection.cursor() as cursor:  # a dump of PostgreSQL is compressed
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            values = (value for row in cursor.fetchall() for value in row)
            held += b"\n".join(
                bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode() for one in values
            )
    secret = settings.RECORD_KEY_SECRET.encode()
    assert made.secret_fingerprint.encode() in held
    for kept in (secret, derive_key("fingerprint"), derive_key("record")):
        for form in (kept, kept.hex().encode(), base64.b64encode(kept)):
            assert form not in held


def test_one_backup_a_day(site):
    first = backed_up().read_bytes()
    again = backed_up()
    assert again.read_bytes() != first and len(list_backups()) == 1


def test_backups_older_than_35_days_go(site, folder):
    folder.mkdir()
    for days in (0, 34, 35, 36, 400):
        backup_path(TODAY - timedelta(days=days), folder).write_bytes(b"x")
    (folder / "have-your-say-notes.sealed").write_bytes(b"not ours")
    assert delete_old_backups() == 2
    assert [(TODAY - day).days for day, _ in list_backups()] == [35, 34, 0]
    assert (folder / "have-your-say-notes.sealed").exists()
    assert backup_day("have-your-say-notes.sealed") is None


def test_retention_erases_them_too(site, folder):
    from cms.operations.retention.retention_registry import ERASURES

    folder.mkdir()
    backup_path(TODAY - timedelta(days=36), folder).write_bytes(b"x")
    [erasure] = [one for one in ERASURES if one.slug == "backups"]
    assert [group.count for group in erasure.run()] == [1]
    assert list_backups() == []


def test_the_journal_names_nobody_and_no_day(site, folder):
    sent = response(site[1], closed={"a": "1"})
    withdraw_response(response=sent)
    folder.mkdir()
    deletion_journal.write_journal()
    text = (folder / deletion_journal.NAME).read_text()
    assert str(sent.pk) not in text and sent.pk.hex not in text and TODAY.isoformat() not in text
    assert digest_deletion(DeletionKind.RESPONSE, sent.pk) in text
    before = len(text)
    User.objects.update(agency=factories.agency("An agency with a long name"))
    deletion_journal.write_journal()
    assert len((folder / deletion_journal.NAME).read_text()) == before, "nor how many agencies there are"
    assert {day.day for day in deletion_journal.load_deletion_markers(folder).values()} == {1}


def test_a_tombstone_stands_until_no_backup_can_hold_it(db):
    assert marker_expiry(TODAY) > TODAY + timedelta(days=35)
    record_deletion(DeletionKind.TEXT, 1)
    record_deletion(DeletionKind.TEXT, 1)
    assert Tombstone.objects.count() == 1


def test_what_it_is_about_is_inside_the_seal(site):
    path = backed_up()
    with open_backup(path) as (about, _):
        assert (about.vendor, about.day, about.version) == (connection.vendor, TODAY.isoformat(), read_version())
        assert AuditEntry.objects.get(verb=actions.MADE).hash == about.holds
    assert TODAY.isoformat().encode() not in path.read_bytes()


def test_a_development_database_is_refused(site, folder, settings):
    """A timer that lost its environment would otherwise report success each night."""
    settings.DEMO = True
    with pytest.raises(CommandError, match="settings for development.*is the environment set"):
        call_command("backup")
    assert not folder.exists()


def test_an_empty_database_is_refused(db, folder):
    User.objects.all().delete()
    with pytest.raises(CommandError, match="empty, without one account"):
        call_command("backup")
    assert not folder.exists() and not AuditEntry.objects.exists()


def test_a_full_disk_is_said_and_yesterdays_backup_stays(site, folder, monkeypatch):
    path = backed_up()
    before = path.read_bytes()
    monkeypatch.setattr(actions.backup_content, "write_backup", fail_with(OSError(28, "No space left on device")))
    with pytest.raises(CommandError, match="No backup was made.*No space left"):
        call_command("backup")
    assert path.read_bytes() == before


def fail_with(error):
    def fail(*arguments, **named):
        raise error

    return fail


def test_the_worker_keeps_the_journal_only_where_backups_are(site, folder):
    tasks.write_deletion_journal()
    assert not folder.exists()
    assert actions.list_backups() == []
