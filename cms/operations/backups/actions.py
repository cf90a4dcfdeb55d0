"""Sealed daily backups, kept for 35 days, and a restore that repeats every deletion made since the backup."""

import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cms.accounts import account_suspension
from cms.accounts.models import User
from cms.operations.backups import backup_sealing, database_copies, deletion_journal
from cms.operations.retention import actions as retention
from consultation.audit.audit_log import record_event
from consultation.channels.erasure_replay import known_agency_names, replay_erasures
from consultation.responses.deletion_markers import DeletionKind, filter_deleted
from consultation.responses.models import Tombstone

ENDING, UNFINISHED, SCRATCH = ".sealed", ".unfinished", "copy-"
ABANDONED_AFTER = 24 * 60 * 60  # seconds; no backup or restore takes a day


def backup_path(day: date, folder: Path) -> Path:
    """One file per day: two of the same day would reveal which answers came between them."""
    return folder / f"have-your-say-{day.isoformat()}{ENDING}"


def backup_day(path: Path) -> date | None:
    try:
        return date.fromisoformat(path.name.removesuffix(ENDING)[-10:])
    except ValueError:
        return None


def list_backups(folder: Path | None = None) -> list[tuple[date, Path]]:
    """(day, path) of each backup, oldest first."""
    found = ((backup_day(path), path) for path in (folder or settings.BACKUP_DIR).glob(f"have-your-say-*{ENDING}"))
    return sorted((day, path) for day, path in found if day is not None)


@contextmanager
def _open_scratch_folder() -> Iterator[Path]:
    """A private temporary folder under VAR_DIR, deleted afterwards."""
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.VAR_DIR, prefix=SCRATCH) as name:
        yield Path(name)


def create_backup(folder: Path | None = None, today: date | None = None) -> Path:
    """Write a sealed copy of the current database, replacing today's earlier one; returns its path."""
    folder, day = folder or settings.BACKUP_DIR, today or timezone.localdate()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = backup_path(day, folder)
    delete_abandoned_copies(folder)
    record_event("backup made", day=day.isoformat())
    with _open_scratch_folder() as scratch:
        database_copies.copy_database_to(scratch / "database")
        unfinished = target.with_suffix(UNFINISHED)
        with unfinished.open("wb") as file:
            unfinished.chmod(0o600)
            backup_sealing.write_sealed_file(file, _iterate_backup_pieces(day, scratch / "database"))
        unfinished.replace(target)
    deletion_journal.write_journal(folder)
    return target


def _iterate_backup_pieces(day: date, copy: Path) -> Iterator[bytes]:
    yield json.dumps({"vendor": connection.vendor, "day": day.isoformat()}).ljust(256).encode()
    yield from database_copies.iterate_file_pieces(copy)


def delete_abandoned_copies(folder: Path | None = None) -> int:
    """Delete database copies left by a killed backup or restore: no retention rule reaches them, and they still hold
    what was erased since. Returns how many.
    """
    before = time.time() - ABANDONED_AFTER
    places = ((settings.VAR_DIR, f"{SCRATCH}*"), (folder or settings.BACKUP_DIR, f"have-your-say-*{UNFINISHED}"))
    left = [path for place, names in places for path in place.glob(names) if path.stat().st_mtime < before]
    for path in left:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    return len(left)


def delete_old_backups(folder: Path | None = None, today: date | None = None) -> int:
    """Delete backups older than BACKUP_DAYS (35); returns how many."""
    last = (today or timezone.localdate()) - timedelta(days=settings.BACKUP_DAYS)
    old = [path for day, path in list_backups(folder) if day < last]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def restore_backup(path: Path) -> dict[str, Any]:
    """Replace the database with a backup, then repeat the deletions made since; returns their counts by kind.

    The whole file is unsealed before anything changes. Afterwards nobody is signed in or has a role.
    """
    with _open_scratch_folder() as scratch:
        about = _unseal_backup(path, scratch / "database")
        if about["vendor"] != connection.vendor:
            raise database_copies.DatabaseCopyError(
                f"This is a backup of {about['vendor']}, and the database is {connection.vendor}."
            )
        stones = deletion_journal.load_deletion_markers(path.parent) | _list_current_deletion_markers()
        agencies = deletion_journal.load_agencies(path.parent) | _list_current_agencies()
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
    return {"accounts": _close_deleted_accounts(stones)}, account_suspension.suspend_all_accounts(as_of=day)


def _unseal_backup(path: Path, target: Path) -> dict[str, Any]:
    with path.open("rb") as file, target.open("wb") as copy:
        pieces = backup_sealing.open_sealed_file(file)
        about: dict[str, Any] = json.loads(next(pieces))
        for piece in pieces:
            copy.write(piece)
    return about


def _list_current_deletion_markers() -> dict[str, date]:
    """Deletion markers of the database about to be replaced; none if it is unreadable."""
    try:
        return dict(Tombstone.objects.values_list("digest", "keep_until"))
    except DatabaseError:
        return {}


def _list_current_agencies() -> set[str]:
    try:
        return known_agency_names()
    except DatabaseError:
        return set()


def _repeat_deletions(stones: dict[str, date], agencies: set[str], day: str, closed: dict[str, int]) -> dict[str, int]:
    rows = [Tombstone(digest=digest, keep_until=until) for digest, until in sorted(stones.items())]
    Tombstone.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    again = replay_erasures(stones.keys(), agencies)
    again["by retention"] = sum(group.count for _, group in retention.erase_everything_due())
    record_event("restored from backup", day=day, again=sum(again.values()) + sum(closed.values()))
    return again


def _close_deleted_accounts(stones: dict[str, date]) -> int:
    open_now = User.objects.filter(is_active=True).values_list("pk", flat=True)
    return User.objects.filter(pk__in=list(filter_deleted(DeletionKind.ACCOUNT, open_now, stones))).update(
        is_active=False
    )
