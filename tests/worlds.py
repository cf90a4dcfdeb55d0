"""A world that many tests begin with is made once, by the product's own verbs; the next test finds its rows put back.

Only where the database is as every test finds it, and on SQLite, whose keys begin anew with each test: else the world is
made again. Rows go in as they came out, so that the chain of the audit log holds and triggers keep the search in step.
"""

from dataclasses import dataclass, field

from django.apps import apps
from django.db import connection

_untouched = None
_kept = {}


@dataclass
class Rows:
    """What a world adds to the rows that every test finds, and which of these it changes."""

    added: dict = field(default_factory=dict)  # {model: rows}
    changed: dict = field(default_factory=dict)


@dataclass
class Untouched:
    count: list
    rows: dict


def _models():
    virtual = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%%'"
    with connection.cursor() as cursor:
        cursor.execute(virtual)
        apart = {name for (name,) in cursor.fetchall()}
    every = apps.get_models(include_auto_created=True)
    return [one for one in every if one._meta.managed and not one._meta.proxy and one._meta.db_table not in apart]


def _columns(model):
    return [part.column for part in model._meta.local_concrete_fields if not part.generated]


def _named(*columns):
    return ", ".join(map(connection.ops.quote_name, columns))


def _count():
    """Of each table its rows and its greatest key: enough to see that nobody has been there."""
    parts = []
    for model in _models():
        key = _columns(model)[0] if model._meta.pk.column is None else model._meta.pk.column
        parts.append(f"SELECT COUNT(*), MAX({_named(key)}) FROM {_named(model._meta.db_table)}")
    found = []
    with connection.cursor() as cursor:
        for start in range(0, len(parts), 100):  # SQLite joins no more than 500
            cursor.execute(" UNION ALL ".join(parts[start : start + 100]))
            found += cursor.fetchall()
    return found


def _rows():
    found = {}
    with connection.cursor() as cursor:
        for model in _models():
            cursor.execute(f"SELECT {_named(*_columns(model))} FROM {_named(model._meta.db_table)}")
            found[model] = {_key(model, row): row for row in cursor.fetchall()}
    return found


def _key(model, row):
    columns = _columns(model)
    return row[columns.index(model._meta.pk.column)] if model._meta.pk.column in columns else row


def remember_untouched():
    """The database as every test finds it."""
    global _untouched
    _untouched = Untouched(_count(), _rows()) if connection.vendor == "sqlite" else None


def untouched():
    """Whether the database is as every test finds it, and goes back to that after this one."""
    return _untouched is not None and connection.in_atomic_block and _count() == _untouched.count


def _keep(name):
    """All that is there now, and was not before."""
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


def once(name, make):
    """What `make()` leaves in the database: made the first time, put back ever after."""
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
            columns = _columns(model)
            marks = ", ".join(["%s"] * len(columns))
            into = f"{_named(model._meta.db_table)} ({_named(*columns)})"
            cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", these)
        for model, these in rows.changed.items():
            columns, key = _columns(model), model._meta.pk.column
            sets = ", ".join(f"{_named(column)} = %s" for column in columns)
            cursor.executemany(
                f"UPDATE {_named(model._meta.db_table)} SET {sets} WHERE {_named(key)} = %s",
                [(*row, _key(model, row)) for row in these],
            )
