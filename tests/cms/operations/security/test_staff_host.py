import re

import pytest

pytestmark = pytest.mark.any_database


@pytest.fixture
def two_hosts(settings):
    settings.STAFF_HOST = "staff.example.org"
    settings.SITE_URL = "https://say.example.org"
    settings.ALLOWED_HOSTS = ["staff.example.org", "say.example.org"]


STAFF_PATHS = ["/staff/", "/staff/login/", "/insights/", "/accounts/login/", "/accounts/2fa/"]


@pytest.mark.parametrize("path", STAFF_PATHS)
def test_staff_pages_are_not_found_on_the_public_host(two_hosts, client, home, path):
    answer = client.get(path, headers={"host": "say.example.org"})
    assert answer.status_code == 404
    assert len(answer.cookies) == 0


@pytest.mark.parametrize("path", STAFF_PATHS)
def test_staff_pages_answer_on_their_own_host(two_hosts, client, home, path):
    assert client.get(path, headers={"host": "staff.example.org"}).status_code in (200, 302)


def test_the_staff_host_sends_public_pages_home(two_hosts, client, home):
    answer = client.get("/en/have-your-say/?x=1", headers={"host": "staff.example.org"})
    assert answer["Location"] == "https://say.example.org/en/have-your-say/?x=1"
    assert client.get("/", headers={"host": "staff.example.org"})["Location"] == "/accounts/start/"


@pytest.mark.parametrize("host", ["staff.example.org.", "STAFF.example.org", "Staff.Example.org.:443"])
def test_the_staff_host_serves_no_public_page_under_another_spelling_of_its_name(two_hosts, client, home, host):
    answer = client.get("/en/help/", headers={"host": host})
    assert answer["Location"] == "https://say.example.org/en/help/"
    assert client.get("/accounts/login/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Host", "X-Original-Host", "Forwarded"])
def test_no_header_beside_the_host_opens_a_staff_page(two_hosts, client, home, header):
    said = "host=staff.example.org" if header == "Forwarded" else "staff.example.org"
    assert client.get("/accounts/login/", headers={"host": "say.example.org", header: said}).status_code == 404


def test_a_preview_on_the_staff_host_has_its_look(two_hosts, client_as, home):
    from tests.factories import consultation, question

    page, _ = consultation(home, items=[question("a", "single", ["Yes", "No"])])
    officer = client_as("engagement_officer")
    shown = officer.get(f"/staff/pages/{page.pk}/view_draft/", headers={"host": "staff.example.org"})
    assert shown.status_code == 200
    sheets = re.findall(r'href="(/[^"]+\.css)"', shown.content.decode())
    assert sheets
    for sheet in sheets:
        assert officer.get(sheet, headers={"host": "staff.example.org"}).status_code == 200, sheet


def test_no_page_of_a_respondent_is_served_beside_a_cookie_of_staff(two_hosts, client_as, home):
    officer = client_as("engagement_officer")
    for path in ("/en/", "/en/help/", "/en/receipt/", "/go/abc/"):
        answer = officer.get(path, headers={"host": "staff.example.org"})
        assert answer["Location"] == f"https://say.example.org{path}"


@pytest.mark.parametrize("host", ["staff.example.org", "say.example.org"])
def test_monitors_may_ask_either_host(two_hosts, client, home, host):
    assert client.get("/healthz", headers={"host": host}).status_code == 200


def test_without_a_staff_host_every_page_answers_everywhere(client, home):
    assert client.get("/accounts/login/").status_code == 200
