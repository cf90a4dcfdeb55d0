"""PostgreSQL's own disk is slow, hangs, or is full: a Send is thanked or comes back with all that was typed, in time, and
nothing thanked is lost."""

import contextlib
import json
import urllib.error
import urllib.request

import psycopg
import pytest

from tests.house.faults import visitors
from tests.house.faults.small_disk import server_on_small_disk
from tests.house.faults.visitors import HELP, HOME, KINDLY, SURVEY
from tests.production_site import free_port

pytestmark = [pytest.mark.slow, pytest.mark.postgres, pytest.mark.mounts]
LONG, MOST_SENDS = "More lights, please. " * 45, 400


@pytest.fixture(scope="module", params=["data", "log"])
def served(request):
    """(part on the small disk, its disk, server, site, port) of a site at work, which people have visited."""
    with server_on_small_disk(request.param) as (server, disk), visitors.small_site_on(server) as site:
        port = free_port()
        site.serve(port=port, WEB_WORKERS="1")
        for path in (HOME, HELP, SURVEY):
            assert visitors.visit(port, path).status == 200
        yield request.param, disk, server, site, port


class People:
    """People who each send once, and again when it came back; `thanked` holds what each was thanked for."""

    def __init__(self, port):
        self.port, self.thanked, self.number = port, [], 0

    def send(self):
        """(the reply, and how to press Send again)."""
        self.number += 1
        token, words = visitors.open_form(self.port), f"{self.number}: {LONG}".strip()

        def press():
            reply = visitors.send(self.port, token, words)
            assert reply.is_thanks or (reply.status == 503 and reply.gives_back(words)), "thanked, or all comes back"
            assert reply.seconds < KINDLY
            if reply.is_thanks:
                self.thanked.append(words)
            return reply

        return press(), press


def is_disk_sound(port):
    try:
        answer = urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10).read()
    except urllib.error.HTTPError as error:
        answer = error.read()
    return json.loads(answer)["disk"]


def bring_back(server):
    """Its own recovery does it, or a start where it has ended, as of a service."""

    def answers():
        with contextlib.suppress(psycopg.OperationalError):
            if not server.is_running():
                server.start()
            server.superuser("SELECT 1")
            return True

    visitors.seconds_until(answers)


def send_until_refused(people, disk):
    """Return how to press again for somebody whose Send came back twice."""
    with disk.kept_full():
        for _ in range(MOST_SENDS):
            reply, press = people.send()
            if not reply.is_thanks and not press().is_thanks:
                return press
    raise AssertionError("No Send was refused.")


def words_of(site):
    return sorted(words for _, words in visitors.dump_of(site)["texts"])


def test_a_slow_disk_and_one_that_hangs_keep_nobody_waiting(served):
    part, disk, _, site, port = served
    people, before = People(port), words_of(site)
    with disk.slow():
        waited = [people.send()[0] for _ in range(4)]
    assert any(reply.is_thanks for reply in waited)
    with disk.hanging():
        sends = visitors.at_once(12, people.send)
        pages = [visitors.visit(port, path) for path in (HOME, HELP)]
        assert pages[1].status == 200 and max(page.seconds for page in pages) < KINDLY
        assert part == "data" or not any(reply.is_thanks for reply, _ in sends), "the log decides what is kept"
    for reply, press in sends:
        assert reply.is_thanks or visitors.seconds_until(lambda press=press: press().is_thanks) < KINDLY
    assert set(people.thanked) <= set(words_of(site)) - set(before)


def test_a_full_disk_refuses_a_send_kindly_and_heals_when_there_is_room(served):
    part, disk, server, site, port = served
    before, people, tokens = words_of(site), People(port), [visitors.open_form(port) for _ in range(3)]
    assert people.send()[0].is_thanks and is_disk_sound(port)
    disk.fill()
    if part == "data":
        assert not is_disk_sound(port), "the alarm comes while Sends are still taken"
    presses = send_until_refused(people, disk)
    helped = visitors.visit(port, HELP)
    assert helped.status == 200 and helped.seconds < KINDLY and visitors.visit(port, HOME).seconds < KINDLY
    sends = visitors.at_once(3, lambda: visitors.send(port, tokens.pop(), LONG.strip()))
    taken = [LONG.strip() for reply in sends if reply.is_thanks]
    assert part == "log" or not taken, "its log alone shrinks by itself"
    assert all(reply.is_thanks or reply.gives_back(LONG.strip()) for reply in sends)
    assert all(reply.seconds < KINDLY for reply in sends)
    disk.make_room()
    bring_back(server)
    assert visitors.seconds_until(lambda: presses().is_thanks) < KINDLY
    assert words_of(site) == sorted([*before, *people.thanked, *taken])
