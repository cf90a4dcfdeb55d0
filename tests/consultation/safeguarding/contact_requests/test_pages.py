from datetime import timedelta

import pytest
from django.urls import reverse

from consultation.audit.models import AuditEntry
from consultation.responses.vault import generate_key_pair, seal_text
from consultation.safeguarding import actions
from consultation.safeguarding.models import ContactRequest, TriageCase

pytestmark = pytest.mark.any_database

LIST = "/staff/safeguarding/contacts/"


@pytest.fixture
def contact(db):
    return actions.request_contact(name="Bee", how="text 07700 900123", when="after 3", language="en")


def page_of(contact):
    return reverse("safeguarding:contact", args=[contact.pk])


def test_a_request_opens_by_taking_it_and_for_whoever_took_it_alone(desk, client_as, contact):
    other, url = client_as("safeguarding_lead"), page_of(contact)
    assert b"Bee" not in desk.get(url).content
    assert b"Bee" in desk.post(url, {"do": "claim"}, follow=True).content
    assert b"Bee" not in other.get(url).content and b"answers it alone" in other.get(url).content
    assert AuditEntry.objects.filter(verb="contact request viewed").values_list(
        "actor", flat=True
    ).distinct().get() == str(desk.user.pk)


def test_tried_reached_and_closed(desk, contact):
    url = page_of(contact)
    desk.post(url, {"do": "claim"})
    assert desk.post(url, {"do": "tried", "note": ""}).status_code == 422
    assert b"Texted at four." in desk.post(url, {"do": "tried", "note": "Texted at four."}, follow=True).content
    assert b"Tried, not reached" in desk.get(LIST).content
    desk.post(url, {"do": "reached", "note": "We spoke."})
    refused = desk.post(url, {"do": "close", "note": " "})
    assert refused.status_code == 422 and b"Say what came of it." in refused.content
    assert desk.post(url, {"do": "close", "note": "She knows where to go."}, follow=True).status_code == 200
    assert ContactRequest.objects.get().state == "closed"
    assert b"Nobody waits." in desk.get(LIST).content
    assert contact.name.encode() in desk.get(LIST, {"show": "closed"}).content
    shown = desk.get(url).content
    assert b"She knows where to go." in shown and b"Bee" not in shown


def test_giving_back_and_taking_over(desk, client_as, contact):
    other, url = client_as("safeguarding_lead"), page_of(contact)
    desk.post(url, {"do": "claim"})
    assert other.post(url, {"do": "back", "note": ""}).status_code == 422
    other.post(url, {"do": "back", "note": "Leyla is ill."})
    assert b"Bee" in other.post(url, {"do": "claim"}, follow=True).content
    assert b"Leyla is ill." in other.get(url).content


def test_what_was_typed_comes_back_and_an_unknown_verb_is_refused(desk, client_as, contact):
    url = page_of(contact)
    client_as("safeguarding_lead").post(url, {"do": "claim"})
    reply = desk.post(url, {"do": "close", "note": "We spoke."})
    assert reply.status_code == 422 and b"We spoke." in reply.content
    assert desk.post(url, {"do": "nonsense"}).status_code == 422


def test_a_case_can_be_opened_from_a_request(desk, contact):
    url = page_of(contact)
    desk.post(url, {"do": "claim"})
    assert desk.post(url, {"do": "tell", "tell-priority": "T1"}).status_code == 422
    desk.post(url, {"do": "tell", "tell-priority": "T1", "tell-why": "A child can be found."})
    assert TriageCase.objects.get().why == "A child can be found."


def test_the_list_by_who_has_what_and_its_pages(desk, db, lead):
    made = [actions.request_contact(name=str(number), how="x", when="y", language="en") for number in range(27)]
    desk.post(page_of(made[0]), {"do": "claim"})

    def count(**data):
        page = desk.get(LIST, data).content.decode()
        return page.count('class="btn" href="/staff/safeguarding/contacts/')

    assert (count(), count(page=2), count(show="mine"), count(show="free", page=2)) == (25, 2, 1, 1)


def test_it_is_over_its_time_when_the_day_is(desk, contact):
    ContactRequest.objects.update(due=contact.due - timedelta(days=7))
    assert b"Over its time: was due by" in desk.get(LIST).content


def test_what_is_sealed_to_a_lost_key_hides_no_other_request_and_no_message(desk, contact, settings):
    """One such request closed the list of all, and one such attached answer the message that it came with."""
    lost = generate_key_pair()[0]
    taken = actions.request_contact(
        name="Ash", how="text", when="four", language="en", attached=[("Q", seal_text("Lights", seal_key=lost))]
    )
    other = actions.request_contact(name="Cal", how="text", when="five", language="en")
    ContactRequest.objects.filter(pk=other.pk).update(sealed=seal_text("{}", seal_key=lost))
    listed = desk.get(LIST)
    assert listed.status_code == 200 and page_of(contact) in listed.content.decode()
    assert b"Ash" in desk.post(page_of(taken), {"do": "claim"}, follow=True).content
    settings.ANSWER_OPEN_KEYS = []
    assert desk.get(LIST).status_code == 503
