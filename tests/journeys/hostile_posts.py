"""`python -m tests.journeys.hostile_posts WHO EXAMPLES`: sends odd bodies as this member of the demo's staff, or as
"nobody", to each address that is open to them: what they are shown a form for, a search too, and by POST all else of the
URL conf. What they are shown a form for is posted, too, by everyone to whom the table of roles closes it. Each is rolled
back.

Prints JSON: {"forms": [address], "others": number of other addresses that take a POST, "refused": number of posts by those
who may not, "errors": [what went wrong]}.
"""

import json
import random
import re
import sys
import uuid
from contextlib import contextmanager
from io import BytesIO
from urllib.parse import urlsplit

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.conf import settings as site  # noqa: E402
from django.db import DataError, connection, models  # noqa: E402
from django.db.backends.postgresql.operations import DatabaseOperations as PostgreSQL  # noqa: E402
from django.db.models.signals import pre_save  # noqa: E402
from django.test import Client  # noqa: E402
from hypothesis import HealthCheck, Phase, given, seed, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402
from hypothesis.errors import Flaky  # noqa: E402

from cms.accounts.models import User  # noqa: E402
from tests.databases import as_on_postgresql  # noqa: E402
from tests.house import test_malformed_requests as malformed_ids  # noqa: E402
from tests.house.hostile_inputs import BOUNDARY, alive  # noqa: E402
from tests.house.test_roles import PUBLIC, crawl, is_denied  # noqa: E402
from tests.house.test_roles import who as who_may  # noqa: E402
from tests.journeys.posted_forms import LEAVES, find_forms, rolled_back, route_of  # noqa: E402

STAFF = {
    "nobody": None,
    "officer1": "engagement_officer",
    "reader1": "moderator",
    "lead1": "safeguarding_lead",
    "planner": "planner",
    "partner": "partner_viewer",
    "facilitator": "facilitator",
    "administrator1": "administrator",
    "auditor": "auditor",
}
ODD = [
    "", " ", "\0", "a\0b", "-1", "0", "1e999", "nan", str(2**31), str(2**63), "9" * 5000, "²", "٣٤", "2026-13-99", "99:99",
    "0001-01-01", "9999-12-31", "\u202eabc", "<script>hx1()</script><hx-1>", '"><hx-1 onmouseover="hx1()"', "'><hx-1>",
    "javascript:hx1()", "</textarea><hx-1>", "=1+1", "%s{0}", "' OR 1=1 --", "00000000-0000-0000-0000-00000000000g",
    "../../etc/passwd", "{}", "[]", "[",
    "null", "[[[1]]]", '{"a": {"b": [null]}}', "a@b@c", "https://hx1.example/", "//hx1.example/", "https://[",
    "👩‍👩‍👧",
    "e\u0301" * 300, "x" * 300, "x" * 100_000, "a\r\nX-Odd: 1",
]  # fmt: skip
RAW = [
    ("application/json", b'{"b": "<hx-1>", "do": ["a", {}]}'), ("application/json", b"[" * 5000), ("text/xml", b"<hx-1/>"),
    ("multipart/form-data", b""), (f"multipart/form-data; boundary={BOUNDARY}", b"--" + BOUNDARY.encode() + b"\r\n\r\n"),
    ("application/x-www-form-urlencoded; charset=nonsense", b"do=%ff&=&%zz&a=%00"), ("", b"\x89PNG"),
    ("application/x-www-form-urlencoded", b"do=%ed%b2%80"), ("a/b;" * 40, b"do=a"),
    ("application/x-www-form-urlencoded", b"&".join(b"f%d=1" % n for n in range(2000))),
]  # fmt: skip
WRITES = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|REPLACE INTO|UPDATE|DELETE FROM)\s+"?(\w+)')
BY_THE_WAY = {"django_session", "staff_sign_in_limits"}  # which request of staff it was, and how many they made
FALLEN = {500, 501, 502, 504}
TEXTS = (models.CharField, models.SlugField, models.URLField)


def refuse_what_is_too_long(instance, **_):
    """Refuse, as PostgreSQL does, what is longer or larger than its column."""
    for part in instance._meta.local_concrete_fields:
        value = part.value_from_object(instance)
        if isinstance(value, str) and isinstance(part, TEXTS) and len(value) > (part.max_length or len(value)):
            raise DataError(f"{part}: value too long for type character varying({part.max_length})")
        _, most = PostgreSQL.integer_field_ranges.get(part.get_internal_type(), (0, None))
        if type(value) is int and most is not None and value > most:
            raise DataError(f"{part}: integer out of range")


