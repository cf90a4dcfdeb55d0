"""The database is killed while people send, and started again, and at last for good: everyone is thanked once, and its
synchronous standby has all of it. While the standby is away nobody is thanked."""

import time

import pytest

from consultation.channels.web import form_tokens
from consultation.responses.response_ids import derive_response_id
from tests import postgres
from tests.house.faults import visitors
from tests.house.faults.visitors import HELP, KINDLY, WORDS
from tests.house.test_survives_kills import PEOPLE, Crowd
from tests.production_site import free_port

pytestmark = [pytest.mark.slow, pytest.mark.postgres]
AWAY_SECONDS = 4
STANDBY = "-c cluster_name=standby -c wal_retrieve_retry_interval=200ms"


def derive_key(token):
    return str(derive_response_id(form_tokens.read_form_token(token).nonce))


def test_a_database_that_is_killed_under_load_loses_nothing_thanked():
    with (
        visitors.small_site("-c synchronous_commit=on") as (server, site),
        postgres.streaming_replica(server, STANDBY) as standby,
    ):
        server.superuser("ALTER SYSTEM SET synchronous_standby_names = '1 (standby)'", "SELECT pg_reload_conf()")
        crowd = Crowd(free_port())
        site.serve(port=crowd.port)
        worker = site.work()
        crowd.start()
        for kill in (1, 2):
            crowd.wait_for(kill * PEOPLE // 3)
            server.kill()
            time.sleep(AWAY_SECONDS)
            server.start()
        crowd.wait_for(PEOPLE)
        last = _send_while_the_standby_is_away(crowd.port, standby)
        assert worker.running.poll() is None, "the worker waits for the database"
        server.kill()
        standby.superuser("SELECT pg_promote()")
        site.stop()
        site.environment["DATABASE_URL"] = standby.url
        kept = visitors.dump_of(site)
    assert not crowd.failures, crowd.failures[:3]
    people = {derive_key(person.token): person for person in crowd.thanked}
    sent = {key: {"a": person.closed} for key, person in people.items()}
    assert kept["responses"] == sent | {last: {"a": "1"}} and len(people) == PEOPLE
    wrote = [[key, one.text] for key, one in people.items() if one.text]
    assert sorted(kept["texts"]) == sorted([*wrote, [last, WORDS]])
    assert sum(person.sends for person in crowd.thanked) > PEOPLE, "the kills met people who were sending"


def _send_while_the_standby_is_away(port, standby):
    """The key of a Send that fails kindly, and is thanked once the standby is back."""
    token = visitors.open_form(port)
    standby.stop()
    reply = visitors.send(port, token)
    assert reply.status == 503 and reply.gives_back(WORDS) and reply.seconds < KINDLY
    assert visitors.visit(port, HELP).status == 200
    standby.start()
    assert visitors.seconds_until(lambda: visitors.send(port, token).is_thanks) < KINDLY
    return derive_key(token)
