"""The leads' pages: hidden from others, a reason before any text, and a button for every move."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultation.agencies.models import KnownAgency
from consultation.audit.models import AuditEntry
from consultation.responses.models import AnswerState
from consultation.safeguarding import actions, lead_board
from consultation.safeguarding.models import TriageCase
from tests import factories
from tests.consultation.safeguarding.conftest import WORDS, close, decide, opened

pytestmark = pytest.mark.any_database

BOARD = "/staff/safeguarding/"


@pytest.fixture
def case(answer, reader):
    return actions.open_case(answer=answer, by=reader, priority="T1", why="It sounds bad.")


def page_of(case):
    return reverse("safeguarding:case", args=[case.pk])


def read_words(client, case):
    return client.post(page_of(case), {"do": "view", "reason": "To decide."})


OTHERS = ["engagement_officer", "moderator", "planner", "partner_viewer", "administrator", "auditor"]
REFER = {"do": "refer", "refer-agency": "ceop", "refer-chase_on": factories.in_a_week()}


def of_agency(client, name):
    factories.join_agency(client.user, name)
    return client


@pytest.mark.parametrize("role", OTHERS)
def test_no_page_of_anyone_else_leads_there_or_counts(client_as, case, role):
    """The first page of each role, and of Wagtail for those who may enter it."""
    client = client_as(role)
    for url in (
        "/accounts/start/",
        "/staff/",
        "/staff/reading/",
        "/staff/reading/done/",
        "/insights/",
        "/staff/closing/",
    ):
        page = client.get(url)
        assert b"staff/safeguarding" not in page.content, url
        assert "safeguarding" not in page.get("Location", "")
        assert case.name.encode() not in page.content and b"Triage (" not in page.content


def test_the_board_says_what_waits_and_no_words(desk, case):
    reply = desk.get(BOARD)
    page = reply.content.decode()
    assert case.name in page and "If nobody acts: the backup lead is told " in page
    assert f"T1, {case.name}</a>" in page, "what is next"
    assert "Nobody is on" in page and "Alerts go to every lead who is here." in page
    assert "It sounds bad." in page, "why it was brought"
    assert WORDS not in page
    assert "no-store" in reply["Cache-Control"]


def test_an_empty_board_says_so(desk):
    page = desk.get(BOARD).content.decode()
    assert page.count("Nothing.") == 5 and "Nothing waits for you." in page
    assert "Nothing like that." in desk.get(BOARD, {"show": "mine"}).content.decode()
    assert desk.get(BOARD, {"show": "<b>"}).status_code == 200


def test_over_time_comes_first_and_raises_the_alarm(desk, case):
    assert b"over its time" not in desk.get(BOARD).content
    TriageCase.objects.update(due_at=timezone.now() - timedelta(days=3))
    reply = desk.get(BOARD).content.decode()
    assert "One item is over its time. It was due on" in reply and "Over its time: was due by" in reply


def test_a_long_lane_has_pages(desk, new_answer, reader):
    for _ in range(30):
        opened(new_answer(), reader, "T3")
    page = desk.get(BOARD).content.decode()
    assert f"{30 - lead_board.MAX_PER_LANE} more" in page and page.count('class="item"') == lead_board.MAX_PER_LANE
    url = reverse("safeguarding:lane", args=["new"])
    assert desk.get(url).content.decode().count('class="item"') == 25
    assert desk.get(url, {"page": 2}).content.decode().count('class="item"') == 5
    assert b"Nothing is here." in desk.get(url, {"show": "T1"}).content
    assert desk.get(reverse("safeguarding:lane", args=["nowhere"])).status_code == 404


def test_words_are_shown_for_a_reason_only(desk, case):
    assert WORDS.encode() not in desk.get(page_of(case)).content
    refused = desk.post(page_of(case), {"do": "view", "reason": " "})
    assert refused.status_code == 422 and WORDS.encode() not in refused.content
    shown = desk.post(page_of(case), {"do": "view", "reason": "To decide."})
    assert WORDS.encode() in shown.content
    assert AuditEntry.objects.filter(verb="triage viewed", actor=str(desk.user.pk)).count() == 1
    assert WORDS.encode() not in desk.get(page_of(case)).content


@pytest.mark.slow
def test_from_claim_to_closed_as_false_positive_with_two_leads(desk, client_as, case, answer):
    other = client_as("safeguarding_lead")
    desk.post(page_of(case), {"do": "claim"})
    for client in (desk, other):
        read_words(client, case)
    assert b"move:no-concern" not in desk.get(page_of(case)).content
    assert desk.post(page_of(case), {"do": "move:second-view"}).status_code == 422
    desk.post(page_of(case), {"do": "move:second-view", "reason": "A song, I think."})
    assert b"move:no-concern" not in desk.get(page_of(case)).content
    assert b"move:no-concern" in other.get(page_of(case)).content
    assert b"Give second view" in other.get(BOARD).content and b"Give second view" not in desk.get(BOARD).content
    assert desk.post(page_of(case), {"do": "move:no-concern"}).status_code == 422
    assert other.post(page_of(case), {"do": "move:no-concern"}).status_code == 422, "a second view has its own note"
    other.post(page_of(case), {"do": "move:no-concern", "reason": "A song."})
    missing = other.post(page_of(case), {"do": "close", "outcome": "false positive"})
    assert missing.status_code == 422
    other.post(
        page_of(case),
        {"do": "close", "outcome": "false positive", "reason": "A song.", "reporting_duty": "not-applicable"},
    )
    case.refresh_from_db()
    answer.refresh_from_db()
    assert (case.state, case.decided_by) == ("closed", other.user)
    assert answer.state == AnswerState.UNREAD
    assert case.name.encode() in desk.get(reverse("safeguarding:closed")).content


def test_what_was_typed_comes_back_when_a_move_is_refused(desk, client_as, case):
    client_as("safeguarding_lead").post(page_of(case), {"do": "claim"})
    reply = desk.post(page_of(case), {"do": "move:contacted", "reason": "I rang the front door."})
    page = reply.content.decode()
    assert reply.status_code == 422 and "I rang the front door.</textarea>" in page
    assert page.index("Error: ") < page.index("</title>") and "A colleague has this case." in page
    assert "Put back for everyone" in page


def test_a_referral_needs_a_reference(desk, case):
    desk.post(page_of(case), {"do": "claim"})
    read_words(desk, case)
    assert desk.post(page_of(case), REFER).status_code == 422
    assert desk.post(page_of(case), REFER | {"refer-by_phone_to": "Ms Hall"}).status_code == 302
    page = desk.get(page_of(case)).content.decode()
    assert "Given by phone to Ms Hall." in page and "Ask them on" in page
    referral = case.referrals.get()
    assert "It can be closed when what was decided is written down: CEOP." in page
    assert "Close the case" not in page
    decided = f"decided:{referral.pk}"
    assert desk.post(page_of(case), {"do": decided}).status_code == 422
    assert desk.post(page_of(case), {"do": decided, f"d-{referral.pk}-decision": "They took it."}).status_code == 302
    given = {"do": "close", "outcome": "CEOP", "reason": "Told.", "reporting_duty": "yes"}
    refused = desk.post(page_of(case), given)
    assert refused.status_code == 422 and b"Told.</textarea>" in refused.content
    assert desk.post(page_of(case), given | {"reference": "R-7"}).status_code == 302
    page = desk.get(page_of(case)).content.decode()
    assert "R-7" in page and "Yes, and we told" in page and "From Referred to Closed" in page


@pytest.mark.parametrize("do", ["", "move:away", "nonsense", "move:"])
def test_an_unknown_verb_is_an_error_and_changes_nothing(desk, case, do):
    assert desk.post(page_of(case), {"do": do}).status_code == 422
    case.refresh_from_db()
    assert case.state == "new"


def test_reopening_asks_why_and_gives_a_new_clock(desk, case, lead):
    actions.claim_case(case=case, by=lead)
    decide(case, lead, "referred")
    close(case, lead, "CEOP")
    assert desk.post(page_of(case), {"do": "reopen", "reason": ""}).status_code == 422
    page = desk.post(page_of(case), {"do": "reopen", "reason": "A teacher rang."}, follow=True).content.decode()
    assert "It is open again, with a new clock." in page and "A teacher rang." in page and "left" in page


def test_a_note_and_a_higher_priority(desk, new_answer, reader):
    case = opened(new_answer(), reader, "T3")
    assert (
        b"Rang the school."
        in desk.post(page_of(case), {"do": "note", "reason": "Rang the school."}, follow=True).content
    )
    assert desk.post(page_of(case), {"do": "raise", "raise-priority": "T1"}).status_code == 422
    assert desk.post(page_of(case), {"do": "raise", "raise-priority": "T3", "raise-why": "x"}).status_code == 422
    desk.post(page_of(case), {"do": "raise", "raise-priority": "T1", "raise-why": "Tonight."})
    case.refresh_from_db()
    assert case.priority == "T1" and b"It is more urgent" not in desk.get(page_of(case)).content


@pytest.mark.slow
def test_a_concern_about_staff_disappears_for_its_agency(desk, client_as, case):
    own = of_agency(client_as("safeguarding_lead"), "Youth Trust")
    hide = {"do": "hide", "hide-agency": "youthtrust", "hide-why": "A worker there."}
    refused = desk.post(page_of(case), hide)
    assert refused.status_code == 422 and b"Telephone the LADO now" in refused.content
    of_agency(desk, "Council")
    assert b"A concern about staff of Youth Trust." in desk.post(page_of(case), hide, follow=True).content
    for url in (page_of(case), reverse("safeguarding:print", args=[case.pk])):
        assert own.get(url).status_code == own.post(url, {"do": "view", "reason": "x"}).status_code == 404
    page = own.get(BOARD).content.decode()
    assert case.name not in page and page.count("Nothing.") == 5 and "Everything (0)" in page
    shown = desk.get(BOARD).content.decode()
    assert "About staff. Route: LADO." in shown and "Everything (1)" in shown
    assert b"LADO" in desk.get(reverse("safeguarding:print", args=[case.pk])).content
    desk.post(page_of(case), {"do": "show", "reason": "It was a volunteer elsewhere."})
    assert own.get(page_of(case)).status_code == 200


@pytest.mark.parametrize(
    ("agency", "other", "said"),
    [
        ("other", "Bradford youth-trust", "Is it Youth Trust? Then choose it from the list."),
        ("other", " ", "Name the agency."),
        ("youthtrust", "Some club", "take its name out"),
        ("Youth  trust", "", "Select a valid choice"),
        ("", "", "This field is required"),
    ],
)
def test_a_slip_of_a_key_does_not_hide_a_case_from_nobody(desk, client_as, case, agency, other, said):
    of_agency(desk, "Council")
    of_agency(client_as("safeguarding_lead"), "Youth Trust")
    sent = {"do": "hide", "hide-agency": agency, "hide-other": other, "hide-why": "x"}
    reply = desk.post(page_of(case), sent)
    assert reply.status_code == 422 and said in reply.content.decode()
    case.refresh_from_db()
    assert case.agency_id is None
    desk.post(page_of(case), sent | {"hide-agency": "other", "hide-other": "A sports club"})
    case.refresh_from_db()
    assert (case.agency.name, case.agency_id) == ("A sports club", "asportsclub")


def test_whoever_hides_a_case_from_their_own_agency_lets_go_of_it(desk, client_as, case):
    of_agency(client_as("safeguarding_lead"), "Council")
    of_agency(desk, "Youth Trust")
    desk.post(page_of(case), {"do": "claim"})
    reply = desk.post(page_of(case), {"do": "hide", "hide-agency": "youthtrust", "hide-why": "x"}, follow=True)
    assert b"you will not see it again" in reply.content
    case.refresh_from_db()
    assert (case.state, case.claimed_by) == ("new", None)


def test_the_page_for_another_agency_says_what_it_needs_and_is_an_export(desk, case):
    url = reverse("safeguarding:print", args=[case.pk])
    assert WORDS.encode() not in desk.get(url).content
    refused = desk.post(url, {"to": "police999"})
    assert refused.status_code == 422 and WORDS.encode() not in refused.content
    assert not AuditEntry.objects.filter(verb="export made").exists()
    page = desk.post(url, {"to": "police999", "reason": "They asked.", "with_notes": "on"}).content.decode()
    assert page.count(WORDS) == 2, "on paper, and as text to copy"
    assert "Question a?" in page and "It sounds bad." in page and "For police 999" in page
    assert AuditEntry.objects.get(verb="export made").object_id == str(case.pk)
    assert "Printed for another agency" in desk.get(page_of(case)).content.decode()


def test_hostile_words_are_text_on_paper_and_in_the_box(desk, new_answer, reader):
    words = "</textarea><script>alert(1)</script>{{ case }} =HYPERLINK()"
    case = opened(new_answer(words), reader)
    url = reverse("safeguarding:print", args=[case.pk])
    page = desk.post(url, {"to": "ceop", "reason": "x"}).content.decode()
    assert "<script>alert" not in page and page.count("</textarea>") == 1
    assert "&lt;/textarea&gt;&lt;script&gt;" in page


def test_closed_cases_can_be_searched_by_outcome(desk, new_answer, reader, lead):
    for outcome, to in (("CEOP", "referred"), ("nobody can be identified", "learning-only")):
        case = actions.claim_case(case=opened(new_answer(), reader, "T2"), by=lead)
        decide(case, lead, to)
        close(case, lead, outcome)
    url = reverse("safeguarding:closed")
    assert desk.get(url).content.decode().count("See record") == 2
    assert desk.get(url, {"outcome": "CEOP"}).content.decode().count("See record") == 1
    assert b"No case is closed with that outcome." in desk.get(url, {"outcome": "NRM"}).content


def test_where_the_vault_is_locked_the_page_says_so(desk, case, settings):
    settings.ANSWER_OPEN_KEYS = []
    reply = desk.get(page_of(case))
    assert reply.status_code == 503 and b"These words cannot be opened here" in reply.content
    assert desk.get(BOARD).status_code == 200


def test_every_button_of_a_case_has_a_name_and_every_field_a_label(desk, case):
    desk.post(page_of(case), {"do": "claim"})
    page = desk.get(page_of(case)).content.decode()
    ids = re.findall(r'<(?:input|select|textarea)[^>]*\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids)) >= 5
    for each in ids:
        assert f'for="{each}"' in page, each


def test_the_agency_of_a_concern_is_corrected_without_showing_it_to_anyone_between(desk, client_as, case):
    of_agency(desk, "Council")
    first, second = (of_agency(client_as("safeguarding_lead"), name) for name in ("Youth Trust", "Sports Club"))
    for agency, sees in (("youthtrust", [404, 200]), ("sportsclub", [200, 404])):
        desk.post(page_of(case), {"do": "hide", "hide-agency": agency, "hide-why": "A worker there."})
        assert [client.get(page_of(case)).status_code for client in (first, second)] == sees


def test_an_agency_with_people_here_can_be_accused_when_it_is_not_offered_any_more(desk, client_as, case):
    of_agency(desk, "Council")
    client = of_agency(client_as("safeguarding_lead"), "Youth Trust")
    KnownAgency.objects.filter(key="youthtrust").update(status="retired")
    desk.post(page_of(case), {"do": "hide", "hide-agency": "youthtrust", "hide-why": "A worker there."})
    assert client.get(page_of(case)).status_code == 404
