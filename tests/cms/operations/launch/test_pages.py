"""The page of the launch checklist, and the notice for visitors until it is complete."""

import pytest
from django.utils import timezone
from django.utils.html import escape

from cms.operations.launch import launch_items
from cms.operations.launch.models import Launch, LaunchTick
from consultation.respondent_pages.live_status import live_status
from tests.factories import consultation, question

pytestmark = pytest.mark.any_database

PAGE = "/staff/launch/"
NOT_LIVE = "We are trying this site out. It is not open yet."


def post_tick(client, item, **fields):
    data = {"checker": "Farah, DPO", "checked_on": timezone.localdate().isoformat(), "note": ""} | fields
    return client.post(f"{PAGE}tick/{item}/", data, follow=True)


def test_the_page_shows_every_line_and_what_waits(client_as):
    page = client_as("engagement_officer").get(PAGE).content.decode()
    assert "The site is not live." in page
    for group in launch_items.list_launch_groups():
        assert escape(group.title) in page
        for item in group.items:
            assert f'id="{item.key}"' in page
    for line in ("keys", "hosts", "https", "mail", "worker", "help-fresh", "screen", "retention", "demo-logins"):
        assert f'id="{line}"' in page


def test_a_line_is_ticked_and_taken_back(client_as):
    client = client_as("safeguarding_lead")
    page = post_tick(client, "front-door", note="Met on Monday.").content.decode()
    assert "Farah, DPO" in page
    assert "“Met on Monday.”" in page
    tick = LaunchTick.objects.get()
    page = client.post(f"{PAGE}untick/{tick.pk}/", follow=True).content.decode()
    assert "The tick is taken back. It stays in the history." in page
    assert "Taken back by" in page
    assert client.post(f"{PAGE}untick/{tick.pk}/").status_code == 404


def test_what_is_missing_is_said_beside_the_field_and_what_was_written_stays(client_as):
    client = client_as("administrator")
    page = post_tick(client, "keys-kept", checker="", note="Two safes.").content.decode()
    assert "Write who checked it" in page
    assert 'value="Two safes."' in page
    page = post_tick(client, "keys-kept", checked_on="2999-01-01").content.decode()
    assert "This day is still to come." in page
    assert not LaunchTick.objects.exists()


def test_a_line_that_is_not_on_the_list_is_not_found(client_as):
    assert client_as("administrator").get(f"{PAGE}tick/no-such-line/").status_code == 404


def test_what_is_written_in_a_note_runs_nothing(client_as):
    page = post_tick(client_as("administrator"), "attacked", note="<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_an_auditor_reads_and_ticks_nothing(client_as):
    client = client_as("auditor")
    page = client.get(PAGE).content.decode()
    assert "Tick<" not in page
    assert "Look again now" not in page
    assert post_tick(client, "attacked").status_code == 403


def test_looking_at_the_page_opens_nothing(client_as):
    client_as("engagement_officer").get(PAGE)
    assert not Launch.objects.exists()


def test_the_page_is_in_the_menu_of_those_who_see_it(client_as):
    assert "Launch checklist" in client_as("administrator").get("/staff/").content.decode()


@pytest.fixture
def asked_each_time(settings):
    live_status.clear()


@pytest.mark.parametrize(
    "path", ["/en/", "/en/help/", "/en/have-your-say/parks/", "/en/have-your-say/parks/answer/", "/en/receipt/"]
)
def test_public_pages_say_that_the_site_is_not_live(asked_each_time, home, client, path):
    consultation(home, items=[question("a", "single", ["Yes", "No"])])
    said = client.get(path).content.decode()
    assert NOT_LIVE in said or "This site is not open yet. We may not read what you send." in said
    Launch.objects.create(pk=1, live_since=timezone.localdate())
    live_status.clear()
    page = client.get(path)
    assert page.status_code == 200
    assert "not open yet" not in page.content.decode()


def test_a_visitor_reads_it_in_their_language(asked_each_time, home, client):
    assert "Wypróbowujemy tę stronę." in client.get("/pl/help/").content.decode()
