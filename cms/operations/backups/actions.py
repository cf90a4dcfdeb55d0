"""Sealed daily backups, kept for 35 days."""

import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from cms.operations.backups import backup_sealing, database_copies, deletion_journal
from consultation.audit.audit_log import record_event

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
def open_scratch_folder() -> Iterator[Path]:
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
    with open_scratch_folder() as scratch:
        database_copies.copy_database_to(scratch / "database")
        unfinished = target.with_suffix(UNFINISHED)
        with unfinished.open("wb") as file:
            unfinished.chmod(0o600)
            about = json.dumps({"vendor": connection.vendor, "day": day.isoformat()}).ljust(256).encode()
            pieces = chain([about], database_copies.iterate_file_pieces(scratch / "database"))
            backup_sealing.write_sealed_file(file, pieces)
        unfinished.replace(target)
    deletion_journal.write_journal(folder)
    return target


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
