"""Sealed daily backups of the database and the media, copied off-site, kept for 35 days, and verified by restoring each
into a scratch database, where both chains of records must be whole."""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from cms.accounts.models import User
from cms.operations.backups import backup_content, deletion_journal, media_copies, offsite_copies
from cms.operations.backups.backup_content import AboutBackup, open_backup, refuse_unfit_backup
from cms.operations.backups.backup_sealing import InvalidBackup
from cms.operations.backups.scratch_databases import FOLDER_PREFIX, open_scratch_database, open_scratch_folder
from cms.operations.backups.whole_files import UNFINISHED, write_whole_file
from cms.operations.version import read_version
from consultation.audit.audit_log import record_event


class Verified(NamedTuple):
    about: AboutBackup
    media: int


def verify_backup(path: Path) -> Verified:
    """Restore it on the side. Raises InvalidBackup or DatabaseCopyError with words for the operator."""
    with open_backup(path) as (about, reader), open_scratch_database() as scratch:
        refuse_unfit_backup(about)
        scratch.restore(reader.iterate_part())
        media = media_copies.count_media(reader.open_part())
        reader.read_to_end()
        if about.version != read_version():
            _run_on(scratch.url, "migrate", "-v0")
        _run_on(scratch.url, "verify_audit", "--holds", about.holds)
        _run_on(scratch.url, "verify_ledger")
    return Verified(about, media)


def _run_on(url: str, *command: str) -> None:
    """A command of this code on another database, in a process of its own: nothing of it reaches the site's."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, str(settings.BASE_DIR / "manage.py"), *command],
        env=os.environ | {"DATABASE_URL": url},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise InvalidBackup(f"Restored on the side, it fails {command[0]}: {done.stderr.strip()[-1000:]}")


ENDING = ".sealed"
ABANDONED_AFTER = 24 * 60 * 60  # seconds; no backup or restore takes a day
PING_SECONDS = 10
MADE, VERIFIED = "backup made", "backup verified"


class BackupRefused(Exception):
    """A backup of this database would protect nobody; the message is shown to the operator."""


def backup_path(day: date, folder: Path) -> Path:
    """One file per day: two of the same day would reveal which answers came between them."""
    return folder / f"have-your-say-{day.isoformat()}{ENDING}"


def backup_day(name: str) -> date | None:
    if not (name.startswith("have-your-say-") and name.endswith(ENDING)):
        return None
    try:
        return date.fromisoformat(name.removesuffix(ENDING)[-10:])
    except ValueError:
        return None


def list_backups(folder: Path | None = None) -> list[tuple[date, Path]]:
    """(day, path) of each backup, oldest first."""
    found = ((backup_day(path.name), path) for path in (folder or settings.BACKUP_DIR).glob(f"*{ENDING}"))
    return sorted((day, path) for day, path in found if day is not None)


def refuse_useless_backup() -> None:
    """A timer that has lost its environment would otherwise report success every night, of an empty database."""
    where = f"{os.environ.get('DJANGO_SETTINGS_MODULE')}, database {settings.DATABASES['default']['NAME']}"
    if settings.DEMO:
        raise BackupRefused(f"These are settings for development ({where}): is the environment set?")
    try:
        empty = not User.objects.exists()
    except DatabaseError:
        empty = True
    if empty:
        raise BackupRefused(f"This database is empty, without one account ({where}): is the environment set?")


def create_backup(folder: Path | None = None) -> Path:
    """Write a sealed copy of database and media, replacing today's earlier one; returns its path."""
    refuse_useless_backup()
    folder, day = folder or settings.BACKUP_DIR, timezone.localdate()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = backup_path(day, folder)
    delete_abandoned_copies(folder)
    about = backup_content.describe_backup(day, record_event(MADE, day=day.isoformat()).hash)
    with open_scratch_folder() as scratch, write_whole_file(target) as file:
        backup_content.write_backup(file, about, scratch)
    deletion_journal.write_journal(folder)
    offsite_copies.copy_off_site(target)
    return target


def record_verified_backup(path: Path) -> Verified:
    """Restore the backup on the side, and record that it opens; the checks of readiness look for the record."""
    verified = verify_backup(path)
    record_event(VERIFIED, day=verified.about.day)
    return verified


def ping_monitor() -> None:
    """Tell the monitor that today's backup is verified. Raises OSError when it cannot be reached."""
    if settings.BACKUP_PING_URL:
        urllib.request.urlopen(settings.BACKUP_PING_URL, timeout=PING_SECONDS).close()  # noqa: S310


def delete_abandoned_copies(folder: Path | None = None) -> int:
    """Delete database copies left by a killed backup or restore: no retention rule reaches them, and they still hold
    what was erased since. Returns how many.
    """
    before = time.time() - ABANDONED_AFTER
    places = ((settings.VAR_DIR, f"{FOLDER_PREFIX}*"), (folder or settings.BACKUP_DIR, f"*{UNFINISHED}"))
    left = [path for place, names in places for path in place.glob(names) if path.stat().st_mtime < before]
    for path in left:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    return len(left)


def delete_old_backups(folder: Path | None = None) -> int:
    """Delete backups older than BACKUP_DAYS (35), here and off-site; returns how many days were."""
    last = timezone.localdate() - timedelta(days=settings.BACKUP_DAYS)
    old = {path.name for day, path in list_backups(folder) if day < last}
    old_copies = {name for name in offsite_copies.list_off_site() if (day := backup_day(name)) and day < last}
    for name in old:
        ((folder or settings.BACKUP_DIR) / name).unlink(missing_ok=True)
    for name in old_copies:
        offsite_copies.delete_off_site(name)
    return len(old | old_copies)


def fetch_journal() -> None:
    """Bring the deletion journal to this machine: the one off-site is never older."""
    if deletion_journal.NAME in offsite_copies.list_off_site():
        offsite_copies.fetch_from_off_site(deletion_journal.NAME, settings.BACKUP_DIR)


def fetch_newest_backup() -> Path | None:
    """Bring the newest off-site backup and the deletion journal to this machine; None if there is none."""
    names = sorted(name for name in offsite_copies.list_off_site() if backup_day(name))
    if not names:
        return None
    fetch_journal()
    return offsite_copies.fetch_from_off_site(names[-1], settings.BACKUP_DIR)
