"""Sessions of staff: a person and an administrator can list and end them."""

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client

from cms.accounts import actions, staff_sessions
from consultation.audit.models import AuditEntry
from tests.cms.accounts.test_sign_in import sign_in

pytestmark = pytest.mark.any_database

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile Safari/604.1"


@pytest.fixture
def two(person):
    """Sam, signed in on a work computer and on a phone."""
    sam = person("planner")
    desk, phone = Client(headers={"user-agent": FIREFOX}), Client(headers={"user-agent": SAFARI})
    for client in (desk, phone):
        sign_in(client, sam)
        assert client.get("/insights/").status_code == 200
    return sam, desk, phone


def is_in(client):
    return client.get("/insights/").status_code == 200


def handle(client):
    return staff_sessions.session_handle(client.session.session_key)


def test_somebody_sees_where_they_are_signed_in(two):
    _, desk, _ = two
    page = desk.get("/accounts/sessions/").content.decode()
    assert "Firefox on Windows" in page
    assert "Safari on iPhone" in page
    assert page.count("Sign out there") == 1
    assert desk.session.session_key not in page


def test_a_session_from_before_the_sign_in_opens_nothing(person):
    """Whoever planted its cookie in somebody's browser, or read it off a shared computer, has nothing by it."""
    sam, desk, planter = person("planner"), Client(), Client()
    session = desk.session
    session["planted"] = True
    session.save()
    cookie = settings.SESSION_COOKIE_NAME
    desk.cookies[cookie] = planter.cookies[cookie] = planted = session.session_key
    sign_in(desk, sam)
    assert (is_in(desk), is_in(planter)) == (True, False)
    desk_key = desk.session.session_key
    desk.post("/accounts/logout/")
    desk.cookies[cookie] = desk_key
    assert desk_key != planted and not is_in(desk), "nor does the one of the sign-in, after signing out"


def test_somebody_ends_one_of_their_sessions_and_the_other_stays(two):
    _, desk, phone = two
    desk.post("/accounts/sessions/end/", {"session": handle(phone)})
    assert (is_in(desk), is_in(phone)) == (True, False)
    assert AuditEntry.objects.filter(verb="signed out elsewhere").count() == 1


def test_signing_out_everywhere_else_keeps_this_one(two):
    sam, desk, phone = two
    page = desk.post("/accounts/sessions/end/", follow=True).content.decode()
    assert "Signed out in 1 place." in page
    assert "You are signed in nowhere else." in page
    assert (is_in(desk), is_in(phone)) == (True, False)


def test_nobody_ends_a_session_of_somebody_else_on_their_own_page(two, client_as):
    _, desk, _ = two
    other = client_as("planner")
    page = other.post("/accounts/sessions/end/", {"session": handle(desk)}, follow=True).content.decode()
    assert "That one had ended already." in page
    assert is_in(desk)


def test_an_administrator_ends_the_sessions_of_others(two, client_as):
    sam, desk, phone = two
    ada = client_as("administrator")
    assert "Safari on iPhone" in ada.get(f"/staff/people/{sam.pk}/").content.decode()
    ada.post(f"/staff/people/{sam.pk}/sign-out/", {"session": handle(phone)})
    assert (is_in(desk), is_in(phone)) == (True, False)
    ada.post(f"/staff/people/{sam.pk}/sign-out/")
    assert not is_in(desk)
    assert "Nowhere now." in ada.get(f"/staff/people/{sam.pk}/").content.decode()


@pytest.mark.parametrize("role", ["engagement_officer", "moderator", "planner", "safeguarding_lead", "auditor"])
def test_ending_sessions_of_others_without_permission(two, person, role):
    sam, desk, _ = two
    with pytest.raises(PermissionDenied):
        actions.end_sessions(person=sam, by=person(role))
    assert is_in(desk)


def test_a_closed_account_is_signed_out_everywhere(two, person):
    sam, desk, phone = two
    actions.close_account(person=sam, by=person("administrator"))
    assert (is_in(desk), is_in(phone)) == (False, False)


def test_a_session_that_was_idle_for_too_long_is_not_listed(two, monkeypatch):
    sam, desk, _ = two
    import time

    later = time.time() + 31 * 60
    monkeypatch.setattr(time, "time", lambda: later)
    assert staff_sessions.list_staff_sessions(sam) == []


def test_no_address_is_kept_of_where_somebody_signs_in(two):
    _, desk, _ = two
    assert "127.0.0.1" not in str(dict(desk.session.items()))


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        (SAFARI, "Safari on iPhone"),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0",
            "Edge on Linux",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        ("<script>alert(1)</script>", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_browser_is_named_in_words(agent, words):
    assert staff_sessions.describe_browser(agent) == words
