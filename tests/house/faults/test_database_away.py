"""The database goes away and comes back: pages answer or fail kindly, a Send is thanked or handed back, help is there."""

import json

import pytest

from tests import postgres
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
HELPLINE = "Childline"


@pytest.fixture(scope="module")
def served():
    """(server, site, port) of a site at work, which two people have visited."""
    with postgres.cluster() as server, site_on(server.url, keys()) as site:
        site.build()
        site.python("-m", "tests.house.small_survey")
        port = free_port()
        site.serve(port=port, WEB_WORKERS="1")
        for path in (HOME, HELP, SURVEY):
            assert visit(port, path).status == 200
        yield server, site, port


def test_pages_answer_or_fail_kindly_in_time_and_a_send_comes_back(served):
    server, site, port = served
    token = open_form(port)
    server.stop()
    try:
        first = send(port, token)
        assert first.status == 503 and first.gives_back(WORDS) and first.seconds < KINDLY
        helped = visit(port, HELP)
        assert helped.status == 200 and HELPLINE in helped.page and helped.seconds < KINDLY
        home = visit(port, HOME)
        assert home.status == 503 and "That is our fault" in home.page and home.seconds < KINDLY
        sends = at_once(16, lambda: send(port, token))
        pages = at_once(16, lambda: visit(port, HOME))
        assert all(reply.gives_back(WORDS) for reply in sends)
        assert max(reply.seconds for reply in sends + pages) < KINDLY
        assert visit(port, "/healthz").seconds < 1, "threads are left for what needs no database"
    finally:
        server.start()
    assert seconds_until(lambda: send(port, token).is_thanks) < KINDLY
    assert seconds_until(lambda: visit(port, HOME).status == 200) < KINDLY
    kept = json.loads(site.manage("shell", "-v0", "-c", DUMP))
    assert [words for _, words in kept["texts"]] == [WORDS], "sent many times, counted once"


def test_a_process_that_never_saw_the_database_has_help_and_hands_back_what_was_typed(served):
    server, site, port = served
    token = open_form(port)
    server.stop()
    try:
        fresh = free_port()
        site.serve(port=fresh, WEB_WORKERS="1")
        helped = visit(fresh, HELP)
        assert helped.status == 200 and HELPLINE in helped.page and helped.seconds < KINDLY
        handed = send(fresh, token)
        assert handed.status == 503 and handed.gives_back(WORDS) and handed.seconds < KINDLY
    finally:
        server.start()
    assert seconds_until(lambda: send(fresh, token).is_thanks) < KINDLY
