"""The demo as the last release made it, on both databases, under the tests' keys.

A new release replaces both. At its tag, with the tests' keys in VAR_DIR (cms/settings/local_keys.py), on either database:

    ./dev manage demo --no-serve
"""

import contextlib
import gzip
import sqlite3
import tempfile
from pathlib import Path

FOLDER = Path(__file__).parent
[SQLITE_FILE] = FOLDER.glob("version-*.sqlite3.gz")
[POSTGRESQL_FILE] = FOLDER.glob("version-*.sql.gz")


def list_released_migrations():
    """{(app, name)} of the migrations that the last release had applied."""
    with tempfile.NamedTemporaryFile(suffix=".sqlite3") as file:
        file.write(gzip.decompress(SQLITE_FILE.read_bytes()))
        file.flush()
        with contextlib.closing(sqlite3.connect(file.name)) as database:
            return set(database.execute("SELECT app, name FROM django_migrations"))
