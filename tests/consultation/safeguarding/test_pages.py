"""The leads' pages: not there for anyone else, a reason before any words, and every move a button."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultation.audit.models import AuditEntry
from consultation.responses.models import AnswerState
from consultation.safeguarding import actions
from consultation.safeguarding.models import ContactRequest, TriageCase, WithdrawnText
from tests.consultation.safeguarding.conftest import WORDS

BOARD = "/staff/safeguarding/"


@pytest.fixture
def case(answer, reader):
    return actions.open_case(answer=answer, by=reader, priority="T1", why="It sounds bad.")


@pytest.fixture
def desk(client_as):
    return client_as("safeguarding_lead")


def page_of(case):
    return reverse("safeguarding:case", args=[case.pk])


@pytest.mark.parametrize(
    "role", ["engagement_officer", "moderator", "planner", "partner_viewer", "administrator", "auditor"]
)
def test_for_everyone_else_the_pages_do_not_exist(client_as, case, role):
    client = client_as(role)
    contact = actions.request_contact(name="Bee", how="x", when="y", language="en")
    lists = [reverse(f"safeguarding:{name}") for name in ("board", "contacts", "withdrawn", "closed")]
    for url in (*lists, page_of(case), reverse("safeguarding:contact", args=[contact.pk])):
        assert client.get(url).status_code == 404
        assert client.post(url, {"do": "view", "reason": "x"}).status_code == 404


def test_the_board_says_what_waits_and_no_words(desk, case):
    reply = desk.get(BOARD)
    assert case.name.encode() in reply.content
    assert WORDS.encode() not in reply.content and b"It sounds bad" not in reply.content
    assert "no-store" in reply["Cache-Control"]


def test_over_time_comes_first_and_raises_the_alarm(desk, case):
    assert b"over its time" not in desk.get(BOARD).content
    TriageCase.objects.update(due_at=timezone.now() - timedelta(days=3))
    reply = desk.get(BOARD).content.decode()
    assert "One item is over its time by" in reply and "Over by" in reply


def test_words_are_shown_for_a_reason_only(desk, case):
    assert WORDS.encode() not in desk.get(page_of(case)).content
    refused = desk.post(page_of(case), {"do": "view", "reason": " "})
    assert refused.status_code == 422 and WORDS.encode() not in refused.content
    shown = desk.post(page_of(case), {"do": "view", "reason": "To decide."})
    assert WORDS.encode() in shown.content
    assert AuditEntry.objects.filter(verb="triage viewed", actor=str(desk.user.pk)).count() == 1
    assert WORDS.encode() not in desk.get(page_of(case)).content


def test_from_claim_to_closed_as_false_positive_with_two_leads(desk, client_as, case, answer):
    other = client_as("safeguarding_lead")
    desk.post(page_of(case), {"do": "claim"})
    assert b"move:no-concern" not in desk.get(page_of(case)).content
    desk.post(page_of(case), {"do": "move:second-view", "reason": "A song, I think."})
    assert b"move:no-concern" not in desk.get(page_of(case)).content
    assert b"move:no-concern" in other.get(page_of(case)).content
    assert desk.post(page_of(case), {"do": "move:no-concern"}).status_code == 422
    other.post(page_of(case), {"do": "move:no-concern"})
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


def test_a_referral_needs_a_reference(desk, case):
    desk.post(page_of(case), {"do": "claim"})
    desk.post(page_of(case), {"do": "move:referred"})
    given = {"do": "close", "outcome": "LADO", "reason": "Told.", "reporting_duty": "yes"}
    assert desk.post(page_of(case), given).status_code == 422
    assert desk.post(page_of(case), given | {"reference": "R-7"}).status_code == 302


def test_an_unknown_verb_is_an_error_and_changes_nothing(desk, case):
    assert desk.post(page_of(case), {"do": "move:away"}).status_code == 422
    case.refresh_from_db()
    assert case.state == "new"


def test_a_contact_request_opens_by_taking_it(desk, client_as):
    contact = actions.request_contact(name="Bee", how="text 07700 900123", when="after 3", language="en")
    url = reverse("safeguarding:contact", args=[contact.pk])
    assert b"Bee" not in desk.get(url).content
    assert b"Bee" in desk.post(url, {"do": "claim"}).content
    assert desk.post(url, {"do": "close", "outcome": ""}).status_code == 422
    assert desk.post(url, {"do": "close", "outcome": "Spoke."}).status_code == 302
    assert ContactRequest.objects.get().state == "closed"


def test_withdrawn_words_are_read_and_erased(desk, answer):
    kept = actions.keep_withdrawn(answer=answer, question_text="What is good?")
    url = reverse("safeguarding:read_withdrawn", args=[kept.pk])
    assert WORDS.encode() not in desk.get(reverse("safeguarding:withdrawn")).content
    assert desk.get(url).status_code == 405
    assert WORDS.encode() in desk.post(url).content
    desk.post(url, {"do": "erase"})
    assert not WithdrawnText.objects.exists()


def test_withdrawn_words_that_someone_must_hear_of_become_a_case(desk, answer):
    kept = actions.keep_withdrawn(answer=answer, question_text="What is good?")
    url = reverse("safeguarding:read_withdrawn", args=[kept.pk])
    desk.post(url)
    assert desk.post(url, {"do": "tell", "priority": "T1", "why": ""}).status_code == 422
    reply = desk.post(url, {"do": "tell", "priority": "T1", "why": "A child can be found."}, follow=True)
    assert TriageCase.objects.get().name.encode() in reply.content
    assert WORDS.encode() in desk.post(url).content
