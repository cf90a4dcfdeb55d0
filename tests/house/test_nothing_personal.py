"""Nobody knows who answered (promise 1): after 500 answers no table, log or file holds an address, a browser, a time
or an order of arrival."""

import http.client
import json
import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from urllib.parse import unquote, urlencode, urlsplit

import pytest
from django.conf import settings
from scipy.stats import spearmanr

from consultation.channels.web import form_tokens
from consultation.responses.response_ids import derive_response_id
from tests.house.dump_attacker import CHANCE, LUCK, ROWS, attacks, told_by_places
from tests.house.small_survey import PATH
from tests.production_site import VENDORS, keys, made_when_asked, scratch_site

pytestmark = pytest.mark.slow

PEOPLE = 500
TOKEN = re.compile(r'name="token" value="([^"]+)"')
REFERENCE = re.compile(r'name="(\w+)" value="([\w=-]{40,})"')
CLOCK = re.compile(r"\d\d:\d\d")
# A number of its own: digits within a fraction or an id are no time.
# How every trace of a Person begins: to look for these first is to look for nine things in each file, not 3,500.
STEMS = ("127.77.", "127.78.", "127.79.", "203.0.113.", "198.51.100.", "2001:db8:", "Fairphone", "qx-Zz", "referrer7")
EPOCH = re.compile(r"(?<![\w.-])1[6-9]\d{8}(?:\.\d+|\d{3})?(?![\w-])")
INSTANT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?")

DUMP = """
import json
from django.db import connection
dump = {}
with connection.cursor() as cursor:
    for table in connection.introspection.table_names():
        cursor.execute(f'SELECT * FROM "{table}"')
        dump[table] = [[v.decode("latin-1") if isinstance(v, bytes) else str(v) for v in map(
            lambda v: bytes(v) if isinstance(v, memoryview) else v, row)] for row in cursor.fetchall()]
print(json.dumps(dump))
"""
PLACES = """
import json
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute(ASK)
    print(json.dumps([[str(value) for value in row] for row in cursor.fetchall()]))
"""
SETTLE = (
    "from cms.operations.stored_answers.storage_order import settle_storage_order as settle; settle(); print('null')"
)


@dataclass
class Person:
    """A visitor whose traces (address, browser, language) differ from everybody else's."""

    number: int

    def __post_init__(self):
        n = self.number
        self.said = (
            n * 337 % PEOPLE
        )  # what a person says does not tell when they came, nor does the screen's score of it
        self.address = f"127.{77 + n % 3}.{n // 250 + 31}.{n % 250 + 3}"
        self.forwarded = f"203.0.113.{n % 250 + 2}, 198.51.100.{n % 250 + 2}"
        self.forwarded_new = f"2001:db8:{n + 4096:x}::7"
        self.agent = f"Fairphone{n + 70000}"
        self.speaks = f"qx-Zz{n + 70000}"
        self.came_from = f"referrer{n + 70000}.example"
        self.language = "ur" if n % 4 == 0 else "en"

    @property
    def traces(self):
        return [self.address, *self.forwarded.split(", "), self.forwarded_new, self.agent, self.speaks, self.came_from]

    @property
    def headers(self):
        return {
            "User-Agent": f"Mozilla/5.0 ({self.agent})",
            "Accept-Language": f"{self.speaks},en;q=0.5",
            "Referer": f"https://{self.came_from}/page",
            "X-Forwarded-For": self.forwarded,
            "X-Real-IP": self.forwarded.split(", ")[0],
            "Forwarded": f'for="[{self.forwarded_new}]"',
        }

    def visit(self, port):
        """Open, send, take four words (some), and run into each error page (some). Returns the response's id."""
        page = self._request(port, "GET", PATH.format(self.language))
        token = TOKEN.search(page)[1]
        fields = {"token": token, "a": str(self.number % 3 + 1), "b": f"More lights, says number {self.said:04d}."}
        thanks = self._request(port, "POST", PATH.format(self.language), fields)
        if self.number % 10 == 0:
            reference = REFERENCE.search(thanks)
            self._request(port, "POST", f"/{self.language}/receipt/words/", {reference[1]: reference[2]})
        if self.number % 20 == 0:
            self._stumble(port, token)
        return str(derive_response_id(form_tokens.read_form_token(token).nonce))

    def _stumble(self, port, token):
        path = PATH.format("en")
        self._request(port, "GET", f"/en/nothing-{self.agent}/", status=404)
        self._request(port, "DELETE", path, status=405)
        self._request(port, "POST", path, {"token": token, "b": "x" * 6000}, status=422)
        self._request(port, "GET", "/en/", status=400, more={"Host": f"{self.agent}.example"})

    def _request(self, port, method, path, fields=None, *, status=200, more=None):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30, source_address=(self.address, 0))
        headers = {**self.headers, **(more or {})}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, urlencode(fields) if fields is not None else None, headers)
        response = connection.getresponse()
        page = response.read().decode()
        connection.close()
        assert response.status == status, (method, path, response.status, page[:500])
        return page


