"""The generated configuration in a real nginx: limits, body sizes, hosts, headers and log."""

import contextlib
import ipaddress
import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from cms.operations.deploy_files import nginx_rules
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
            return nginx.ask("POST", "/en/panel/")[0]

        refused = list(flood.map(guess, range(400))).count(503)
    assert refused >= 100, "200 codes were entered before, and 400 may be tried at once"
    assert try_from(nginx, "127.0.0.9", "/en/panel/")[0] == 200, "who has used up all tries takes none from another"


def try_from(nginx, address, path):
    """Status and seconds of one try at words or a PIN."""
    began, connection = time.monotonic(), nginx.connect(address)
    with contextlib.closing(connection):
        status = nginx.ask("POST", path, connection=connection)[0]
    return status, time.monotonic() - began


@pytest.mark.parametrize("path", ["/en/receipt/", "/ur/receipt/words/", "/en/kiosk/", "/en/contact/"])
def test_tries_that_cost_a_slow_hash_wait_in_nginx_for_their_own_address_alone(nginx, path):
    """Five a second of one address reach the site, which hashes twenty a second in each process."""
    number = 10 + 10 * len(path)
    with ThreadPoolExecutor(11) as crowd:
        many = [crowd.submit(try_from, nginx, f"127.0.1.{number}", path) for _ in range(10)]
        time.sleep(0.2)
        others = [try_from(nginx, f"127.0.1.{number + other}", path) for other in range(1, 6)]
        many = [one.result() for one in many]
    assert {status for status, _ in many + others} == {200}
    assert max(seconds for _, seconds in many) > 1.6
    assert max(seconds for _, seconds in others) < 1


def send_from(nginx, address, times=1):
    """Of some Sends one after another: status, and whether the site is told of a burst."""
    with contextlib.closing(nginx.connect(address)) as connection:
        return [(nginx.ask("POST", SURVEY, connection=connection)[0], Echo.seen.get("X-Burst")) for _ in range(times)]


def test_more_sends_than_a_schools_are_taken_and_the_site_is_told_of_them(nginx):
    sent = send_from(nginx, "127.0.3.1", settings.FLOOD_TIMES + 20)
    assert set(sent[: settings.FLOOD_TIMES]) == {(200, None)}
    assert sent[-1] == (200, "yes") and {status for status, _ in sent} == {200}
    assert send_from(nginx, "127.0.3.2") == [(200, None)], "who sends from elsewhere is in no burst"
    nginx.ask("GET", SURVEY, headers={"X-Burst": "yes"})
    assert "X-Burst" not in Echo.seen, "nobody else says so"


def test_the_sends_of_one_address_cannot_take_all_of_the_site(nginx, monkeypatch):
    """More at once than those of a large school, 400, of which a test has fewer."""
    monkeypatch.setattr(Echo, "slow", 1.0)
    with ThreadPoolExecutor(130) as crowd:
        many = [status for [(status, _)] in crowd.map(lambda _: send_from(nginx, "127.0.3.3"), range(130))]
    assert many.count(200) >= nginx.plan.sends_at_once and set(many) == {200, 503}


@pytest.mark.parametrize(("patterns", "bits"), [(nginx_rules.NETWORKS, 64), (nginx_rules.SITES, 48)])
@given(address=st.ip_addresses(v=6, network="2000::/4"))
def test_an_ipv6_address_counts_by_its_network_or_site(patterns, bits, address):
    """As nginx writes it, with its zeros left out in one place, a network whose first part ends in zeros has two names."""
    part = ipaddress.IPv6Network((address, bits), strict=False)
    networks = {name_network(str(part[number]), patterns) for number in (0, 1, 2**40, 2**63, part.num_addresses - 1)}
    assert name_network(str(address), patterns) in networks
    assert len(networks) <= (2 if part[0].packed[bits // 8 - 2 : bits // 8] == b"\0\0" else 1)
    assert name_network(str(part[0] + part.num_addresses), patterns) not in networks


@pytest.mark.parametrize("patterns", [nginx_rules.NETWORKS, nginx_rules.SITES])
def test_an_ipv4_address_counts_by_itself(patterns):
    assert name_network("203.0.113.7", patterns) == "203.0.113.7"


def test_who_has_many_networks_tries_words_as_one_and_another_site_as_another(nginx):
    """A customer's 65,536 networks took every place of the hashing lanes: no child's words came through."""
    written = (nginx.folder / "nginx.conf").read_text()
    [key] = re.findall(r'map "\$request_method \$uri" \$slow_try \{ "[^"]+" (\$\w+);', written)
    table = re.search(rf"map \$remote_addr \{key} \{{(.*?)\}}\n", written, re.S)[1]
    patterns = re.findall(r'"~(.+)" \$\w+;', table)
    names = {name_network(f"2a0b:7:9:{number:x}::1", [(one, "") for one in patterns]) for number in range(1, 300)}
    assert names == {"2a0b:7:9:"}


def name_network(address, patterns):
    found = (re.search(pattern, address) for pattern, _ in patterns)
    return next((match[1] for match in found if match), address)


def test_a_large_answer_without_a_length_is_refused_too(nginx):
    """And a small one reaches the site with its length, so that Django reads it."""
    for size, status in ((1000, 200), (1_500_000, 413)):
        connection = nginx.connect()
        with contextlib.closing(connection):
            try:
                found = nginx.ask("POST", SURVEY, body=iter([b"a" * 1000] * (size // 1000)), connection=connection)[0]
            except (BrokenPipeError, ConnectionResetError):
                found = 413
        assert found == status
    assert Echo.seen["Content-Length"] == "1000"


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


def test_no_body_that_may_be_sent_is_written_to_a_disk(nginx):
    """nginx writes a body beyond its buffer to a file; answers of a group or an import are in some."""
    written = (nginx.folder / "nginx.conf").read_text()
    sizes = re.findall(r"client_max_body_size (\w+);\s+client_body_buffer_size (\w+);", written)
    assert len(sizes) == written.count("client_max_body_size") > 4
    assert all(most == kept for most, kept in sizes)


def test_each_way_to_the_site_counts_and_a_query_asks_for_no_file_anew(nginx):
    written = (nginx.folder / "nginx.conf").read_text()
    places = re.findall(r"location ([^{]+) \{([^}]*proxy_pass[^}]*)\}", written)
    uncounted = [place for place, rules in places if not re.search(r"limit_req zone|allow |staff;", rules)]
    assert len(places) > 10 and uncounted == ["= /livez"], "that of a load balancer, by address"
    nginx.ask("GET", "/static/voice/once.css?n=0")
    Echo.seen = {}
    assert nginx.ask("GET", "/static/voice/once.css?n=1")[0] == 200 and Echo.seen == {}


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
    end, lines = time.monotonic() + 10, []
    while not any(line.endswith(" GET help 200") for line in lines):  # written after the answer
        assert time.monotonic() < end, lines
        lines = (nginx.folder / "log" / "nginx.log").read_text().splitlines()
    assert all(len(line.split()) == 4 and len(line.split()[0]) == 10 for line in lines)
    assert (nginx.folder / "log" / "nginx-error.log").read_text() == ""


def test_when_the_site_is_away_the_page_says_so_kindly(nginx, monkeypatch):
    monkeypatch.setattr(Echo, "away", True)
    status, page = nginx.ask("GET", "/en/")
    assert status == 502
    assert "It did not work. That is our fault." in page.decode()
    assert "0800 1111" in page.decode()
    assert 'dir="rtl"' in page.decode()
