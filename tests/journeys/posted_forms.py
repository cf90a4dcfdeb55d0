"""`python -m tests.journeys.posted_forms WHO EXAMPLES`: posts odd values to every form that this member of the demo's staff,
or "nobody", is shown. Each post is rolled back. Prints JSON: {"forms": [address], "errors": [what answered 500]}."""

import json
import re
import sys
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import urldefrag, urljoin, urlsplit

import django

django.setup()

from bs4 import BeautifulSoup  # noqa: E402
from django.conf import settings as site  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import Resolver404, resolve  # noqa: E402
from hypothesis import HealthCheck, Phase, given, seed, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

from cms.accounts.models import User  # noqa: E402

STARTS = {
    True: ("/insights/", "/staff/", "/accounts/", "/staff/reading/", "/staff/safeguarding/"),
    False: ("/en/", "/ur/", "/en/panel/", "/en/kiosk/", "/accounts/login/", "/accounts/password/reset/"),
}  # of somebody who has signed in, and of nobody: whose forms are the same for everybody
MOST_PAGES = 400
ALIKE = 2  # pages of one route: a list with rows and one without show other forms
SLUG = re.compile(r"(?<=/have-your-say/)[^/]+|(?<=/news/)[^/]+")
LEAVES = ("/accounts/logout/", "/staff/logout/")
ODD = [
    "", " ", "\0", "a\0b", "-1", "0", "1e999", "nan", str(2**63), "9" * 5000, "²", "٣٤", "2026-13-99", "99:99", "0001-01-01",
    "\u202eabc", "<script>x</script>", "=1+1", "%s{0}", "' OR 1=1 --", "00000000-0000-0000-0000-00000000000g",
    "../../etc/passwd", "{}", "[", "null", "a@b@c", "https://[", "👩‍👩‍👧", "e\u0301" * 300, "x" * 100_000, "a\r\nX-Odd: 1",
]  # fmt: skip


@dataclass
class Form:
    page: str
    action: str
    values: dict = field(default_factory=dict)
    files: list = field(default_factory=list)


def read_forms(path, html):
    for tag in BeautifulSoup(html, "html.parser").find_all("form"):
        if tag.get("method", "get").lower() != "post":
            continue
        form = Form(path, urldefrag(urljoin(path, tag.get("action") or path)).url)
        for part in tag.select("input[name], select[name], textarea[name], button[name]"):
            read_control(form, part)
        yield form


def read_control(form, part):
    name, kind = part["name"], part.get("type", "")
    if kind == "file":
        form.files.append(name)
    elif part.name == "select":
        form.values[name] = [option.get("value", "") for option in part.find_all("option")]
    elif part.name == "textarea":
        form.values[name] = [part.get_text()]
    else:
        form.values.setdefault(name, []).append(part.get("value", "on"))


def find_forms(client, signed_in):
    """Forms of every kind of page that links lead to, one of each action and set of fields."""
    waiting, routes, found, pages = list(STARTS[signed_in]), {}, {}, 0
    while waiting and pages < MOST_PAGES:
        path = waiting.pop(0)
        route = route_of(path)
        if route is None or routes.get(route, 0) >= ALIKE or path.startswith(LEAVES):
            continue
        routes[route] = routes.get(route, 0) + 1
        with rolled_back():
            reply = client.get(path, follow=True)
        if reply.status_code != 200 or reply.streaming or not reply["Content-Type"].startswith("text/html"):
            continue
        pages += 1
        html = reply.content.decode()
        here = reply.request["PATH_INFO"]
        for form in read_forms(here, html):
            if not urlsplit(form.action).netloc and not form.action.startswith(LEAVES):
                found.setdefault((route_of(form.action), *sorted(form.values), *form.files), form)
        links = (
            urldefrag(urljoin(here, link["href"])).url for link in BeautifulSoup(html, "html.parser").select("a[href]")
        )
        waiting += [link for link in links if link.startswith(tuple({start[:3] for start in STARTS[signed_in]}))]
    return list(found.values())


def route_of(path):
    try:
        found = resolve(urlsplit(path).path)
    except (Resolver404, ValueError):
        return None
    of_a_page = found.url_name == "wagtail_serve"  # Wagtail has one route for all pages
    return SLUG.sub("N", urlsplit(path).path) if of_a_page else found.route


class rolled_back:  # noqa: N801  (reads as a sentence)
    def __enter__(self):
        self.within = transaction.atomic()
        self.within.__enter__()

    def __exit__(self, *failure):
        if failure[0] is None:
            transaction.set_rollback(True)
        self.within.__exit__(*failure)


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
    return st.fixed_dictionaries(fields), st.fixed_dictionaries(
        {name: st.tuples(names, contents) for name in form.files}
    )


def upload(name, content):
    made = BytesIO(content)
    made.name = name
    return made


def post_odd_values(client, form, examples):
    """What answered with an error of the server: (address, values), the smallest found."""
    values, files = draw_values(form)
    fallen = []

    @seed(1)
    @settings(max_examples=examples, deadline=None, database=None, phases=[Phase.generate, Phase.shrink],
              suppress_health_check=list(HealthCheck), report_multiple_bugs=False)  # fmt: skip
    @given(values, files)
    def post(drawn, uploads):
        sent = drawn | {name: [upload(*one)] for name, one in uploads.items()}
        with rolled_back():
            reply = client.post(form.action, sent)
        if reply.status_code >= 500 and reply.status_code != 503:
            fallen[:] = [f"{form.page} -> {form.action} {reply.status_code}: {str(drawn)[:600]} {why(reply)}"]
            raise AssertionError(fallen[0])

    try:
        post()
    except AssertionError:
        return fallen
    return []


def why(reply):
    kind, value, _ = getattr(reply, "exc_info", None) or (None, "", None)
    return f"{getattr(kind, '__name__', '')}: {str(value)[:300]}"


def main(who, examples):
    site.ALLOWED_HOSTS = ["*"]
    client = Client(raise_request_exception=False)
    if who != "nobody":
        client.force_login(
            User.objects.get(email=f"{who}@example.org"), backend="django.contrib.auth.backends.ModelBackend"
        )
    forms = find_forms(client, signed_in=who != "nobody")
    errors = [line for form in forms for line in post_odd_values(client, form, examples)]
    return {"forms": sorted({form.action for form in forms}), "errors": errors}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]))))
