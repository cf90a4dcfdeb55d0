"""Each role has a guide whose links it may follow and whose pictures are there, and Help opens it where it belongs."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import RequestFactory
from django.urls import reverse
from PIL import Image

from cms.accounts.roles import ROLES
from cms.staff.consultation_home.rooms import list_rooms
from cms.staff.guides.guides import find_part, list_guides
from cms.staff.menu import ITEMS, PermittedMenuItem
from tests import factories
from tests.gallery.guide_pictures import DRAWN
from tests.house.test_roles import crawl

pytestmark = pytest.mark.any_database
PARTS = [part for guide in list_guides() for part in guide.parts]
MOST_BYTES = 1_000_000
MOST_WORDS = 130  # of a part


def test_each_role_has_one_guide():
    assert [guide.role for guide in list_guides()] == [*ROLES]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: f"{part.role}-{part.slug}")
def test_a_part_is_short_and_has_its_picture(part):
    assert 1 <= len(part.says) <= 5 and len(" ".join(part.says).split()) <= MOST_WORDS
    assert Image.open(finders.find(part.picture)).size == DRAWN


def test_the_pictures_are_small_together_and_each_is_shown():
    folder = Path(settings.BASE_DIR) / "cms" / "static" / "staff" / "guides"
    assert {f"staff/guides/{file.name}" for file in folder.iterdir()} == {part.picture for part in PARTS}
    assert sum(file.stat().st_size for file in folder.iterdir()) < MOST_BYTES


@pytest.mark.parametrize("role", ROLES)
def test_its_role_may_follow_every_link(client_as, role):
    client = client_as(role)
    shown = BeautifulSoup(client.get(f"/staff/guides/{role}/").content, "html.parser")
    links = [link["href"] for link in shown.find_all("a", class_="btn")]
    assert len(links) == len(shown.find_all("section", class_="guide")) > 1
    assert [link for link in links if client.get(link).status_code != 200] == []
    inside = {link["href"].removeprefix("#") for link in shown.find_all("a", href=re.compile("^#"))} - {"main"}
    assert inside == {section["id"] for section in shown.find_all("section", class_="guide")}


def test_each_page_of_a_part_is_an_address_of_the_site():
    routes = [f"/{route}" for route, _ in crawl()]
    assert [page for part in PARTS for page in part.pages if not any(one.startswith(page) for one in routes)] == []


@pytest.mark.parametrize(
    ("role", "page", "part"),
    [
        ("engagement_officer", "/staff/start/blank/", "begin"),
        ("engagement_officer", "/staff/translations/7/ur/", "languages"),
        ("engagement_officer", "/insights/manage/results/7/", "results"),
        ("moderator", "/staff/reading/", "read"),
        ("moderator", "/staff/reading/guide/", "guide"),
        ("planner", "/insights/decisions/lights/", "decide"),
        ("planner", "/insights/themes/", "reports"),
        ("engagement_officer", "/insights/decisions/lights/", "reports"),
        ("safeguarding_lead", "/staff/consultations/parks/approval/", "check"),
        ("facilitator", "/staff/tablets/7/", "tablet"),
    ],
)
def test_help_opens_the_part_that_is_about_the_page(client_as, role, page, part):
    client = client_as(role)
    assert find_part(client.user, page).slug == part
    assert client.get("/staff/guides/", {"from": page}).url == f"/staff/guides/{role}/#{part}"


AT_THE_TOP = {
    "engagement_officer": ("/staff/copied-texts/", "/staff/allow-list/", "/staff/hear-by-right/"),
    "moderator": ("/insights/", "/staff/imports/", "/staff/paper/", "/staff/sessions/"),
    "safeguarding_lead": ("/insights/", "/staff/reading/seeded-answers/", "/staff/sessions/"),
}  # beside the pages that say whether the site runs


# Of whole rooms and of a verb: their parts say what is done there.
NAMED_OTHERWISE = {"Edit", "Insights", "Launch checklist", "Reading"}


def find_stems(words):
    return {word[:4] for word in re.findall(r"[a-z]{4,}", words.lower())}


@pytest.mark.parametrize("role", ROLES)
def test_help_of_each_menu_item_and_door_opens_what_is_about_it_or_the_top(client_as, role, home):
    """It opened the first part of the role, such as “Begin a consultation” beside a decision, or one that said nothing of
    the page, such as “When a child tells you something” beside a tablet."""
    client, page = client_as(role), factories.consultation(home)[0]
    request = RequestFactory().get("/")
    request.user = client.user
    named = [(item[0], reverse(item[1])) for item in ITEMS if PermittedMenuItem(*item).is_shown(request)]
    named += [(link.label, link.url) for room in list_rooms(page, page.state, client.user) for link in room.pages]
    for label, there in named:
        opened = client.get("/staff/guides/", {"from": there}).url
        part = find_part(client.user, there)
        if part is None:
            assert opened == f"/staff/guides/{role}/"
        else:
            assert opened.endswith(f"/{role}/#{part.slug}") and any(map(there.startswith, part.pages))
            said = find_stems(" ".join([part.title, *part.says]))
            assert find_stems(label) & said or label in NAMED_OTHERWISE, f"“{part.title}” says nothing of {label}"
    unfit = [there for _, there in named if find_part(client.user, there) is None]
    expected = ("/staff/launch/", "/staff/running/", *AT_THE_TOP.get(role, ()))
    assert [there for there in unfit if not there.startswith(expected)] == []


@pytest.mark.parametrize("page", ["/staff/", "/staff/consultations/", "/insights/", "/staff/reading/waiting/"])
def test_every_shell_has_help_that_names_its_page(client_as, page):
    client = client_as("moderator" if "reading" in page else "engagement_officer")
    html = client.get(page).content.decode()
    there = f"/staff/guides/?from={page.replace('/', '%2F')}"
    assert there in html or f"/staff/guides/?from={page}" in html


def test_whoever_has_no_role_reads_all_and_follows_none(client_as):
    client = client_as()
    shown = client.get("/staff/guides/", {"from": "/staff/"}).content.decode()
    assert all(f"/staff/guides/{role}/" in shown for role in ROLES)
    assert "Go there" not in client.get("/staff/guides/planner/").content.decode()
    assert client.get("/staff/guides/king/").status_code == 404
