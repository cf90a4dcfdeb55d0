"""Two servers on one database, as behind a load balancer: changing servers gains no sign-in attempts.

Sign-in attempts are counted for all processes, in a table. Respondents' attempts are not: to count a person over
several processes, the address would have to be stored outside a process (A9, domain/controls.yaml: `logs.rate_limit`).
So each process counts for itself, or the front proxy counts for all (nginx of `manage.py deploy_files`). Four words are
safe by their number, 2^44, and by what each try costs: a few more in ten minutes open nothing.
"""

import http.client
import re
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from urllib.parse import urlencode

import pytest
from django.conf import settings

from tests.production_site import VENDORS, made_when_asked, scratch_site

PASSWORD = "correct horse battery"
SAM, KIM, ROB = "sam@staff.test", "kim@staff.test", "rob@staff.test"
PEOPLE = f"""
from cms.accounts.models import User
for email in {(SAM, KIM, ROB)!r}:
    User.objects.create_user(email, {PASSWORD!r})
"""
TRIES = 5
WRONG, WAIT, IN = "wrong", "wait", "in"


def ask(address, method, path, fields=None, **headers):
    """(status, page, headers) of one request, without a session."""
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=60)
    kind = {"Content-Type": "application/x-www-form-urlencoded"} if fields else {}
    connection.request(method, path, urlencode(fields) if fields else None, kind | headers)
    reply = connection.getresponse()
    page = reply.read().decode()
    connection.close()
    return reply.status, page, reply.headers


def sign_in(address, email, password="not the password"):
    """The server's reply to a fresh sign-in form, sent as by an attacker without cookies."""
    _, page, headers = ask(address, "GET", "/accounts/login/")
    cookie = re.search(r"__Host-csrftoken=[^;]+", headers["Set-Cookie"])[0]
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    fields = {"csrfmiddlewaretoken": token, "login": email, "password": password}
    status, page, _ = ask(address, "POST", "/accounts/login/", fields, Cookie=cookie)
    if status == 302:
        return IN
    if status == 429 or "too many tries" in page:
        return WAIT
    assert "do not go together" in page, page[:2000]
    return WRONG


def serve_twice(vendor):
    """Two addresses: each a gunicorn of one process, with production's settings, and no proxy in front."""
    keys = {
        "SECRET_KEY": settings.SECRET_KEY,
        "ANSWER_SEAL_KEY": settings.ANSWER_SEAL_KEY,
        "ANSWER_OPEN_KEYS": "",
        "RECORD_KEY_SECRET": "",
        "PROXY_LIMITS": "0",
        "WEB_WORKERS": "1",
        "STAFF_NEED_MFA": "0",
    }
    with scratch_site(vendor, keys) as site:
        site.build()
        site.python("-m", "tests.house.small_survey")
        site.manage("shell", "-v0", "-c", PEOPLE)
        yield [site.serve()[1] for _ in range(2)]


@pytest.fixture(scope="module")
def served():
    with made_when_asked(serve_twice) as of:
        yield of


@pytest.fixture(params=[VENDORS[0], pytest.param(VENDORS[1], marks=pytest.mark.postgres)])
def servers(request, served):
    return served(request.param)


pytestmark = pytest.mark.slow


def test_whoever_alternates_between_servers_is_stopped_like_anyone_and_then_on_both(servers):
    tried = [sign_in(address, SAM) for address in islice(cycle(servers), TRIES + 2)]
    assert tried == [WRONG] * TRIES + [WAIT] * 2
    assert [sign_in(address, SAM, PASSWORD) for address in servers] == [WAIT, WAIT], "the right one waits too"


def test_whoever_tries_on_both_servers_at_once_has_no_more_tries(servers):
    """Each count is read and written under a lock that all processes share: none gets lost between two servers."""
    with ThreadPoolExecutor(8) as crowd:
        tried = list(crowd.map(lambda address: sign_in(address, KIM), islice(cycle(servers), 24)))
    assert 0 < tried.count(WRONG) <= TRIES
    assert tried.count(WRONG) + tried.count(WAIT) == 24


def test_a_colleague_who_tries_once_on_each_server_is_let_in(servers):
    assert [sign_in(servers[0], ROB), sign_in(servers[1], ROB, PASSWORD)] == [WRONG, IN]


def test_tries_at_four_words_are_counted_by_each_process_alone_as_no_address_leaves_it(servers):
    def look_up(address):
        return ask(address, "POST", "/en/receipt/", {"words": "one two three four"})[0]

    first, second = servers
    assert [look_up(first) for _ in range(TRIES + 1)] == [422] * TRIES + [429]
    assert look_up(second) == 422
