"""The demo's empty tables as a file, since all migrations take most of half a minute. Only SQLite's.

`manage.py build_demo_tables` makes the file by the real migrations. `migrate`, which runs on it in any case, applies what
is newer: an old file costs time and nothing else.
"""

import contextlib
import gzip
import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings

FILE = Path(__file__).with_name("empty_tables.sqlite3.gz")


def write_empty_tables(database):
    """Write the tables where no database is yet. Returns whether it did."""
    path = Path(database["NAME"])
    if "sqlite" not in database["ENGINE"] or path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.decompress(FILE.read_bytes()))
    return True


def build_empty_tables(file=FILE):
    """Make the file anew by the real migrations, in a process of its own on a scratch database. Returns its bytes."""
    with tempfile.TemporaryDirectory() as folder:
        made, small = Path(folder, "made.sqlite3"), Path(folder, "small.sqlite3")
        environment = {**os.environ, "DATABASE_URL": f"sqlite:///{made}", "VAR_DIR": folder}
        migrate = [sys.executable, str(settings.BASE_DIR / "manage.py"), "migrate", "-v0"]
        subprocess.run(migrate, env=environment, check=True)  # noqa: S603
        with contextlib.closing(sqlite3.connect(made)) as opened:
            opened.execute("UPDATE django_migrations SET applied = '2026-01-01'")  # not the day of the build
            opened.commit()
            opened.execute("VACUUM INTO ?", [str(small)])
        file.write_bytes(gzip.compress(small.read_bytes(), mtime=0))
    return file.stat().st_size
