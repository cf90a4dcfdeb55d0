"""The network between web and database is lost, and no connection is told: pages and Sends end in time all the same."""

import json
import threading

import pytest

from tests import postgres
from tests.house.faults.broken_network import Proxy
from tests.house.faults.visitors import (
    HELP,
    HOME,
    KINDLY,
    SURVEY,
    WORDS,
    at_once,
    open_form,
    seconds_until,
    send,
    visit,
)
from tests.house.small_survey import DUMP
from tests.production_site import free_port, keys, site_on

pytestmark = [pytest.mark.slow, pytest.mark.postgres]


@pytest.fixture(scope="module")
def served():
    """(socket of the server, port of the network, site, port) of a site that reaches its database through a network."""
    port, far = free_port(), free_port()
    with postgres.cluster() as server, site_on(server.url, keys()) as site:
        site.build()
        site.python("-m", "tests.house.small_survey")
        site.serve(port=port, WEB_WORKERS="1", DATABASE_URL=f"postgres://voice@127.0.0.1:{far}/postgres")
        yield server.folder / ".s.PGSQL.5432", far, site, port


def texts_of(site):
    return [words for _, words in json.loads(site.manage("shell", "-v0", "-c", DUMP))["texts"]]


def test_a_lost_network_is_an_answer_in_time_and_heals_by_itself(served):
    target, far, site, port = served
    with Proxy(target, far) as network:
        for path in (HOME, HELP, SURVEY):
            assert seconds_until(lambda path=path: visit(port, path).status == 200) < KINDLY
        token = open_form(port)
        network.cut.set()
        sends = at_once(8, lambda: send(port, token))
        pages = [visit(port, path) for path in (HOME, HELP)]
        assert all(reply.status == 503 and reply.gives_back(WORDS) for reply in sends)
        assert [page.status for page in pages] == [503, 200]
        assert max(reply.seconds for reply in [*sends, *pages]) < KINDLY
        network.cut.clear()
        assert seconds_until(lambda: send(port, token).is_thanks) < KINDLY
    assert texts_of(site) == [WORDS]


def test_a_database_that_is_away_for_a_second_is_waited_for_within_the_send(served):
    """All connections end and new ones are refused, as in a restart; then it is back."""
    target, far, _, port = served
    with Proxy(target, far):
        assert seconds_until(lambda: visit(port, SURVEY).status == 200) < KINDLY
        token = open_form(port)
        assert send(port, open_form(port)).is_thanks, "a connection rests in the pool"
    back = []
    timer = threading.Timer(1.0, lambda: back.append(Proxy(target, far).__enter__()))
    timer.start()
    try:
        reply = send(port, token)
    finally:
        timer.join()
        back[0].__exit__()
    assert reply.is_thanks and 0.5 < reply.seconds < KINDLY
