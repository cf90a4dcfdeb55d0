"""A pooled connection that died between requests, as after a database restart, causes no error."""

import psycopg
import pytest
from django.db.utils import ConnectionHandler

from cms.settings.base import parse_database_url
from tests import postgres

END_ALL = (
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)


def opened(name, url, **more):
    """A database as settings make it, with a pool of its own: pools go by their name."""
    return ConnectionHandler({"default": {}, name: parse_database_url(url) | more})[name]


def used_at_once(one, number):
    """So many connections of the pool rest afterwards."""
    taken = [one.pool.getconn() for _ in range(number)]
    for each in taken:
        one.pool.putconn(each)


def one_of(one):
    """What the server says to a connection as a request gets it."""
    given = one.get_new_connection(one.get_connection_params())
    try:
        return given.execute("SELECT 1").fetchone()
    finally:
        one.pool.putconn(given)


@pytest.mark.postgres
@pytest.mark.slow
def test_what_rests_in_the_pool_is_replaced_when_the_server_has_ended_it():
    with postgres.throwaway() as url:
        ours, plain = opened("ours", url), opened("plain", url, ENGINE="django.db.backends.postgresql")
        try:
            for one in (ours, plain):
                one.pool.open()
                used_at_once(one, 5)
            with psycopg.connect(url) as other:
                assert len(other.execute(END_ALL).fetchall()) >= 10
            assert [one_of(ours) for _ in range(7)] == [(1,)] * 7
            with pytest.raises(psycopg.OperationalError):
                one_of(plain)
        finally:
            for one in (ours, plain):
                one.close_pool()
