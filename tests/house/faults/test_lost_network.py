"""The network between web and database is lost, and no connection is told: pages and Sends end in time all the same."""

import threading

import pytest

from tests.house.faults import visitors
from tests.house.faults.broken_network import Proxy
from tests.house.faults.visitors import HELP, HOME, KINDLY, SURVEY, WORDS
from tests.production_site import free_port

pytestmark = [pytest.mark.slow, pytest.mark.postgres]


@pytest.fixture(scope="module")
def served():
    """(socket of the server, port of the network, site, port) of a site that reaches its database through a network."""
    port, far = free_port(), free_port()
    with visitors.small_site() as (server, site):
        site.serve(port=port, WEB_WORKERS="1", DATABASE_URL=f"postgres://voice@127.0.0.1:{far}/postgres")
        yield server.folder / ".s.PGSQL.5432", far, site, port


def texts_of(site):
    return [words for _, words in visitors.dump_of(site)["texts"]]


def test_a_lost_network_is_an_answer_in_time_and_heals_by_itself(served):
    target, far, site, port = served
    with Proxy(target, far) as network:
        for path in (HOME, HELP, SURVEY):
            assert visitors.seconds_until(lambda path=path: visitors.visit(port, path).status == 200) < KINDLY
        token = visitors.open_form(port)
        network.cut.set()
        sends = visitors.at_once(8, lambda: visitors.send(port, token))
        pages = [visitors.visit(port, path) for path in (HOME, HELP)]
        assert all(reply.status == 503 and reply.gives_back(WORDS) for reply in sends)
        assert [page.status for page in pages] == [503, 200]
        assert max(reply.seconds for reply in [*sends, *pages]) < KINDLY
        network.cut.clear()
        assert visitors.seconds_until(lambda: visitors.send(port, token).is_thanks) < KINDLY
    assert texts_of(site) == [WORDS]


def test_a_database_that_is_away_for_a_second_is_waited_for_within_the_send(served):
    """All connections end and new ones are refused, as in a restart; then it is back."""
    target, far, _, port = served
    with Proxy(target, far):
        assert visitors.seconds_until(lambda: visitors.visit(port, SURVEY).status == 200) < KINDLY
        token = visitors.open_form(port)
        assert visitors.send(port, visitors.open_form(port)).is_thanks, "a connection rests in the pool"
    back = []
    timer = threading.Timer(1.0, lambda: back.append(Proxy(target, far).__enter__()))
    timer.start()
    try:
        reply = visitors.send(port, token)
    finally:
        timer.join()
        back[0].__exit__()
    assert reply.is_thanks and 0.5 < reply.seconds < KINDLY