@dataclass
class Aftermath:
    """The remains of the visits in one database: tables, logs, files."""

    vendor: str
    people: list
    arrived: list  # ids of responses, first to last
    began: datetime
    ended: datetime
    empty: dict  # {table: rows as texts}, before the first visit
    dump: dict  # {table: rows as texts}, before any worker ran
    later: dict  # the same, after every sweep
    logs: str
    files: dict  # {path: bytes}
    places: list  # how the table of responses lies on the disk, settled
    places_before: list
    key_order: dict  # SQLite: {table: its CREATE TABLE}
    rows_before: dict  # as dump_attacker.ROWS gives them, before any worker ran
    rows: dict  # and after every sweep


BETWEEN = "-----next-----"
ASK = {
    "postgres": "SELECT id, ctid::text, xmin::text FROM consultation_response r ORDER BY r.ctid",
    "sqlite": "SELECT id FROM consultation_response",
}


def shell(site, *codes):
    """JSON output of each code, run in one process, since a new one takes seconds."""
    told = site.manage("shell", "-v0", "-c", f"\nprint({BETWEEN!r})\n".join(codes))
    return [json.loads(part) for part in told.split(BETWEEN)]


def places(ask):
    return f"ASK = {ask!r}\n{PLACES}"


def every_file(site):
    folders = [site.folder]
    if site.database_url.startswith("postgres"):
        folders.append(Path(unquote(urlsplit(site.database_url).netloc.partition("@")[2])))
    files = [path for folder in folders for path in folder.rglob("*")]
    return {str(path): path.read_bytes() for path in files if path.is_file() and "static" not in path.parts}


def visits(vendor):
    with scratch_site(vendor, keys()) as site:
        site.build()
        site.python("-m", "tests.house.small_survey")
        web, address = site.serve()
        people = [Person(number) for number in range(PEOPLE)]
        [empty] = shell(site, DUMP)
        time.sleep(1.1)  # what came before the first visit has another second
        began = datetime.now(UTC)
        arrived = [person.visit(urlsplit(address).port) for person in people]
        ended = datetime.now(UTC)
        time.sleep(1.1)
        before, dump, rows_before = shell(site, places(ASK[vendor]), DUMP, ROWS)
        site.manage("run_sweeps", "--all")
        shell(site, SETTLE)
        tables = settings.TABLES_IN_KEY_ORDER
        made = "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
        key_order, later, after, rows = shell(
            site, places(made) if vendor == "sqlite" else "print([])", DUMP, places(ASK[vendor]), ROWS
        )
        yield Aftermath(
            vendor=vendor,
            people=people,
            arrived=arrived,
            began=began,
            ended=ended,
            empty=empty,
            dump=dump,
            later=later,
            logs="".join(path.read_text() for path in site.folder.glob("*.log")),
            files=every_file(site),
            places=after,
            places_before=before,
            key_order={name: sql for name, sql in key_order if name in tables},
            rows_before=rows_before,
            rows=rows,
        )


@pytest.fixture(scope="module")
def visited():
    with made_when_asked(visits) as of:
        yield of


@pytest.fixture(params=[VENDORS[0], pytest.param(VENDORS[1], marks=pytest.mark.postgres)])
def after(request, visited):
    return visited(request.param)


def instants(dump):
    """(table, moment) of every value in a dump that parses as a time."""
    for table, rows in dump.items():
        for text in (value for row in rows for value in row):
            for found in INSTANT.findall(text):
                moment = datetime.fromisoformat(found)
                yield table, moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            for found in EPOCH.findall(text):
                yield table, datetime.fromtimestamp(int(found[:10]), UTC)


def test_all_answers_are_there(after):
    kept = {row[0].replace("-", "") for row in after.dump["consultation_response"]}
    assert kept == {key.replace("-", "") for key in after.arrived}
    assert len(after.arrived) == PEOPLE
    assert len(after.dump["consultation_receipt"]) == PEOPLE / 10


def traces_in(content, people):
    """Traces of these people in a text or in bytes."""
    if not any(stem in content for stem in (STEMS if isinstance(content, str) else [stem.encode() for stem in STEMS])):
        return []
    text = content if isinstance(content, str) else content.decode("latin-1")
    return [trace for person in people for trace in person.traces if trace in text]


