import pytest
from django.urls import reverse

from consultation.audit.models import AuditEntry
from consultation.respondent_pages.four_words import hash_words
from consultation.safeguarding.mailbox import actions
from consultation.safeguarding.mailbox.models import Mailbox
from consultation.safeguarding.models import TriageCase
from tests import factories
from tests.consultation.safeguarding.mailbox.conftest import SAID, last_number

LIST, BOARD = "/staff/safeguarding/mailboxes/", "/staff/safeguarding/"
WARNING = b"Whoever finds the four words reads this"


@pytest.fixture
def url(mailbox):
    return reverse("safeguarding:mailbox", args=[mailbox.pk])


def test_it_opens_by_taking_it_and_for_whoever_took_it_alone(desk, client_as, url):
    other = client_as("safeguarding_lead")
    assert SAID.encode() not in desk.get(url).content
    opened = desk.post(url, {"do": "claim"}, follow=True).content
    assert SAID.encode() in opened and WARNING in opened, "the warning stands beside the box"
    assert SAID.encode() not in other.get(url).content and b"one person answers one child" in other.get(url).content
    assert set(AuditEntry.objects.filter(verb="mailbox viewed").values_list("actor", flat=True)) == {str(desk.user.pk)}


def test_answering_and_closing(desk, url, words, mailbox):
    desk.post(url, {"do": "claim"})
    refused = desk.post(url, {"do": "write", "note": " ", "seen": 1})
    assert refused.status_code == 422 and b"Write the message first." in refused.content
    said = desk.post(url, {"do": "write", "note": "Thank you for writing.", "seen": 1}, follow=True).content
    assert b"It is there for the child." in said and b"Thank you for writing." in said
    assert b"Say why. The child reads it." in desk.post(url, {"do": "close", "note": "", "seen": 2}).content
    assert b"for 90 days" in desk.post(url, {"do": "close", "note": "You are safe.", "seen": 2}, follow=True).content
    assert [each.text for each in actions.read_as_child(mailbox=Mailbox.objects.get(), words=hash_words(words))] == [
        "",
        "Thank you for writing.",
        "You are safe.",
    ]
    assert SAID.encode() not in desk.get(url).content
    assert mailbox.name.encode() in desk.get(LIST, {"show": "closed"}).content


def test_a_message_that_came_meanwhile_is_shown_before_the_answer_goes(desk, url, mailbox):
    desk.post(url, {"do": "claim"})
    actions.write_as_child(mailbox=mailbox, text="He is at the door.", nonce=b"n")
    for seen in ("1", "", "x"):
        reply = desk.post(url, {"do": "write", "note": "Thank you.", "seen": seen})
        assert reply.status_code == 422 and b"Thank you." in reply.content
    assert b"He is at the door." in reply.content and b'name="seen" value="2"' in reply.content
    assert last_number(mailbox) == 2
    assert desk.post(url, {"do": "write", "note": "Thank you.", "seen": "2"}).status_code == 302


def test_giving_back_and_a_case(desk, client_as, url, mailbox):
    other = client_as("safeguarding_lead")
    desk.post(url, {"do": "claim"})
    other.post(url, {"do": "back"})
    assert SAID.encode() in other.post(url, {"do": "claim"}, follow=True).content
    assert other.post(url, {"do": "tell", "tell-priority": "T1"}).status_code == 422
    other.post(url, {"do": "tell", "tell-priority": "T1", "tell-why": "A child can be found."})
    assert TriageCase.objects.get().why == "A child can be found."


@pytest.mark.slow
def test_the_list_the_board_and_the_number_that_waits(desk, url, mailbox):
    board = desk.get(BOARD).content.decode()
    assert mailbox.name in board and "Mailboxes (1)" in board and "Take it" in board
    shown = {show: mailbox.name in desk.get(LIST, {"show": show}).content.decode() for show in ("", "free", "waiting")}
    assert all(shown.values()) and mailbox.name not in desk.get(LIST, {"show": "mine"}).content.decode()
    desk.post(url, {"do": "claim"})
    desk.post(url, {"do": "write", "note": "Thank you for writing.", "seen": 1})
    assert mailbox.name not in desk.get(BOARD).content.decode()
    assert mailbox.name not in desk.get(LIST, {"show": "waiting"}).content.decode()
    assert "Answered. The child may write again." in desk.get(LIST, {"show": "mine"}).content.decode()


def test_who_waits_stands_before_who_is_answered(desk, url, mailbox):
    desk.post(url, {"do": "claim"})
    desk.post(url, {"do": "write", "note": "Thank you for writing.", "seen": 1})
    actions.open_mailbox(seed=b"other", text="Hello?", language="pl")
    waiting = Mailbox.objects.get(clock__isnull=False)
    page = desk.get(LIST).content.decode()
    assert page.index(waiting.name) < page.index(mailbox.name)


def test_what_is_hidden_from_an_agency_is_not_there(desk, url, mailbox):
    Mailbox.objects.update(agency=factories.agency("council"))
    factories.join_agency(desk.user, "Council")
    assert desk.get(url).status_code == 404
    assert mailbox.name not in desk.get(LIST).content.decode() + desk.get(BOARD).content.decode()


def test_words_are_escaped(desk, url, mailbox):
    actions.write_as_child(mailbox=mailbox, text="<script>x</script>", nonce=b"n")
    assert b"<script>x" not in desk.post(url, {"do": "claim"}, follow=True).content
