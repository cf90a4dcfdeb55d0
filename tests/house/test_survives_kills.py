"""Nothing sent is ever lost (promise 2): web and worker are killed again and again while people send."""

import http.client
import json
import random
import re
import threading
import time
from urllib.parse import urlencode

import pytest

from consultation.channels.web import form_tokens
from consultation.responses.response_ids import derive_response_id
from tests.house.small_survey import DUMP, PATH
from tests.production_site import VENDORS, free_port, keys, scratch_site

PEOPLE, CLIENTS = 360, 16
WROTE = sum(1 for number in range(PEOPLE) if number % 3)
KILLS = ["web", "worker", "both", "web"]
PATIENCE = 240  # seconds until a person gives up: longer than all the restarts together
ANSWER_SECONDS = 20  # until a browser without a reply counts as refused
THANKED = "We have your answers"
TOKEN = re.compile(r'name="token" value="([^"]+)"')


class Person:
    """Opens the form and presses Send until the thank-you is there; each Send carries the same token."""

    def __init__(self, number):
        # Every third writes nothing: that is kept by one statement, outside any transaction of ours.
        self.closed, self.text = str(number % 3 + 1), f"Person {number} wants more lights." if number % 3 else ""
        self.token, self.sends = None, 0

    def answer(self, port):
        deadline = time.monotonic() + PATIENCE
        self.token = TOKEN.search(self._until(lambda: self._ask(port), deadline))[1]
        self._until(lambda: self._send(port), deadline)

    def _until(self, attempt, deadline):
        while time.monotonic() < deadline:
            try:
                return attempt()
            except (OSError, http.client.HTTPException, LookupError):
                time.sleep(0.1)
        raise AssertionError(f"not thanked after {self.sends} sends")

    def _ask(self, port):
        return self._exchange(port, "GET", None, 'name="token"')

    def _send(self, port):
        self.sends += 1
        fields = {"token": self.token, "a": self.closed, "b": self.text}
        return self._exchange(port, "POST", urlencode(fields), THANKED)

    def _exchange(self, port, method, body, expected):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS)
        try:
            headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
            connection.request(method, PATH.format("en"), body, headers)
            page = connection.getresponse().read().decode()
        finally:
            connection.close()
        if expected not in page:
            raise LookupError("not the page that was hoped for")
        return page


class Crowd:
    """All the people, a few at a time."""

    def __init__(self, port):
        self.port, self.people = port, [Person(number) for number in range(PEOPLE)]
        self.thanked, self.failures = [], []
        self._waiting = iter(self.people)
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(CLIENTS)]

    def start(self):
        for thread in self._threads:
            thread.start()

    def _work(self):
        while True:
            person = next(self._waiting, None)
            if person is None:
                return
            try:
                person.answer(self.port)
            except Exception as error:  # noqa: BLE001  told by the test, not by a thread
                self.failures.append(repr(error))
                return
            self.thanked.append(person)

    def wait_for(self, count):
        while len(self.thanked) < count and any(thread.is_alive() for thread in self._threads):
            time.sleep(0.01)


def kill_while_they_send(site, crowd, chance):
    """Kill web and worker, each at a random moment while people send."""
    processes = {"web": site.serve(port=crowd.port)[0], "worker": site.work()}
    crowd.start()
    for number, which in enumerate(chance.sample(KILLS, len(KILLS)), start=1):
        crowd.wait_for(number * PEOPLE // (len(KILLS) + 1))
        time.sleep(chance.random() * 0.2)
        victims = ["web", "worker"] if which == "both" else [which]
        for victim in victims:
            processes[victim].kill()
        if "worker" in victims:
            processes["worker"] = site.work()
        if "web" in victims:
            processes["web"] = site.serve(port=crowd.port)[0]
    crowd.wait_for(PEOPLE)


def read_by_the_worker(site):
    """Ids of screened texts, after the killed worker's sweep was given back. That takes a minute of silence, which the
    test writes into the heartbeats instead of waiting."""
    return site.manage("shell", "-v0", "-c", SCREENED).split()


@pytest.mark.slow
@pytest.mark.parametrize("vendor", [VENDORS[0], pytest.param(VENDORS[1], marks=pytest.mark.postgres)])
def test_what_was_thanked_for_is_there_once_after_kills(vendor):
    seed = random.SystemRandom().randrange(10**6)
    with scratch_site(vendor, keys()) as site:
        site.build()
        site.python("-m", "tests.house.small_survey")
        crowd = Crowd(free_port())
        kill_while_they_send(site, crowd, random.Random(seed))
        site.stop()
        screened = read_by_the_worker(site)
        kept = json.loads(site.manage("shell", "-v0", "-c", DUMP))
    assert not crowd.failures, (seed, crowd.failures[:3])
    people = {
        str(derive_response_id(form_tokens.read_form_token(person.token).nonce)): person for person in crowd.thanked
    }
    assert len(people) == PEOPLE, f"each form is one person (seed {seed})"
    assert set(kept["responses"]) == set(people), f"nobody lost, nobody counted twice (seed {seed})"
    assert kept["responses"] == {key: {"a": person.closed} for key, person in people.items()}
    wrote = sorted([key, person.text] for key, person in people.items() if person.text)
    assert sorted(kept["texts"]) == wrote, f"seed {seed}"
    assert len(screened) == len(set(screened)) == len(wrote) == WROTE, f"the worker read each text once (seed {seed})"
    assert sum(person.sends for person in crowd.thanked) > PEOPLE, "the kills met people who were sending"


SCREENED = f"""
import io, time
from django.core.management import call_command
from django.db.models import F
from cms.operations.scheduler.heartbeats import DEAD_AFTER
from cms.operations.scheduler.models import Heartbeat
from consultation.reading.models import Screening
Heartbeat.objects.update(seen_at=F("seen_at") - DEAD_AFTER)
deadline = time.monotonic() + 120
call_command("run_sweeps", all=True, stdout=io.StringIO())
while Screening.objects.count() < {WROTE} and time.monotonic() < deadline:
    time.sleep(1)
    call_command("run_sweeps", all=True, stdout=io.StringIO())
for key in Screening.objects.values_list("answer_id", flat=True):
    print(key)
"""
