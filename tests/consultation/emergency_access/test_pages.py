"""The pages of emergency access, without a script."""

import pytest
from django.utils import timezone

from consultation.emergency_access import actions
from consultation.emergency_access.models import EmergencyAccess
from tests.consultation.emergency_access.test_actions import REASON, page  # noqa: F401  (fixture)

pytestmark = pytest.mark.any_database

LIST = "/staff/safeguarding/emergency/"


@pytest.fixture
def desk(client_as):
    return client_as("safeguarding_lead")


@pytest.fixture
def colleague(client_as):
    return client_as("safeguarding_lead")


def text(reply):
    return reply.content.decode()


def given(page, **more):  # noqa: F811
    return {"consultation": page.pk, "reason": REASON, "sure": "on"} | more


def over(access):
    actions.end_emergency_access(access=access, by=access.opened_by)


def test_nobody_has_needed_it(desk):
    assert "Nobody has needed it." in text(desk.get(LIST))


@pytest.mark.parametrize("missing", ["consultation", "reason", "sure"])
def test_what_is_missing_is_said_and_what_was_typed_stays(desk, page, missing):  # noqa: F811
    reply = desk.post(LIST, {name: value for name, value in given(page).items() if name != missing})
    assert reply.status_code == 422 and not EmergencyAccess.objects.exists()
    assert "Error: Emergency access" in text(reply)
    assert (REASON in text(reply)) == (missing != "reason")


def test_a_reason_that_says_nothing_is_refused(desk, page):  # noqa: F811
    reply = desk.post(LIST, given(page, reason="emergency"))
    assert reply.status_code == 422 and "Say what has happened" in text(reply)


def test_colleagues_see_on_their_board_who_has_it_and_why(desk, colleague, page):  # noqa: F811
    desk.post(LIST, given(page))
    access = EmergencyAccess.objects.get()
    board = text(colleague.get("/staff/safeguarding/"))
    assert f"{desk.user} has emergency access" in board and f"{LIST}{access.pk}/" in board
    one = text(colleague.get(f"{LIST}{access.pk}/"))
    assert REASON in one and "It can be reviewed when it is over." in one
    assert "You have emergency access" in text(desk.get("/staff/safeguarding/"))


def test_it_is_given_back_and_a_colleague_reviews_it(desk, colleague, page):  # noqa: F811
    desk.post(LIST, given(page))
    access = EmergencyAccess.objects.get()
    url = f"{LIST}{access.pk}/"
    assert "A colleague reviews it." in text(desk.post(url, {"do": "end"}, follow=True))
    assert "emergency access" not in text(desk.get("/staff/safeguarding/")).replace("Emergency access", "")
    assert "(1 to review)" in text(colleague.get(LIST)) and "to review)" not in text(desk.get(LIST))
    assert "Your review" not in text(desk.get(url))
    own = desk.post(url, {"verdict": "right", "note": "It was me."})
    assert own.status_code == 422 and "A colleague reviews it." in text(own)
    missing = colleague.post(url, {"note": "Fine."})
    assert missing.status_code == 422 and "Fine." in text(missing)
    done = colleague.post(url, {"verdict": "right", "note": "She was found."}, follow=True)
    assert "She was found." in text(done) and "It was right" in text(desk.get(url))
    assert "to review)" not in text(colleague.get(LIST))


def test_to_all_but_leads_the_pages_are_not_there(client_as, person, page):  # noqa: F811
    made = actions.open_emergency_access(consultation=page, by=person("safeguarding_lead"), reason=REASON)
    for role in ("moderator", "engagement_officer", "planner", "partner_viewer", "administrator", "auditor"):
        client = client_as(role)
        for url in (LIST, f"{LIST}{made.pk}/", f"{LIST}{made.pk}/answers/"):
            assert client.get(url).status_code == 404, (role, url)
            assert client.post(url, given(page)).status_code == 404, (role, url)
    assert EmergencyAccess.objects.count() == 1


def test_an_auditor_finds_every_step_in_the_log(client_as, desk, page):  # noqa: F811
    desk.post(LIST, given(page))
    over(EmergencyAccess.objects.get())
    log = text(client_as("auditor").get("/staff/audit/"))
    assert "break-glass access given back" in log
    assert "tomorrow" not in log
    assert EmergencyAccess.objects.get().ends_at <= timezone.now()
