"""Robots rules, feeds and link previews agree on every public address."""

import re
from xml.etree import ElementTree

import pytest
from django.test import Client
from wagtail.models import Page

from consultation.respondent_pages.live_status import live_status
from consultation.respondent_pages.robots_policy import may_be_indexed
from tests.factories import consultation, question
from tests.house.test_respondent_headers import walk

pytestmark = pytest.mark.any_database

NEVER = (
    "/en/have-your-say/parks/answer/", "/en/help/", "/en/search/", "/en/safer/", "/en/receipt/", "/en/receipt/words/",
    "/en/contact/", "/en/kiosk/", "/en/have-your-say/parks/code/", "/go/abcd/", "/staff/", "/en/feeds/news.xml",
)  # fmt: skip


@pytest.mark.parametrize("path", NEVER)
def test_these_are_never_indexed(path):
    assert not may_be_indexed(path)


@pytest.mark.parametrize(
    "path", ["/en/", "/ur/news/lamps/", "/pl/you-said-we-did/", "/en/have-your-say/parks/", "/en/accessibility/"]
)
def test_these_may_be_once_the_site_is_live(path):
    assert may_be_indexed(path)
    assert not may_be_indexed(path, "page=2")
    live_status.set(False, seconds=60)
    assert not may_be_indexed(path)


@pytest.fixture
def site(db):
    from cms.site.pages.site_setup import ensure_site

    home = ensure_site(("en", "ur"))
    return consultation(home, items=[question("a", "single", ["Parks", "Town"])])


def mapped(client):
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    found = [node.text for node in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    return [re.sub(r"^https?://[^/]+", "", address) for address in found]


@pytest.mark.slow
def test_every_public_address_says_the_same_in_header_page_card_and_map(site):
    client = Client(raise_request_exception=False)
    seen = walk(client, ["/en/"], "/en/")
    in_map = set(mapped(client))
    assert "/en/have-your-say/parks/" in in_map and "/ur/news/" in in_map
    for path in sorted(set(seen) | in_map | {page.get_url_parts()[2] for page in Page.objects.live().filter(depth=3)}):
        answer = client.get(path)
        html = answer.content.decode("utf-8", "replace") if "html" in answer.get("Content-Type", "") else ""
        may = answer.status_code == 200 and may_be_indexed(path)
        assert answer["X-Robots-Tag"].startswith("noindex") is not may, path
        assert (path in in_map) is may, path
        if html:
            assert ('name="robots" content="noindex"' in html) is not may, path
            assert ("og:title" in html) is may, path
            assert may or "application/atom+xml" not in html, path


@pytest.mark.slow
def test_until_the_site_is_live_nothing_is_told(site, client):
    live_status.set(False, seconds=60)
    assert mapped(client) == []
    assert client.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"
    assert client.get("/en/feeds/open.xml").status_code == 404
    assert 'content="noindex"' in client.get("/en/").content.decode()


def test_feeds_lead_only_where_a_robot_may_go(site, client):
    for name, wanted in (("open", "/en/have-your-say/parks/"), ("news", None), ("results", None), ("decided", None)):
        answer = client.get(f"/en/feeds/{name}.xml")
        assert answer["Content-Type"].startswith("application/atom+xml") and not answer.cookies
        tree = ElementTree.fromstring(answer.content)
        links = [node.get("href") for node in tree.iter("{http://www.w3.org/2005/Atom}link")]
        paths = [re.sub(r"^https?://[^/]+|#.*", "", link) for link in links]
        assert all(may_be_indexed(path) or path.startswith("/en/feeds/") for path in paths)
        assert wanted is None or wanted in paths
    assert client.get("/en/feeds/none.xml").status_code == 404


def test_robots_are_shown_the_map_and_not_the_staff_pages(site, client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /staff/" in text and "Sitemap: http" in text and "Disallow: /\n" not in text
