"""Marks of tests that only one database can prove. A test that is left out says what is not proved then, and where it is.

`what`: a clause, such as "that two writers at once are one person".
"""

import pytest
from django.db import connection


def only_on_postgresql(what):
    reason = (
        f"the database here is not PostgreSQL, so it is not proved {what}: tests/house/test_postgresql.py does that"
    )
    return pytest.mark.skipif(connection.vendor != "postgresql", reason=reason)


def only_on_sqlite(what):
    reason = f"the database here is not SQLite, so it is not proved {what}: a run without DATABASE_URL does that"
    return pytest.mark.skipif(connection.vendor != "sqlite", reason=reason)


def as_on_postgresql(execute, sql, params, many, context):
    """Refuse, as psycopg does, what SQLite would take."""
    for row in params if many else [params or ()]:
        for value in row.values() if isinstance(row, dict) else row:
            if isinstance(value, str) and "\0" in value:
                raise ValueError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
    return execute(sql, params, many, context)
