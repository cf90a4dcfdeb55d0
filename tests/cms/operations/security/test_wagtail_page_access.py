"""Wagtail's lists, histories, reports, choosers and JSON are for who edits pages."""

import re

import pytest
from django.test import Client
from django.urls import resolve, reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from cms.accounts.roles import ROLES
from cms.operations.security.wagtail_page_access import EDITS, GUARDED_BY_WAGTAIL, HELP_ENTRIES, WITHOUT_PAGES
from tests import factories
from tests.house.test_roles import THEIRS, WAGTAIL_OPEN, address, is_denied

pytestmark = pytest.mark.any_database
WITHOUT = [name for name, role in ROLES.items() if EDITS not in role.permissions]
LEFTOVERS = (
    "/staff/api/main/images/",
    "/staff/api/main/documents/",
    "/staff/api/main/pages/",
    "/staff/choose-page/",
    "/staff/choose-external-link/",
    "/staff/images/chooser/",
    "/staff/documents/chooser/",
    "/staff/embeds/chooser/",
    "/staff/localize/reports/translations/",
    "/staff/reports/site-history/",
    "/staff/reports/aging-pages/",
)


@pytest.fixture
def things(home):
    """Rows of which an address that names them would show something: (page, picture, document)."""
    page, version = factories.consultation(home, items=[factories.question("a", options=("y", "n"))])
    page.save_revision()
    picture = get_image_model().objects.create(title="A picture", file=get_test_image_file())
    document = get_document_model().objects.create(title="A sound", file="documents/a.mp3")
    return page, picture, document


def real_addresses(things):
    """Each of Wagtail's addresses, with the ids of these things."""
    for thing in things:
        for route in THEIRS:
            if not WAGTAIL_OPEN.match(route):
                yield address(route).replace("999999", str(thing.pk)).replace("/9/", f"/{thing.pk}/"), route


@pytest.mark.slow
@pytest.mark.parametrize("role", WITHOUT)
def test_who_does_not_edit_pages_is_turned_away_from_all_that_is_about_them(things, client_as, role):
    client = client_as(role)
    client.raise_request_exception = False
    reached = set()
    for path, route in real_addresses(things):
        match = resolve(path)
        ours = not match.view_name.startswith("wagtail")  # in the place of one of Wagtail's, with a guard of its own
        if ours or match.view_name in WITHOUT_PAGES or match.namespace in GUARDED_BY_WAGTAIL:
            continue
        reply = client.get(path)
        sent_home = reply.status_code == 302 and reply["Location"] == "/staff/"  # as Wagtail denies a page
        if not is_denied(reply) and not sent_home and reply.status_code not in (404, 405):
            reached.add((route, reply.status_code))
    assert reached == set()


@pytest.mark.parametrize("path", LEFTOVERS)
def test_what_was_open_is_closed_and_stays_open_to_officers_where_it_serves(home, client_as, path):
    for role in WITHOUT:
        reply = client_as(role).get(path)
        assert is_denied(reply), (role, reply.status_code)
    if "reports" not in path:
        assert client_as("engagement_officer").get(path).status_code == 200
    assert is_denied(Client().get(path))


def test_leads_keep_the_help_entries_and_their_first_page(home, client_as):
    lead = client_as("safeguarding_lead")
    assert lead.get("/staff/").status_code == 200
    assert lead.get(reverse(f"{HELP_ENTRIES}:list")).status_code == 200
    assert lead.get(reverse(f"{HELP_ENTRIES}:add")).status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize("role", ["safeguarding_lead", "administrator"])
def test_no_item_of_the_menu_is_refused(home, client_as, role):
    client = client_as(role)
    page = client.get("/staff/").content.decode()

    links = set(re.findall(r'"url": "(/staff/[^"]*)"', page)) | set(re.findall(r'href="(/staff/[^"#]*)"', page))
    assert links
    assert {link for link in links if client.get(link).status_code == 403} == set()


@pytest.mark.parametrize("role", ["engagement_officer", "administrator", None])
def test_the_page_that_shows_an_error_on_purpose_is_not_there(home, client_as, role):
    client = client_as(role) if role else Client()
    assert client.get("/staff/failwhale/").status_code == 404


@pytest.mark.parametrize(
    "path", ["/staff/", "/staff/start/", "/staff/pages/", "/insights/", "/accounts/login/", "/nowhere/"]
)
def test_staff_pages_ask_a_device_for_nothing_and_are_shown_nowhere_else(home, client_as, path):
    reply = client_as("engagement_officer").get(path)
    policy = reply["Permissions-Policy"]
    assert all(f"{feature}=()" in policy for feature in ("camera", "microphone", "geolocation", "usb", "payment"))
    assert reply["Cross-Origin-Resource-Policy"] == "same-origin"
    assert reply["Cross-Origin-Opener-Policy"] == "same-origin"
    assert reply["X-Content-Type-Options"] == "nosniff"
