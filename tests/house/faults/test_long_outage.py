"""The database is away for three minutes while people visit and send: each gets a page in time, and it heals at once."""

import itertools
import threading
import time

import pytest

from tests.house.faults import visitors
from tests.house.faults.visitors import HELP, HOME, KINDLY
from tests.missing_programs import take_your_time
from tests.production_site import free_port

pytestmark = [pytest.mark.slow, pytest.mark.postgres, pytest.mark.longest]
AWAY_SECONDS, VISITORS, PAUSE_SECONDS = 180, 4, 0.5


def visit_until(stopped, port, number, replies):
    """One visitor, who sends with a form of their own, reads the help and the home page, again and again."""
    token = visitors.open_form(port)
    turns = itertools.cycle(
        (
            lambda: visitors.send(port, token, f"Lights, please, says {number}."),
            lambda: visitors.visit(port, HELP),
            lambda: visitors.visit(port, HOME),
        )
    )
    while not stopped.wait(PAUSE_SECONDS):
        replies.append((time.monotonic(), next(turns)()))


def test_three_minutes_without_the_database_keep_nobody_waiting_and_heal_at_once():
    take_your_time()
    with visitors.small_site() as (server, site):
        port, stopped, replies = free_port(), threading.Event(), []
        site.serve(port=port, WEB_WORKERS="1")
        worker = site.work()
        crowd = [
            threading.Thread(target=visit_until, args=(stopped, port, number, replies)) for number in range(VISITORS)
        ]
        for one in crowd:
            one.start()
        time.sleep(5)
        server.stop()
        time.sleep(AWAY_SECONDS)
        server.start()
        back = time.monotonic()
        token = visitors.open_form(port)
        assert visitors.seconds_until(lambda: visitors.send(port, token).is_thanks) < KINDLY
        time.sleep(KINDLY)
        stopped.set()
        for one in crowd:
            one.join()
        assert worker.running.poll() is None
        site.stop()
        kept = visitors.dump_of(site)
    assert max(reply.seconds for _, reply in replies) < KINDLY
    assert all(reply.status in (200, 503) for _, reply in replies)
    assert all(reply.status == 200 for at, reply in replies if at - reply.seconds > back + KINDLY)
    assert len(replies) > VISITORS * AWAY_SECONDS / (KINDLY + PAUSE_SECONDS), "they did not wait for it"
    assert len(kept["texts"]) == VISITORS + 1, "sent again and again, and counted once"
