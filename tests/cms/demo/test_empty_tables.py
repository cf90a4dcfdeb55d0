"""The demo's empty tables: those that the real migrations make, and none is written over a database."""

import contextlib
import sqlite3

import pytest

from cms.demo import empty_tables
from tests.production_site import Site, keys


def tables_of(path):
    with contextlib.closing(sqlite3.connect(path)) as opened:
        return set(opened.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"))


def migrations_of(path):
    with contextlib.closing(sqlite3.connect(path)) as opened:
        return set(opened.execute("SELECT app, name FROM django_migrations"))


@pytest.mark.slow
def test_the_file_holds_what_all_migrations_make(tmp_path):
    made = tmp_path / "made.sqlite3"
    Site(tmp_path, f"sqlite:///{made}", keys()).manage("migrate", "-v0")
    written = {"ENGINE": "django.db.backends.sqlite3", "NAME": tmp_path / "var" / "written.sqlite3"}
    assert empty_tables.write_empty_tables(written)
    assert migrations_of(written["NAME"]) == migrations_of(made), "run ./dev manage build_demo_tables"
    assert tables_of(written["NAME"]) == tables_of(made)


def test_a_database_is_never_written_over(tmp_path):
    there = tmp_path / "there.sqlite3"
    there.write_bytes(b"somebody's data")
    assert not empty_tables.write_empty_tables({"ENGINE": "django.db.backends.sqlite3", "NAME": there})
    assert there.read_bytes() == b"somebody's data"
    assert not empty_tables.write_empty_tables({"ENGINE": "django.db.backends.postgresql", "NAME": "voice"})
