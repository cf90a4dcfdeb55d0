"""Restores a backup, and repeats every deletion made since."""

import json
import os
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from cms.accounts import account_suspension
from cms.accounts.models import User
from cms.operations.backups import backup_sealing, database_copies, deletion_journal
from cms.operations.backups.actions import open_scratch_folder
from cms.operations.retention import actions as retention
from consultation.agencies.models import KnownAgency
from consultation.audit.audit_log import record_event
from consultation.channels.erasure_replay import replay_erasures
from consultation.responses.deletion_markers import DeletionKind, filter_deleted
from consultation.responses.models import Tombstone


def restore_backup(path: Path) -> dict[str, Any]:
    """Replace the database with a backup, then repeat the deletions made since; returns their counts by kind.

    The whole file is unsealed before anything changes. Afterwards nobody is signed in or has a role.
    """
    with open_scratch_folder() as scratch:
        about = _unseal_backup(path, scratch / "database")
        if about["vendor"] != connection.vendor:
            raise database_copies.DatabaseCopyError(
                f"This is a backup of {about['vendor']}, and the database is {connection.vendor}."
            )
        stones = deletion_journal.load_deletion_markers(path.parent)
        with suppress(DatabaseError):  # the database about to be replaced may be unreadable
            stones |= dict(Tombstone.objects.values_list("digest", "keep_until"))
        agencies = deletion_journal.load_agencies(path.parent)
        with suppress(DatabaseError):
            agencies |= dict(KnownAgency.objects.values_list("key", "name"))
        database_copies.restore_database(scratch / "database")
    call_command("migrate", verbosity=0, interactive=False, run_syncdb=bool(os.environ.get("NO_MIGRATIONS")))
    closed, suspended = _lock_everyone_out(stones, date.fromisoformat(about["day"]))
    return about | {
        "again": closed | _repeat_deletions(stones, agencies, about["day"], closed),
        "suspended": suspended,
    }


@transaction.atomic
def _lock_everyone_out(stones: dict[str, date], day: date) -> tuple[dict[str, int], dict[str, int]]:
    """Runs first: repeating the deletions takes minutes and may fail half-way while the site is being served."""
    open_now = User.objects.filter(is_active=True).values_list("pk", flat=True)
    deleted = list(filter_deleted(DeletionKind.ACCOUNT, open_now, stones))
    closed = User.objects.filter(pk__in=deleted).update(is_active=False)
    return {"accounts": closed}, account_suspension.suspend_all_accounts(as_of=day)


def _unseal_backup(path: Path, target: Path) -> dict[str, Any]:
    with path.open("rb") as file, target.open("wb") as copy:
        pieces = backup_sealing.open_sealed_file(file)
        about: dict[str, Any] = json.loads(next(pieces))
        for piece in pieces:
            copy.write(piece)
    return about


def _repeat_deletions(
    stones: dict[str, date], agencies: dict[str, str], day: str, closed: dict[str, int]
) -> dict[str, int]:
    rows = [Tombstone(digest=digest, keep_until=until) for digest, until in sorted(stones.items())]
    Tombstone.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    again = replay_erasures(stones.keys(), agencies)
    again["by retention"] = sum(group.count for _, group in retention.erase_everything_due())
    record_event("restored from backup", day=day, again=sum(again.values()) + sum(closed.values()))
    return again
