"""Behind PgBouncer each statement outside a transaction may get another connection: nothing relies on its own."""

import time

import pytest
from django.db import transaction

from tests import pgbouncer, postgres

pytestmark = [pytest.mark.postgres, pytest.mark.pgbouncer, pytest.mark.slow]
ROWS = "SELECT pg_backend_pid(), number FROM generate_series(1, 5000) number"


@pytest.fixture(scope="module")
def address():
    with postgres.cluster() as server, pgbouncer.before(server) as address:
        yield address


def read_in_chunks(connection):
    """(connections of the server that gave rows, how many rows), read as `.iterator()` reads them."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(ROWS)
        found = []
        while chunk := cursor.fetchmany(1000):
            found += chunk
    return {pid for pid, _ in found}, len(found)


def asked_of(connection, sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def test_rows_are_read_in_chunks_within_a_transaction_and_outside_one(address, connect):
    bounced = connect("bounced", address)
    used, until = set(), time.monotonic() + 20
    while len(used) < 2 and time.monotonic() < until:  # PgBouncer opens its second connection after a while
        used.add(asked_of(bounced, "SELECT pg_backend_pid()"))
    assert len(used) > 1, "that is: statements get different connections"
    for _ in range(3):
        assert read_in_chunks(bounced)[1] == 5000
    with transaction.atomic(using="bounced"):
        pids, rows = read_in_chunks(bounced)
        assert rows == 5000 and len(pids) == 1
        with bounced.chunked_cursor() as cursor:
            assert cursor.name, "a cursor of the server, which holds no table in memory"


def test_every_transaction_has_the_time_zone_of_the_site(address, connect):
    bounced = connect("zone", address)
    assert {asked_of(bounced, "SHOW TimeZone") for _ in range(6)} == {bounced.timezone_name}
