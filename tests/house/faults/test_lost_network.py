"""The network between web and database is lost, and no connection is told: pages and Sends end in time all the same."""

import json

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


def test_a_lost_network_is_an_answer_in_time_and_heals_by_itself():
    port, far = free_port(), free_port()
    with postgres.cluster() as server, site_on(server.url, keys()) as site:
        site.build()
        site.python("-m", "tests.house.small_survey")
        with Proxy(server.folder / ".s.PGSQL.5432", far) as network:
            site.serve(port=port, WEB_WORKERS="1", DATABASE_URL=f"postgres://voice@127.0.0.1:{far}/postgres")
            for path in (HOME, HELP, SURVEY):
                assert visit(port, path).status == 200
            token = open_form(port)
            network.cut.set()
            sends = at_once(8, lambda: send(port, token))
            pages = [visit(port, path) for path in (HOME, HELP)]
            assert all(reply.status == 503 and reply.gives_back(WORDS) for reply in sends)
            assert [page.status for page in pages] == [503, 200]
            assert max(reply.seconds for reply in [*sends, *pages]) < KINDLY
            network.cut.clear()
            assert seconds_until(lambda: send(port, token).is_thanks) < KINDLY
        kept = json.loads(site.manage("shell", "-v0", "-c", DUMP))
    assert [words for _, words in kept["texts"]] == [WORDS]
