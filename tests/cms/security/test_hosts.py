import pytest


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


@pytest.mark.parametrize("host", ["staff.example.org", "say.example.org"])
def test_monitors_may_ask_either_host(two_hosts, client, home, host):
    assert client.get("/healthz", headers={"host": host}).status_code == 200


def test_without_a_staff_host_every_page_answers_everywhere(client, home):
    assert client.get("/accounts/login/").status_code == 200
