"""Every page of respondents has the prescribed headers and no cookie (A4, A5): all links, all forms, all errors."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import override
from wagtail.models import Page

from consultation.channels.web import form_tokens, published_versions, views
from consultation.channels.web.middleware import NOT_RESPONDENT_PREFIXES
from consultation.respondent_pages.robots_policy import may_be_indexed
from tests.domain_tables import RESPONDENT_HEADERS
from tests.factories import consultation, question

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]

# What a page may say beside them: what it is, how long, in which language, where else to go.
BESIDE = {
    "Content-Type",
    "Content-Length",
    "Content-Language",
    "Content-Encoding",
    "Location",
    "Allow",
    "Last-Modified",
}
LINK = re.compile(r'\b(?:href|action)="([^"#]+)')
HOME_OF_NONE = re.compile(r"/(?!en/|ur/)[a-z]+/")
SURVEY = "/en/have-your-say/parks/answer/"
VALUE = re.compile(r'name="(\w+)" value="([\w=.:-]{40,})"')


@pytest.fixture
def site():
    """English and Urdu, with one open survey."""
    from cms.site.pages.site_setup import ensure_site

    published_versions._current_versions.clear()
    home = ensure_site(("en", "ur"))
    page, version = consultation(home, items=[question("a", "single", ["Parks", "Town"]), question("b", "long_text")])
    yield version
    published_versions._current_versions.clear()


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


def check(response, *, thanks=False):
    path = f"{response.request['REQUEST_METHOD']} {response.request['PATH_INFO']} ({response.status_code})"
    found = dict(response.items())
    asked = response.request
    may = asked["REQUEST_METHOD"] in ("GET", "HEAD") and response.status_code == 200
    may = may and may_be_indexed(asked["PATH_INFO"], asked.get("QUERY_STRING", ""))
    # A language without a home page of its own is shown the English one, which is no page to find.
    may = may and not HOME_OF_NONE.fullmatch(asked["PATH_INFO"])
    expected = RESPONDENT_HEADERS | ({"X-Robots-Tag": "noarchive"} if may else {})
    assert {name: found.get(name) for name in RESPONDENT_HEADERS} == expected, path
    more = {"Clear-Site-Data"} if thanks else set()
    more |= {"Vary"} if asked["PATH_INFO"] == "/" else set()  # it leads to the language that the browser asks for
    assert set(found) - set(RESPONDENT_HEADERS) - BESIDE == more, path
    assert not response.cookies, path
    if thanks:
        assert found["Clear-Site-Data"] == '"cache", "storage"'


def links(response, path):
    if "html" not in response.get("Content-Type", ""):
        return set()
    absolute = {
        urlsplit(urljoin(f"http://testserver{path}", found)) for found in LINK.findall(response.content.decode())
    }
    return {
        link.path
        for link in absolute
        if link.netloc == "testserver" and not link.path.startswith(NOT_RESPONDENT_PREFIXES)
    }


def walk(visitor, starts=("/", "/en/", "/ur/"), under="/"):
    """{path: status} of all that can be reached from the two home pages by links."""
    waiting, seen = set(starts), {}
    while waiting:
        path = waiting.pop()
        response = visitor.get(path)
        check(response)
        seen[path] = response.status_code
        found = links(response, path) | ({urlsplit(response["Location"]).path} if "Location" in response else set())
        waiting |= {each for each in found if each.startswith(under)} - set(seen)
    return seen


@pytest.mark.slow
def test_every_page_that_links_lead_to(site, visitor):
    seen = walk(visitor)
    assert {SURVEY, "/en/receipt/", "/en/help/", "/en/contact/", "/ur/receipt/", "/ur/help/"} <= set(seen)
    assert {path for path, status in seen.items() if status >= 500} == set()


@pytest.mark.slow
def test_every_live_page_of_the_tree(site, visitor):
    paths = [page.get_url_parts()[2] for page in Page.objects.live().filter(depth__gte=2)]
    assert len(paths) > 10
    for path in paths:
        check(visitor.get(path))


def named_paths(patterns, before=""):
    """Every address without a variable under the languages' prefix."""
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from named_paths(pattern.url_patterns, path)
        elif isinstance(pattern, URLPattern) and "<" not in path and "(" not in path and "^" not in path:
            yield f"/{path}"


@pytest.mark.parametrize("method", ["get", "head", "post", "options", "delete"])
@pytest.mark.slow
def test_every_address_by_every_method(site, visitor, method):
    with override("en"):
        paths = {
            path for path in named_paths(get_resolver().url_patterns) if not path.startswith(NOT_RESPONDENT_PREFIXES)
        }
    assert {"/en/receipt/", "/en/help/", "/en/you-said-we-did/"} <= paths
    for path in paths | {
        SURVEY,
        "/ur/have-your-say/parks/answer/",
        "/en/",
        "/en/have-your-say/",
        "/en/have-your-say/parks/",
    }:
        response = getattr(visitor, method)(path)
        check(response)
        assert response.status_code < 500, (method, path)


@pytest.mark.slow
def test_the_thank_you_and_the_four_words(site, visitor):
    thanks = visitor.post(SURVEY, {"token": form_tokens.issue_form_token(site.pk), "a": "1", "b": "More lights."})
    check(thanks, thanks=True)
    name, value = VALUE.search(thanks.content.decode()).groups()
    words = visitor.post("/en/receipt/words/", {name: value})
    assert words.status_code == 200
    check(words)
    check(visitor.post("/en/receipt/", {"words": "four words nobody has"}))


def test_a_form_that_comes_back_and_one_that_is_refused(site, visitor):
    for fields, headers, status in (
        ({"token": form_tokens.issue_form_token(site.pk)}, {}, 422),
        ({"token": "made up", "a": "1"}, {}, 422),
        ({"token": form_tokens.issue_form_token(site.pk), "a": "1"}, {"sec-fetch-site": "cross-site"}, 403),
        ({"token": form_tokens.issue_form_token(site.pk), "a": "1"}, {"origin": "https://elsewhere.example"}, 403),
    ):
        response = visitor.post(SURVEY, fields, headers=headers)
        assert response.status_code == status
        check(response)


def test_what_is_not_there_not_allowed_or_not_understood(site, visitor):
    for response, status in (
        (visitor.get("/en/not-here/"), 404),
        (visitor.get("/en/have-your-say/not-here/answer/"), 404),
        (visitor.delete(SURVEY), 405),
        (visitor.put("/en/receipt/words/"), 405),
        (visitor.get("/en/", headers={"host": "elsewhere.example"}), 400),
        (visitor.post(SURVEY, b"a=1&" * 11_000, content_type="application/x-www-form-urlencoded"), 400),
    ):
        assert response.status_code == status, response.request["PATH_INFO"]
        check(response)


def test_a_page_that_breaks(site, visitor, monkeypatch):
    def breaks(request, slug):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(views, "show_survey", breaks)
    response = visitor.get(SURVEY)
    assert response.status_code == 500
    check(response)
    assert b"broken on purpose" not in response.content


def test_a_send_that_breaks_gives_the_form_back(site, visitor, monkeypatch):
    def breaks(**fields):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(views, "submit_response", breaks)
    response = visitor.post(SURVEY, {"token": form_tokens.issue_form_token(site.pk), "b": "Do not lose this."})
    assert response.status_code == 503
    check(response)
    assert b"Do not lose this." in response.content
