"""Restores a backup, and repeats every deletion made since."""

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, transaction

from cms.accounts import account_suspension
from cms.accounts.models import User
from cms.operations.backups import database_copies, deletion_journal, media_copies
from cms.operations.backups.backup_content import open_backup, refuse_unfit_backup
from cms.operations.backups.scratch_databases import open_scratch_folder
from cms.operations.retention import actions as retention
from consultation.agencies.models import KnownAgency
from consultation.audit.audit_log import record_event
from consultation.channels.erasure_replay import replay_erasures
from consultation.responses.deletion_markers import DeletionKind, filter_deleted
from consultation.responses.models import Tombstone


def restore_backup(path: Path, report: Callable[[str, int], None] | None = None) -> dict[str, Any]:
    """Replace the database and the media with a backup, then repeat the deletions made since; returns counts by kind.

    The whole file is read before anything changes. Afterwards nobody is signed in or has a role. `report`: told the
    step and its hundredth, so that whoever waits sees how far it is.
    """
    with open_backup(path, report and partial(report, "Checked")) as (about, reader):
        refuse_unfit_backup(about)
        reader.read_to_end()
    stones, agencies = _collect_deletions(path.parent)
    progress = report and partial(report, "Restored")
    with open_scratch_folder() as scratch, open_backup(path, progress) as (about, reader):
        database_copies.restore_database(reader.iterate_part(), scratch)
        done = _close_and_erase(stones, agencies, about.day)
        return done | {"media": media_copies.restore_media(reader.open_part())}


def finish_restored_database(day: date) -> dict[str, Any]:
    """What follows a restore by other means, as to a point in time on `day`: nobody is signed in or has a role, and the
    deletions of the journal are repeated."""
    stones, agencies = _collect_deletions(settings.BACKUP_DIR)
    return _close_and_erase(stones, agencies, day.isoformat()) | {"media": 0}


def _close_and_erase(stones: dict[str, date], agencies: dict[str, str], day: str) -> dict[str, Any]:
    call_command("migrate", verbosity=0, interactive=False, run_syncdb=bool(os.environ.get("NO_MIGRATIONS")))
    closed, suspended = _lock_everyone_out(stones, date.fromisoformat(day))
    return {"day": day, "again": closed | _repeat_deletions(stones, agencies, day, closed), "suspended": suspended}


def _collect_deletions(folder: Path) -> tuple[dict[str, date], dict[str, str]]:
    """Deletion markers and agencies of the journal, and of the database that is about to be replaced."""
    stones, agencies = deletion_journal.load_deletion_markers(folder), deletion_journal.load_agencies(folder)
    with suppress(DatabaseError):  # it may be unreadable, or empty
        stones |= dict(Tombstone.objects.values_list("digest", "keep_until"))
    with suppress(DatabaseError):
        agencies |= dict(KnownAgency.objects.values_list("key", "name"))
    return stones, agencies


@transaction.atomic
def _lock_everyone_out(stones: dict[str, date], day: date) -> tuple[dict[str, int], dict[str, int]]:
    """Runs first: repeating the deletions takes minutes and may fail half-way while the site is being served."""
    open_now = User.objects.filter(is_active=True).values_list("pk", flat=True)
    deleted = list(filter_deleted(DeletionKind.ACCOUNT, open_now, stones))
    closed = User.objects.filter(pk__in=deleted).update(is_active=False)
    return {"accounts": closed}, account_suspension.suspend_all_accounts(as_of=day)


def _repeat_deletions(
    stones: dict[str, date], agencies: dict[str, str], day: str, closed: dict[str, int]
) -> dict[str, int]:
    rows = [Tombstone(digest=digest, keep_until=until) for digest, until in sorted(stones.items())]
    Tombstone.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    again = replay_erasures(stones.keys(), agencies)
    again["by retention"] = sum(group.count for _, group in retention.erase_everything_due())
    record_event("restored from backup", day=day, again=sum(again.values()) + sum(closed.values()))
    return again
