"""A backup is verified by restoring it: into a scratch database, where both chains of records must be whole."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from cms.operations.backups import media_copies
from cms.operations.backups.backup_content import AboutBackup, Report, open_backup, refuse_unfit_backup
from cms.operations.backups.backup_sealing import InvalidBackup
from cms.operations.backups.scratch_databases import open_scratch_database
from cms.operations.version import read_version


class Verified(NamedTuple):
    about: AboutBackup
    media: int


def verify_backup(path: Path, report: Report | None = None) -> Verified:
    """Restore it on the side. Raises InvalidBackup or DatabaseCopyError with words for the operator."""
    with open_backup(path, report) as (about, reader), open_scratch_database() as scratch:
        refuse_unfit_backup(about)
        scratch.restore(reader.iterate_part())
        media = media_copies.count_media(reader.open_part())
        reader.read_to_end()
        if about.version != read_version():
            _run_on(scratch.url, "migrate", "-v0")
        _run_on(scratch.url, "verify_audit", *(["--holds", about.holds] if about.holds else []))
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
