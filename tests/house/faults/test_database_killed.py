"""The database is killed while people send, and started again: everyone is thanked once, and nothing is lost."""

import time

import pytest

from consultation.channels.web import form_tokens
from consultation.responses.response_ids import derive_response_id
from tests.house.faults import visitors
from tests.house.test_survives_kills import PEOPLE, Crowd
from tests.production_site import free_port

pytestmark = [pytest.mark.slow, pytest.mark.postgres]
AWAY_SECONDS = 4


def test_a_database_that_is_killed_under_load_loses_nothing_thanked():
    with visitors.small_site("-c synchronous_commit=on") as (server, site):
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
        assert worker.running.poll() is None, "the worker waits for the database"
        site.stop()
        kept = visitors.dump_of(site)
    assert not crowd.failures, crowd.failures[:3]
    people = {
        str(derive_response_id(form_tokens.read_form_token(person.token).nonce)): person for person in crowd.thanked
    }
    assert kept["responses"] == {key: {"a": person.closed} for key, person in people.items()} and len(people) == PEOPLE
    assert sorted(kept["texts"]) == sorted([key, one.text] for key, one in people.items() if one.text)
    assert sum(person.sends for person in crowd.thanked) > PEOPLE, "the kills met people who were sending"
