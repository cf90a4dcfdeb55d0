"""The database of the last release: on SQLite the demo, on PostgreSQL a small site, made by its code under the tests' keys.

A new release replaces both files. At its tag, `./dev manage demo --no-serve` makes the first, with the tests' keys in
VAR_DIR (cms/settings/local_keys.py), without the artefacts of learned models; tests.house.small_survey, and PEOPLE and
ANSWERS of test_point_in_time, make the second.
"""

import contextlib
import lzma
import sqlite3
import tempfile
from pathlib import Path

from tests import postgres

FOLDER = Path(__file__).parent


def _read(ending):
    [file] = FOLDER.glob(f"version-*.{ending}.xz")
    return lzma.decompress(file.read_bytes())


def bring_back(database_url, folder):
    """Put the last release's data into an empty database."""
    if database_url.startswith("sqlite"):
        Path(database_url.removeprefix("sqlite:///")).write_bytes(_read("sqlite3"))
    else:
        (folder / "release.sql").write_bytes(_read("sql"))
        postgres.load(folder / "release.sql", database_url)


def list_released_migrations():
    """{(app, name)} of the migrations that the last release had applied."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "release.sqlite3"
        path.write_bytes(_read("sqlite3"))
        with contextlib.closing(sqlite3.connect(path)) as database:
            return set(database.execute("SELECT app, name FROM django_migrations"))
