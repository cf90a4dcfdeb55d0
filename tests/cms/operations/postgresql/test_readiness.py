"""A failed INSERT leaves no answer in PostgreSQL's own log, once a superuser has set what the readiness check asks for."""

import pytest
from django.db import DatabaseError

from cms.operations.postgresql import readiness
from tests import postgres

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
TABLE = "CREATE TABLE answer (closed jsonb NOT NULL, day date CHECK (day > '2000-01-01'))"


@pytest.fixture(scope="module")
def server():
    with postgres.cluster("-c log_min_duration_statement=0") as server:
        server.superuser(TABLE, "CREATE ROLE site LOGIN", "GRANT ALL ON answer TO site")
        yield server


def fail_to_insert(site, secret):
    """INSERTs by the site's role: two that are refused, and one that is slow by the server's settings."""
    with site.cursor() as cursor:
        with pytest.raises(DatabaseError):
            cursor.execute("INSERT INTO answer VALUES (%s, '1999-01-01')", [f'{{"a": "{secret}"}}'])
        with pytest.raises(DatabaseError):
            cursor.execute("INSERT INTO answer (closed, day) VALUES (%s, %s)", [f"{secret} is no json", None])
        cursor.execute("INSERT INTO answer VALUES (%s, '2026-01-01')", [f'{{"a": "{secret}"}}'])


def check(site, monkeypatch):
    monkeypatch.setattr(readiness, "connection", site)
    monkeypatch.setattr(readiness, "connection", site)
    return readiness.check_database_log()


def test_the_log_holds_no_answer_after_a_failed_insert(server, connect, monkeypatch):
    address = server.url.replace("voice@", "site@")
    before = connect("before", address)
    fail_to_insert(before, "said-before")
    asked = check(before, monkeypatch)
    assert not asked.ok and "ALTER ROLE" in asked.says
    server.superuser(*asked.says.partition(": ")[2].removesuffix(".").split("; "))
    after = connect("after", address)
    fail_to_insert(after, "said-after")
    assert check(after, monkeypatch).ok
    log = server.log.read_text()
    assert "said-before" in log, "that is: the test can fail"
    assert log.count("ERROR") >= 4 and "said-after" not in log
