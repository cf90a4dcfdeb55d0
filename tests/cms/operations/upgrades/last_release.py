"""The database of the last release: on SQLite the demo, on PostgreSQL a small site, made by its code under the tests' keys.

A new release replaces both files. At its tag, `./dev manage demo --no-serve` makes the first, with the tests' keys in
VAR_DIR (cms/settings/local_keys.py), without the artefacts of learned models; tests.house.small_survey, and PEOPLE and
ANSWERS of test_point_in_time, make the second.
"""

import contextlib
import lzma
import sqlite3
import tempfile
from importlib import import_module
from pathlib import Path

from django.conf import settings

from tests import postgres

OURS = ("cms", "consultation", "insights")
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
    """{(app, name)} of the migrations that the last release had applied, and of those that stand for them now."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "release.sqlite3"
        path.write_bytes(_read("sqlite3"))
        with contextlib.closing(sqlite3.connect(path)) as database:
            applied = set(database.execute("SELECT app, name FROM django_migrations"))
    ours = {(app, path.stem) for app in OURS for path in (settings.BASE_DIR / app / "migrations").glob("0*.py")}
    return applied | {key for key in ours if applied.issuperset(_list_replaced(*key) or [key])}


def _list_replaced(app, name):
    return import_module(f"{app}.migrations.{name}").Migration.replaces
