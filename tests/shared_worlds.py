"""Shared worlds: expensive fixtures made once by the product's own verbs; each later test finds their rows restored.

A world is restored only where the database is as every test finds it, and is made again otherwise. Rows return
exactly, so that the audit log's chain holds and triggers keep the search index in step.

Committed rows of a test are deleted too, instead of Django's flush, which empties all 200 tables, makes all
permissions again, and would force each later test to make the site and its roles.
"""

import contextlib
import sqlite3
from dataclasses import dataclass, field
from functools import cache

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import TransactionTestCase

# Fixtures that are a world, and where they stand: the larger first. Each finds what was restored.
WORLDS = {
    "looked": "tests.insights.coding.discovery.conftest",
    "missed": "tests.insights.coding.discovery.conftest",
    "coded_twice": "tests.insights.coding.agreement.conftest",
    "study": "tests.insights.coding.agreement.conftest",
    "coded": "tests.insights.coding.learning.test_actions",
    "release": "tests.insights.conftest",
    "answered": "tests.insights.conftest",
    "codebook": "tests.insights.conftest",
    "parks": "tests.insights.conftest",
    "in_urdu": "tests.consultation.surveys.translations.conftest",
}
_untouched = None
_kept = {}


@dataclass
class Rows:
    """Rows that a world adds to the base database, and base rows that it changes."""

    added: dict = field(default_factory=dict)  # {model: rows}
    changed: dict = field(default_factory=dict)


@dataclass
class Untouched:
    rows: dict
    count: list = ()  # on SQLite
    file: sqlite3.Connection | None = None  # there too: a copy in memory


@cache
def _models():
    apart, every = set(), apps.get_models(include_auto_created=True)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%%'")
            apart = {name for (name,) in cursor.fetchall()}
    return [one for one in every if one._meta.managed and not one._meta.proxy and one._meta.db_table not in apart]


@cache
def _columns(model):
    return [part.column for part in model._meta.local_concrete_fields if not part.generated]


def _named(*columns):
    return ", ".join(map(connection.ops.quote_name, columns))


@cache
def _count_sql():
    parts = []
    for model in _models():
        key = _columns(model)[0] if model._meta.pk.column is None else model._meta.pk.column
        parts.append(f"SELECT COUNT(*), MAX({_named(key)}) FROM {_named(model._meta.db_table)}")
    # SQLite joins no more than 500.
    return [" UNION ALL ".join(parts[start : start + 100]) for start in range(0, len(parts), 100)]


def _count():
    """Each table's number of rows and greatest key, enough to detect a change."""
    found = []
    with connection.cursor() as cursor:
        for sql in _count_sql():
            cursor.execute(sql)
            found += cursor.fetchall()
    return found


def _rows():
    with connection.cursor() as cursor:
        return {model: _rows_of(cursor, model) for model in _models()}


def _rows_of(cursor, model):
    cursor.execute(f"SELECT {_named(*_columns(model))} FROM {_named(model._meta.db_table)}")
    return {_key(model, row): row for row in cursor.fetchall()}


def _key(model, row):
    columns = _columns(model)
    return row[columns.index(model._meta.pk.column)] if model._meta.pk.column in columns else row


def remember_untouched():
    """Record the base database, as every test finds it."""
    global _untouched
    _untouched = Untouched(_rows())
    if connection.vendor == "sqlite":
        _untouched.count = _count()
        _untouched.file = sqlite3.connect(":memory:", check_same_thread=False)
        connection.connection.backup(_untouched.file)
    TransactionTestCase._fixture_teardown = lambda case: put_back()


def put_back(other=None):
    """Restore the base database after a test that commits; or, on SQLite, take an `other` file's content instead."""
    if connection.vendor != "sqlite":
        _put_back_rows()
    elif other is None:
        _put_back_file(_untouched.file)
    else:
        with contextlib.closing(sqlite3.connect(other)) as source:
            _put_back_file(source)


