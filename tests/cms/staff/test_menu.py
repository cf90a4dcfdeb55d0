"""The staff menu of each role is short, ordered by use, and complete."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.admin.menu import SubmenuMenuItem, admin_menu

from cms.staff.menu import GROUPS
from tests import factories

pytestmark = pytest.mark.any_database

NAMED = {name for _, _, _, names in GROUPS for name in names}


@pytest.fixture
def menu_of(rf, home, person):
    def made(role):
        request = rf.get("/staff/")
        request.user = person(role)
        return request, admin_menu.menu_items_for_request(request)

    return made


@pytest.mark.parametrize("role", ["engagement_officer", "safeguarding_lead", "administrator"])
def test_each_door_that_a_role_may_open_stands_there_once(menu_of, role):
    request, items = menu_of(role)
    inside = [door for item in items if isinstance(item, SubmenuMenuItem) for door in item.menu.registered_menu_items]
    shown = [item.name for item in [*items, *inside]]
    may = {item.name for item in admin_menu.registered_menu_items if item.is_shown(request)}
    assert may <= set(shown) and len(shown) == len(set(shown))


def test_an_officers_menu_is_short(menu_of):
    _, items = menu_of("engagement_officer")
    labels = [item.label for item in sorted(items, key=lambda item: item.order)]
    assert len(labels) <= 15, labels
    assert labels[:2] == ["Consultations", "Start a consultation"]
    assert {"Questions and words", "While it runs"} <= set(labels)


def test_every_door_of_a_group_exists(home):
    assert {item.name for item in admin_menu.registered_menu_items} >= NAMED


def links_of(response):
    side = BeautifulSoup(response.content, "html.parser").find("nav", {"aria-label": "All rooms"})
    return {link["href"]: link.get("aria-current") for link in side.select("li a")} if side else None


@pytest.mark.parametrize(
    "role, path",
    [
        ("engagement_officer", "/staff/consultations/"),
        ("engagement_officer", "/insights/releases/"),
        ("engagement_officer", "/staff/translations/"),
        ("safeguarding_lead", "/staff/safeguarding/"),
        ("administrator", "/staff/people/"),
        ("planner", "/insights/"),
        ("auditor", "/staff/audit/"),
        ("facilitator", "/staff/sessions/"),
        ("moderator", "/staff/imports/"),
        ("moderator", "/staff/paper/"),
    ],
)
def test_every_staff_page_shows_the_items_of_wagtails_sidebar_and_where_one_is(menu_of, client, role, path):
    request, items = menu_of(role)
    inside = [link for item in items if hasattr(item, "menu") for link in item.menu.menu_items_for_request(request)]
    wagtails = {item.url for item in [*items, *inside] if item.url.startswith("/") and "/guides/" not in item.url}
    client.force_login(request.user)
    links = links_of(client.get(path))
    assert set(links) == wagtails
    here = [url for url, current in links.items() if current]
    assert len(here) == 1 and path.startswith(here[0])


@pytest.mark.parametrize("room", ["validation:one", "editor:map", "editor:changes"])
def test_a_room_of_a_consultation_without_a_link_of_its_own_is_of_the_consultations(client_as, home, room):
    """No link was current, and the head of the page said the site's name."""
    page, _ = factories.consultation(home)
    links = links_of(client_as("engagement_officer").get(reverse(room, args=[page.pk])))
    assert [url for url, current in links.items() if current] == [reverse("consultations:list")]


def test_a_desk_has_no_sidebar(client, home, person):
    client.force_login(person("moderator"))
    assert links_of(client.get("/staff/reading/done/")) is None
    assert links_of(client.get("/staff/sessions/"))["/staff/reading/"] is None, "the way to the desk"


def test_before_signing_in_there_is_no_menu(client, home):
    assert links_of(client.get("/accounts/login/")) is None
