"""A site that meets a fault, and visits to it: what a person gets, and after how many seconds."""

import contextlib
import html
import http.client
import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlencode

from tests import postgres
from tests.house.small_survey import DUMP, PATH
from tests.production_site import keys, site_on

KINDLY = 5.0  # seconds in which a page answers, or fails kindly
SURVEY, HOME, HELP = PATH.format("en"), "/en/", "/en/help/"
THANKED = "We have your answers"
TOKEN = re.compile(r'name="token" value="([^"]+)"')
WORDS = 'I want more lights, "please" & <soon>'


@contextlib.contextmanager
def small_site(options=""):
    """(server, site): a PostgreSQL of its own, with more `options`, and a built site on it with one small survey."""
    with postgres.cluster(options) as server, small_site_on(server) as site:
        yield server, site


@contextlib.contextmanager
def small_site_on(server):
    with site_on(server.url, keys()) as site:
        site.build()
        site.python("-m", "tests.house.small_survey")
        yield site


def dump_of(site):
    return json.loads(site.manage("shell", "-v0", "-c", DUMP))


@dataclass(frozen=True)
class Reply:
    status: int
    page: str
    seconds: float

    @property
    def is_thanks(self):
        return THANKED in self.page

    def gives_back(self, words):
        """Whether all that was typed is on the page, in a form that can be sent again."""
        return words in html.unescape(self.page) and 'method="post"' in self.page and TOKEN.search(self.page)


def visit(port, path, fields=None):
    began = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if fields else {}
    try:
        connection.request("POST" if fields else "GET", path, urlencode(fields) if fields else None, headers)
        reply = connection.getresponse()
        page = reply.read().decode()
    finally:
        connection.close()
    return Reply(reply.status, page, time.monotonic() - began)


def open_form(port):
    """The token of a form that a person has opened."""
    return TOKEN.search(visit(port, SURVEY).page)[1]


def send(port, token, words=WORDS):
    return visit(port, SURVEY, {"token": token, "a": "1", "b": words})


def at_once(number, do):
    """What so many people get who do the same at the same time."""
    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(lambda _: do(), range(number)))


def seconds_until(works, limit=30.0):
    """After how many seconds `works()` is true for the first time."""
    began = time.monotonic()
    while not works():
        assert time.monotonic() - began < limit, f"not within {limit} seconds"
        time.sleep(0.1)
    return time.monotonic() - began