def _put_back_file(source):
    """Restore the file by a connection of its own, so that all others notice the change."""
    with contextlib.closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=20)) as target:
        target.execute("PRAGMA synchronous=OFF")
        target.execute("BEGIN IMMEDIATE")  # the copying itself would wait for ever for whoever writes still
        target.rollback()
        source.backup(target)


def _put_back_rows():
    """Restore changed rows only, past all triggers, since some tables refuse deletion."""
    models = _models()
    some = " UNION ALL ".join(
        f"SELECT {place} WHERE EXISTS (SELECT FROM {_named(model._meta.db_table)})"
        for place, model in enumerate(models)
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(some)
        filled = {models[place] for (place,) in cursor.fetchall()}
        for model in models:
            wanted, there = _untouched.rows[model], _rows_of(cursor, model) if model in filled else {}
            if there != wanted:
                cursor.execute(f"DELETE FROM {_named(model._meta.db_table)}")
                _insert(cursor, model, list(wanted.values()))


def untouched():
    """Whether the database is the base database and this test's transaction will restore it."""
    if not connection.in_atomic_block:
        return False
    if connection.vendor == "sqlite":
        return _count() == _untouched.count
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id_if_assigned() IS NULL")
        return cursor.fetchone()[0]


def _keep(name):
    """Keep all rows that were not there before."""
    rows = Rows()
    for model, now in _rows().items():
        before = _untouched.rows[model]
        if before.keys() - now.keys():
            return
        if added := [row for key, row in now.items() if key not in before]:
            rows.added[model] = added
        if changed := [row for key, row in now.items() if key in before and before[key] != row]:
            rows.changed[model] = changed
    _kept[name] = rows


def asked_for(request):
    """The largest world that the test asks for, unless the test makes one of its parts in a way of its own."""
    for name, home in WORLDS.items():
        if name in request.fixturenames:
            parts = _parts(request, name)
            own = [module for module in parts.values() if module.startswith("tests.")]
            # Whatever a conftest.py above the world's gives belongs to it.
            if parts[name] == home and all(home.startswith(_folder(module)) for module in own):
                return name
    return None


def _folder(module):
    return module.rpartition(".")[0] if module.endswith(".conftest") else module


def _parts(request, name):
    """{fixture: its module} of a fixture and of all that it is made of."""
    found, waiting = {}, [name]
    while waiting:
        if (one := waiting.pop()) not in found and one != "request":
            given = request._fixturemanager.getfixturedefs(one, request.node)
            if given:
                waiting += given[-1].argnames
            # A name without a fixture is a parameter of the test.
            found[one] = given[-1].func.__module__ if given else request.node.module.__name__
    return found


def once(name, make):
    """The result of `make()` in the database: made the first time, restored later."""
    if not untouched():
        make()
    elif name in _kept:
        _bring_back(name)
    else:
        make()
        _keep(name)


def _bring_back(name):
    rows = _kept[name]
    with connection.cursor() as cursor:
        for model, these in rows.added.items():
            _insert(cursor, model, these)
        for model, these in rows.changed.items():
            columns, key = _columns(model), model._meta.pk.column
            sets = ", ".join(f"{_named(column)} = %s" for column in columns)
            cursor.executemany(
                f"UPDATE {_named(model._meta.db_table)} SET {sets} WHERE {_named(key)} = %s",
                [(*row, _key(model, row)) for row in these],
            )


def _insert(cursor, model, rows):
    """Insert rows exactly as they were, and set the key sequences after them."""
    if not rows:
        return
    columns = _columns(model)
    marks = ", ".join(["%s"] * len(columns))
    cursor.executemany(f"INSERT INTO {_named(model._meta.db_table)} ({_named(*columns)}) VALUES ({marks})", rows)
    for sql in connection.ops.sequence_reset_sql(no_style(), [model]):
        cursor.execute(sql)
