"""The database goes away and comes back: pages answer or fail kindly, a Send is thanked or handed back, help is there."""

import pytest

from tests.house.faults import visitors
from tests.house.faults.visitors import HELP, HOME, KINDLY, SURVEY, WORDS
from tests.production_site import free_port

pytestmark = [pytest.mark.slow, pytest.mark.postgres]
HELPLINE = "Childline"


@pytest.fixture(scope="module")
def served():
    """(server, site, port) of a site at work, which two people have visited."""
    with visitors.small_site() as (server, site):
        port = free_port()
        site.serve(port=port, WEB_WORKERS="1")
        for path in (HOME, HELP, SURVEY):
            assert visitors.visit(port, path).status == 200
        yield server, site, port


def test_pages_answer_or_fail_kindly_in_time_and_a_send_comes_back(served):
    server, site, port = served
    token = visitors.open_form(port)
    server.stop()
    try:
        first = visitors.send(port, token)
        assert first.status == 503 and first.gives_back(WORDS) and first.seconds < KINDLY
        helped = visitors.visit(port, HELP)
        assert helped.status == 200 and HELPLINE in helped.page and helped.seconds < KINDLY
        home = visitors.visit(port, HOME)
        assert home.status == 503 and "That is our fault" in home.page and home.seconds < KINDLY
        sends = visitors.at_once(16, lambda: visitors.send(port, token))
        pages = visitors.at_once(16, lambda: visitors.visit(port, HOME))
        assert all(reply.gives_back(WORDS) for reply in sends)
        assert max(reply.seconds for reply in sends + pages) < KINDLY
        assert visitors.visit(port, "/healthz").seconds < 1, "threads are left for what needs no database"
    finally:
        server.start()
    assert visitors.seconds_until(lambda: visitors.send(port, token).is_thanks) < KINDLY
    assert visitors.seconds_until(lambda: visitors.visit(port, HOME).status == 200) < KINDLY
    kept = visitors.dump_of(site)
    assert [words for _, words in kept["texts"]] == [WORDS], "sent many times, counted once"


def test_a_process_that_never_saw_the_database_has_help_and_hands_back_what_was_typed(served):
    server, site, port = served
    token = visitors.open_form(port)
    server.stop()
    try:
        fresh = free_port()
        site.serve(port=fresh, WEB_WORKERS="1")
        helped = visitors.visit(fresh, HELP)
        assert helped.status == 200 and HELPLINE in helped.page and helped.seconds < KINDLY
        handed = visitors.send(fresh, token)
        assert handed.status == 503 and handed.gives_back(WORDS) and handed.seconds < KINDLY
    finally:
        server.start()
    assert visitors.seconds_until(lambda: visitors.send(fresh, token).is_thanks) < KINDLY