@contextmanager
def written():
    """The tables to which anything is written meanwhile."""
    tables = []

    def note(execute, sql, params, many, context):
        if (found := WRITES.match(sql)) and found[1] not in BY_THE_WAY:
            tables.append(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield tables


def draw_values(form):
    """A strategy of what may be posted: each field as it stood, one of its choices, odd, random, twice or missing."""
    odd = st.sampled_from(ODD) | st.text(max_size=40)
    fields = {
        name: st.one_of(
            st.just(old),
            st.just(old[:1]),
            st.sampled_from(old or [""]).map(lambda one: [one]),
            st.lists(odd, min_size=1, max_size=2),
            st.just([]),
        )  # fmt: skip
        for name, old in form.values.items()
    }
    contents = st.binary(max_size=60) | st.sampled_from(
        [b"PK\x03\x04", b"a,b\n1,2\n", b"\xff\xfe", b'msgid "a"\nmsgstr "b"']
    )
    names = st.sampled_from(["a.csv", "a.xlsx", "a.po", "a.json", "a.png", "\u202ea", "." * 200])
    files = {name: st.tuples(names, contents) for name in form.files}
    return st.tuples(st.fixed_dictionaries(fields), st.fixed_dictionaries(files))


def draw_body(form):
    """Now and then no form at all, or of another kind than was said."""
    if form.method == "get":
        return draw_values(form)
    return st.one_of(draw_values(form), draw_values(form), draw_values(form), st.sampled_from(RAW))


def known_ids():
    """{kind of converter: ids that rows of the demo have}."""
    slugs, keys = set(), set()
    for model in apps.get_models():
        for part in model._meta.local_concrete_fields:
            if isinstance(part, models.SlugField):
                slugs.update(model._base_manager.values_list(part.name, flat=True)[:8])
        if isinstance(model._meta.pk, models.UUIDField):
            keys.update(map(str, model._base_manager.values_list("pk", flat=True)[:3]))
    return {
        "slug": sorted(slugs - {""}),
        "uuid": sorted(keys) or [str(uuid.UUID(int=7))],
        "str": ["en", "ur", "csv", "draft"],
    }


def draw_address(route, ids):
    """The route with ids of rows that are there, and now and then odd ones."""
    plain = re.sub(r"\\Z|\\(?=[./-])|[$^]", "", route)
    parts, after = [], 0
    for found in malformed_ids.CAPTURE.finditer(plain):
        known = ids.get(found["kind"])
        real = st.sampled_from(known) if known else st.integers(1, 60).map(str)
        parts += [
            st.just(plain[after : found.start()]),
            st.one_of(real, real, st.sampled_from([*malformed_ids.ODD.values()])),
        ]
        after = found.end()
    return st.tuples(*parts, st.just(plain[after:])).map(lambda drawn: "/" + "".join(drawn))


def send(client, method, address, body):
    first, second = body
    if isinstance(first, str):
        return client.generic("POST", address, second, content_type=first)
    return getattr(client, method)(address, first | {name: [upload(*one)] for name, one in second.items()})


def upload(name, content):
    made = BytesIO(content)
    made.name = name
    return made


def wrong_with(reply, who):
    """What must not be in a reply, if it is."""
    if reply.status_code in FALLEN:
        kind, value, _ = getattr(reply, "exc_info", None) or (None, "", None)
        return f"{reply.status_code} {getattr(kind, '__name__', '')}: {str(value)[:300]}"
    if urlsplit(reply.get("Location", "")).netloc not in ("", "testserver"):
        return f"leads elsewhere: {reply['Location']}"
    if "X-Odd" in reply.headers:
        return "a header was made of a value"
    if who == "nobody" and reply.cookies and not reply.request["PATH_INFO"].startswith(("/accounts/", "/staff/")):
        return "a cookie"
    if not reply.streaming and reply.get("Content-Type", "").startswith("text/html"):
        return [f"came to life: {one}" for one in alive(reply.content.decode())][:1]
    return None


class Siege:
    """Posts of one person, and of all who may not what that person may."""

    def __init__(self, who, examples):
        self.who, self.examples = who, examples
        self.client = signed_in(who)
        self.others = {name: signed_in(name) for name in STAFF if name != who}
        self.routes, self.ids = dict(crawl()), known_ids()
        self.errors, self.taken, self.refused = [], set(), 0

    def send(self, page, method, addresses, bodies, examples):
        """Send examples of bodies to addresses; keep the smallest that went wrong."""
        wrong = []

        @seed(1)
        @settings(max_examples=examples, deadline=None, database=None, phases=[Phase.generate, Phase.shrink],
                  suppress_health_check=list(HealthCheck), report_multiple_bugs=False)  # fmt: skip
        @given(addresses, bodies)
        def post(address, body):
            with rolled_back():
                reply = send(self.client, method, address, body)
                found = wrong_with(reply, self.who)
                if reply.status_code == 302 and not found and not reply["Location"].startswith(("/accounts/", "http")):
                    found = wrong_with(self.client.get(reply["Location"]), self.who)
            if reply.status_code not in (404, 405) and not is_denied(reply):
                self.taken.add(page)
            if found:
                wrong[:] = [f"{self.who}: {page} -> {address[:200]} {str(body)[:600]}: {found}"]
                raise AssertionError(wrong[0])

        try:
            post()
        except (AssertionError, Flaky):
            self.errors += wrong

    def post_by_others(self, form, route):
        """What everyone sends to whom the address is closed: refused, and nothing is written."""
        for name, client in self.others.items():
            if malformed_ids.reaches(STAFF[name], *route):
                continue
            with rolled_back(), written() as tables:
                reply = send(client, "post", form.action, ({key: old[:1] for key, old in form.values.items()}, {}))
            self.refused += 1
            if tables or not (is_denied(reply, route[0]) or reply.status_code in (400, 404, 405)):
                self.errors.append(f"{name} who may not: {form.action}: {reply.status_code}, wrote {tables}")

    def besiege_forms(self, forms):
        """Everything that pages show a form for; returns the routes of these."""
        seen = set()
        for form in forms:
            route = (route_of(form.action) or "").replace("^", "").removesuffix("$")
            there = addresses = st.just(form.action)
            if route in self.routes:
                addresses = st.one_of(there, there, draw_address(route, self.ids))
            self.send(form.page, form.method, addresses, draw_body(form), self.examples)
            if route in self.routes and form.method == "post":
                seen.add(route)
                self.post_by_others(form, (route, self.routes[route]))
        return seen

    def besiege_others(self, seen, names):
        """All else of the URL conf that is open to this person, with fields that other forms have. The first example of a
        strategy is its simplest, so each route has an order of its own of what is simple."""
        self.taken.clear()
        for route in sorted(list_open_routes(self.who) - seen):
            chance = random.Random(route)
            words = st.lists(st.sampled_from(chance.sample(ODD, len(ODD))), min_size=1, max_size=2)
            keys = st.sampled_from(chance.sample(sorted(names), len(names)))
            values = st.tuples(st.dictionaries(keys, words, min_size=4, max_size=6), st.just({}))
            bodies = values | st.sampled_from(RAW)
            self.send(route, "post", draw_address(route, self.ids), bodies, -(-self.examples // 2))


def list_open_routes(who):
    """Routes that are open to this person; those that are open to everyone are nobody's. Not the one that signs out."""
    return {
        route
        for route, module in dict(crawl()).items()
        if not f"/{route}".startswith(LEAVES)
        if who == "nobody" or who_may(route) != PUBLIC
        if malformed_ids.reaches(STAFF[who], route, module)
    }


def signed_in(who):
    client = Client(raise_request_exception=False)
    if who != "nobody":
        user = User.objects.get(email=f"{who}@example.org")
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def main(who, examples):
    site.ALLOWED_HOSTS = ["*"]
    siege = Siege(who, examples)
    forms = find_forms(siege.client, signed_in=who != "nobody")
    pre_save.connect(refuse_what_is_too_long)
    with connection.execute_wrapper(as_on_postgresql):
        seen = siege.besiege_forms(forms)
        siege.besiege_others(seen, {name for form in forms for name in form.values} | {"do"})
    return {
        "forms": sorted({form.action for form in forms if form.method == "post"}),
        "others": len(siege.taken),
        "refused": siege.refused,
        "errors": siege.errors,
    }


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]))))
