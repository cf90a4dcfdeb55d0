"""No id in an address makes the site fall over: huge, negative, of another kind or encoding, whoever asks; and no form of
Wagtail's that came incomplete. (Posts to such ids: tests/journeys/test_every_post.py.)"""

import re
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.datastructures import MultiValueDictKeyError
from wagtail.models import Page

from cms.accounts.roles import ROLES
from cms.operations.security.malformed_requests import MalformedRequestMiddleware
from cms.site.pages.models import InformationPage
from consultation.surveys.models import ConsultationIndexPage
from tests import factories
from tests.databases import as_on_postgresql
from tests.house.test_roles import PUBLIC, SIGNED_IN, crawl, is_wagtails, who

pytestmark = pytest.mark.any_database

CAPTURE = re.compile(r"<(?:(?P<kind>\w+):)?\w+>|\(\?P<\w+>[^()]*(?:\([^()]*\)[^()]*)*\)|\((?!\?)[^()]*\)")
ODD = {
    "zero": "0",
    "negative": "-1",
    "past 32 bits": str(2**31),
    "past 64 bits": str(2**63),
    "far past": "9" * 60,
    "more digits than are read": "9" * 5000,
    "digits of another script": quote("٣٤"),
    "half a digit": quote("²"),
    "no uuid": "00000000-0000-0000-0000-00000000000g",
    "uuid of zeros": "00000000-0000-0000-0000-000000000000",
    "uuid without dashes": "f" * 32,
    "nothing": "%00",
    "nothing within": "a%00b",
    "broken encoding": "%ff%fe",
    "half a pair": "%ed%a0%80",
    "up": "..%2f..%2fetc",
    "line": "a%0d%0aX-Odd:%201",
    "quote": "%27%22%3Chx-1%3E",
    "format": "%25s%7B0%7D",
    "long": "a" * 3000,
    "written right to left": quote("\u202eabc"),
}
ROUTES = sorted({(route, module) for route, module in crawl() if CAPTURE.search(route)})


def reaches(role, route, module):
    """Whether a view looks for the id: who is turned away before is tried in test_roles."""
    allowed = who(route)
    if is_wagtails(route, module):
        return role is None or "wagtailadmin.access_admin" in ROLES[role].permissions
    return allowed == PUBLIC if role is None else allowed in (PUBLIC, SIGNED_IN) or role in allowed


def paths(route, odd, page):
    """The route with the odd value in each captured part, and in the last alone."""
    plain = re.sub(r"\\Z|\\(?=[./-])|[$^]", "", route)
    real = {"int": str(page.pk), "slug": page.slug, "str": "en"}

    captures = list(CAPTURE.finditer(plain))
    all_odd = CAPTURE.sub(lambda found: odd, plain)
    if len(captures) < 2:
        return [f"/{all_odd}"]
    last, text = captures[-1], plain
    before = CAPTURE.sub(lambda found: real.get(found["kind"] or "", str(page.pk)), text[: last.start()])
    return [f"/{all_odd}", f"/{before}{odd}{text[last.end() :]}"]


@pytest.fixture
def page(home):
    return factories.consultation(home, items=[factories.question("a", options=("y", "n"))])[0]


def falls(client, page, role):
    """Each route with the odd ids in turn, and with one that no column holds."""
    turn = [*ROLES, None].index(role)
    names = list(ODD)
    for place, (route, module) in enumerate(ROUTES):
        if not reaches(role, route, module):
            continue
        in_turn = [names[(place * 5 + turn + step * 7) % len(names)] for step in range(2)]
        for name in ["past 64 bits", *in_turn]:
            for path in paths(route, ODD[name], page):
                reply = client.get(path)
                if reply.status_code >= 500 and reply.status_code != 503:
                    yield f"{name}: {path[:200]}: {reply.status_code}"


def test_there_are_many_addresses_with_an_id():
    assert len(ROUTES) > 250
    parks = SimpleNamespace(pk=3, slug="parks")
    assert paths("a/<int:pk>/b/<slug:name>/", "ODD", parks) == ["/a/ODD/b/ODD/", "/a/3/b/ODD/"]
    assert paths(r"^a/(\d+)/(.*)$", "ODD", parks) == ["/a/ODD/ODD", "/a/3/ODD"]


@pytest.mark.slow
@pytest.mark.parametrize("role", [*ROLES, None])
def test_no_malformed_id_makes_a_page_fall_over(page, client_as, role):
    client = client_as(role) if role else Client()
    client.raise_request_exception = False
    with connection.execute_wrapper(as_on_postgresql):
        assert "\n".join(falls(client, page, role)) == ""


def test_a_form_of_wagtails_without_its_hidden_fields_is_a_bad_request(home, client_as):
    officer = client_as("engagement_officer")
    officer.raise_request_exception = False
    index = ConsultationIndexPage.objects.get()
    address = reverse("wagtailadmin_pages:add", args=["consultation", "consultationpage", index.pk])
    assert officer.post(address, {"title": "Parks", "slug": "parks"}).status_code == 400
    for body in ("{", "[1]"):
        broken = officer.post(
            reverse("wagtailadmin_pages:add", args=["cms", "informationpage", home.pk]), {"body": body}
        )
        assert broken.status_code == 400 and not InformationPage.objects.filter(title="Parks").exists()


@pytest.mark.parametrize("name", ["lock", "unlock", "set_page_position", "move_confirm"])
def test_the_root_of_all_pages_is_not_moved_or_locked(home, client_as, name):
    root = Page.objects.get(depth=1)
    args = [root.pk, home.pk] if name == "move_confirm" else [root.pk]
    assert client_as("engagement_officer").post(reverse(f"wagtailadmin_pages:{name}", args=args)).status_code == 404


@pytest.mark.parametrize(
    "name", ["wagtailadmin_choose_page_external_link", "wagtailsnippetchoosers_consultation_helpentry:create"]
)
def test_a_chooser_without_its_fields_is_a_bad_request(home, client_as, name):
    assert client_as("engagement_officer").post(reverse(name)).status_code == 400


def test_a_nul_in_an_address_of_respondents_is_not_found_on_postgresql_too(home):
    with connection.execute_wrapper(as_on_postgresql):
        assert Client().get("/en/have-your-say/%00/").status_code == 404


@pytest.mark.parametrize("address", ["/insights/decisions/?consultation=%00", "/en/search/?q=a%00b"])
def test_a_nul_in_a_query_is_a_bad_request(home, client_as, address):
    assert client_as("planner").get(address).status_code == 400


def test_an_error_of_our_own_is_told_as_an_error(rf):
    middleware = MalformedRequestMiddleware(lambda request: None)
    asked = {"ours": rf.post("/"), "read": rf.get("/")}
    asked["ours"].resolver_match = SimpleNamespace(view_name="insights:home")
    asked["read"].resolver_match = SimpleNamespace(view_name="wagtailadmin_pages:add")
    assert all(middleware.process_exception(each, MultiValueDictKeyError("a")) is None for each in asked.values())