def test_every_trace_would_be_found():
    for person in map(Person, range(PEOPLE)):
        assert set(traces_in("; ".join(person.traces).encode(), [person])) == set(person.traces)
        assert [trace for trace in person.traces if not trace.startswith(STEMS)] == []


def test_no_table_holds_an_address_a_browser_a_language_or_a_referrer(after):
    for dump in (after.dump, after.later):
        assert traces_in(json.dumps(dump), after.people) == []


def test_no_file_holds_them_either(after):
    found = {path: traces for path, content in after.files.items() if (traces := traces_in(content, after.people))}
    assert found == {}
    assert any("sqlite" in path or "pg_wal" in path for path in after.files), "the database's own files were looked at"


def test_logs_hold_no_time_and_nobody(after):
    assert traces_in(after.logs, after.people) == []
    assert CLOCK.findall(after.logs) == []
    assert EPOCH.findall(after.logs) == []


def test_no_row_says_when_an_answer_came(after):
    """Before any worker ran: not one moment of the visits is in the whole database."""
    soon = timedelta(seconds=1)
    assert [
        (table, moment) for table, moment in instants(after.dump) if after.began - soon <= moment <= after.ended + soon
    ] == []


def test_tables_of_answers_hold_no_time_but_whole_hours_due(after):
    tables = settings.TABLES_IN_KEY_ORDER & set(after.later)
    times = [(table, at) for table, at in instants({table: after.later[table] for table in tables})]
    assert [(table, at) for table, at in times if table != "consultation_answer" or at.minute or at.second] == []


def test_a_send_touches_no_other_table(after):
    """What a visit leaves is its response, its text and, for some, its receipt: nothing in queues, caches, sessions."""
    changed = {table for table, rows in after.dump.items() if rows != after.empty[table]}
    assert changed == {"consultation_response", "consultation_answer", "consultation_receipt"}


def test_sqlite_keeps_tables_of_answers_without_rowid(after):
    if after.vendor != "sqlite":
        return
    assert set(after.key_order) == settings.TABLES_IN_KEY_ORDER
    assert {name for name, sql in after.key_order.items() if not sql.endswith("WITHOUT ROWID")} == set()


def test_no_order_of_arrival_is_left(after):
    """The rows stand in the order of their random keys, and where a database keeps transactions, in that of batches of
    keys."""
    keys = [row[0].replace("-", "") for row in after.places]
    assert keys == sorted(keys)
    batches = [tuple(row[2:]) for row in after.places]
    assert len(list(groupby(batches))) == len(set(batches)) <= PEOPLE / 10
    rank = {key.replace("-", ""): number for number, key in enumerate(after.arrived)}
    assert abs(spearmanr([rank[key] for key in keys], range(PEOPLE)).statistic) < CHANCE


def test_postgresql_would_tell_the_order_without_the_sweep(after):
    """That is: the test above can fail. `xmin` counts transactions up."""
    rank = {key.replace("-", ""): number for number, key in enumerate(after.arrived)}
    told = [int(row[2]) for row in after.places_before] if after.vendor == "postgres" else range(PEOPLE)
    found = spearmanr([rank[row[0].replace("-", "")] for row in after.places_before], told).statistic
    assert found > 0.99 if after.vendor == "postgres" else abs(found) < CHANCE


def test_no_column_no_hidden_column_and_no_order_joins_answers_to_visitors(after):
    tried = list(attacks(after.rows, after.arrived))
    assert {"consultation_response", "consultation_answer", "consultation_screening"} <= {one[0] for one in tried}
    assert [one for one in tried if abs(one[2]) > CHANCE or one[3] > LUCK] == []


def test_before_the_sweeps_only_what_postgresql_adds_would_tell(after):
    """That is: the attack can succeed."""
    told = {one[1] for one in attacks(after.rows_before, after.arrived) if abs(one[2]) > CHANCE or one[3] > LUCK}
    told -= {"length of ~ctid", "length of ~xmin"}  # which follow from them
    assert told == (set() if after.vendor == "sqlite" else {"~ctid", "~xmin", "the order of the rows"})


def test_the_places_of_rows_in_sqlites_file_tell_no_order(after):
    """It was written anew in key order: tests/house/test_dump_attacker.py shows what it tells else."""
    if after.vendor != "sqlite":
        return
    [now] = [content for path, content in after.files.items() if path.endswith(".sqlite3")]
    share, pairs = told_by_places(now, after.arrived)
    assert pairs > 1000 and abs(share - 0.5) < 0.1


def test_no_log_names_an_answer(after):
    assert [key for key in after.arrived if key in after.logs or key.replace("-", "") in after.logs] == []
