"""The generated configuration in a real nginx: limits, body sizes, hosts, headers and log."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.cms.operations.deploy_files.local_nginx import STAFF, Echo

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.any_database]
SURVEY = "/en/have-your-say/parks/answer/"
# A pupil without a cache: the pages, their files, a code, the answer, and the page of thanks.
VISIT = [
    ("GET", "/en/have-your-say/parks/"),
    ("GET", "/look/0a/q.css"),
    ("POST", "/en/have-your-say/parks/code/"),
    ("GET", SURVEY),
    ("GET", "/look/0a/survey.js"),
    ("GET", "/static/voice/print.css"),
    ("POST", SURVEY),
]


def visit(nginx):
    """Statuses and the longest wait of one pupil, on one connection as a browser has it."""
    connection, statuses, longest = nginx.connect(), [], 0
    for method, path in VISIT:
        began = time.monotonic()
        statuses.append(nginx.ask(method, path, connection=connection)[0])
        longest = max(longest, time.monotonic() - began)
    connection.close()
    return statuses, longest


def test_a_school_of_200_behind_one_address_does_not_wait_and_a_flood_is_refused(nginx):
    """30 pupils waited 24 seconds, and 200 waited 160, when nginx spaced their requests out."""
    began = time.monotonic()
    with ThreadPoolExecutor(40) as school:
        visits = list(school.map(lambda _: visit(nginx), range(200)))
    assert {status for statuses, _ in visits for status in statuses} == {200}
    assert max(longest for _, longest in visits) < 3
    assert time.monotonic() - began < 20
    with ThreadPoolExecutor(8) as flood:

        def guess(_):
            return nginx.ask("POST", "/en/receipt/")[0]

        refused = list(flood.map(guess, range(400))).count(503)
    assert refused >= 100, "200 codes were entered before, and 400 may be tried at once"


@pytest.mark.parametrize(
    ("host", "path", "megabytes", "status"),
    [
        ("say.example.org", SURVEY, 0.9, 200),
        ("say.example.org", SURVEY, 1.5, 413),
        (STAFF, "/staff/imports/file/", 50, 200),
        (STAFF, "/staff/images/add/", 20, 200),
        (STAFF, "/staff/reading/", 9, 413),
    ],
)
def test_an_answer_is_small_and_a_colleagues_file_is_not(nginx, host, path, megabytes, status):
    try:
        found = nginx.ask("POST", path, host, b"a" * int(megabytes * 1024 * 1024))[0]
    except (BrokenPipeError, ConnectionResetError):  # refused by its length, while it is still being sent
        found = 413
    assert found == status


def test_no_address_reaches_the_site_and_the_scheme_does(nginx):
    forged = {"X-Forwarded-For": "203.0.113.9", "X-Real-IP": "203.0.113.9", "Forwarded": "for=203.0.113.9"}
    nginx.ask("GET", "/en/", headers=forged)
    assert Echo.seen["X-Forwarded-Proto"] == "https"
    assert Echo.seen["Host"] == "say.example.org"
    assert not forged.keys() & Echo.seen.keys()


@pytest.mark.parametrize(
    ("host", "path", "seen"),
    [
        (STAFF, "/accounts/login/", "127.0.0.1"),
        (STAFF, "/staff/", None),
        ("say.example.org", "/accounts/login/", None),
        ("say.example.org", "/en/accounts/", None),
    ],
)
def test_the_address_of_staff_who_sign_in_is_named_and_no_other(nginx, host, path, seen):
    nginx.ask("GET", path, host=host, headers={"X-Real-IP": "203.0.113.9"})
    assert Echo.seen.get("X-Real-IP") == seen


def test_a_probe_by_address_is_answered_and_nothing_else(nginx):
    assert nginx.ask("GET", "/livez", host="10.0.0.7") == (200, b"ok")
    assert nginx.ask("GET", "/en/", host="10.0.0.7")[0] == 404


def test_the_log_tells_day_method_class_and_status_alone(nginx):
    nginx.ask("GET", "/en/help/")
    lines = (nginx.folder / "log" / "nginx.log").read_text().splitlines()
    assert any(line.endswith(" GET help 200") for line in lines)
    assert all(len(line.split()) == 4 and len(line.split()[0]) == 10 for line in lines)
    assert (nginx.folder / "log" / "nginx-error.log").read_text() == ""


def test_when_the_site_is_away_the_page_says_so_kindly(nginx, monkeypatch):
    monkeypatch.setattr(Echo, "away", True)
    status, page = nginx.ask("GET", "/en/")
    assert status == 502
    assert "It did not work. That is our fault." in page.decode()
    assert "0800 1111" in page.decode()
    assert 'dir="rtl"' in page.decode()
