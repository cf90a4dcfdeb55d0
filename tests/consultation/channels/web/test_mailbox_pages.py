"""A child's pages of a mailbox: words for this alone, messages, a box; nothing that was sent is lost."""

import re

import pytest
from nacl.public import PrivateKey

from consultation.channels.web import mailbox_pages, receipt_withdrawal
from consultation.receipts import views
from consultation.receipts.actions import issue_words
from consultation.respondent_pages import slow_hash
from consultation.respondent_pages.four_words import HashedWords
from consultation.safeguarding.mailbox import actions, mailbox_words
from consultation.safeguarding.mailbox.models import Mailbox, MailboxMessage
from consultation.safeguarding.models import ContactRequest
from tests import factories

pytestmark = [pytest.mark.any_database, pytest.mark.usefixtures("quick_hash")]

CONTACT, RECEIPT = "/en/contact/", "/en/receipt/"
SAID = "I do not like going home on Fridays."


def field(page, name):
    return re.search(rf'name="{name}" value="([^"]+)"', page.content.decode())[1]


@pytest.fixture
def form(client, home):
    return {"token": field(client.get(CONTACT), "token"), "way": "mailbox", "message": SAID}


@pytest.fixture
def words(client, form):
    return told(client.post(CONTACT, form))


def told(page):
    return re.findall(r"<li>([a-z]+)</li>", page.content.decode())


def enter(client, words, path=RECEIPT):
    return client.post(path, {"words": " ".join(words)})


def write(client, page, message):
    return client.post(RECEIPT, {"mailbox": field(page, "mailbox"), "message": message})


def answer(lead, text="Thank you for writing.", close=False):
    mailbox, verb = Mailbox.objects.get(), actions.close_mailbox if close else actions.write_as_lead
    actions.claim_mailbox(mailbox=mailbox, by=lead)
    verb(mailbox=mailbox, by=lead, seen=mailbox.messages.count(), **{"reason" if close else "text": text})


# Asking.


def test_without_a_safe_phone_the_form_gives_four_words_and_asks_no_number(client, form, lead):
    reply = client.post(CONTACT, form | {"name": "Bee", "when": "after 3"})
    assert reply.status_code == 200 and not reply.cookies and len(told(reply)) == 4
    page = reply.content.decode()
    assert "Your four words" in page and "only for messages between you and us" in page
    assert "Other people who find the words can read what we write" in page
    assert not ContactRequest.objects.exists()
    mailbox = Mailbox.objects.get()
    actions.claim_mailbox(mailbox=mailbox, by=lead)
    [opened] = actions.view_mailbox(mailbox=mailbox, by=lead)
    assert opened.text == f"Bee\n\n{SAID}\n\nafter 3"


def test_a_message_can_be_spoken_and_where_the_voice_goes_is_said(client, words):
    for page in (client.get(CONTACT), enter(client, words)):
        html = page.content.decode()
        assert re.search(r'id="message-h">[^<]*Your phone may send your voice to its maker\.', html)
        assert re.search(r'<textarea id="message"[^>]* aria-describedby="message-h', html)


def test_pressing_send_twice_is_one_mailbox_with_the_same_words(client, form, words):
    assert told(client.post(CONTACT, form)) == words and Mailbox.objects.count() == 1
    enter(client, words)
    again = client.post(CONTACT, form)
    assert told(again) == [] and b"We cannot show the four words again" in again.content


def test_the_words_are_never_those_of_the_answer_even_when_it_goes_along(client, form, home, lead):
    _, version = factories.consultation(home, items=[factories.question("a", "long_text")])
    receipt = issue_words(response=factories.response(version, texts={"q-a": "He waits for me."}))
    words = told(client.post(CONTACT, form | {"attach": "yes", "words": " ".join(receipt)}))
    assert words != list(receipt)
    mailbox = Mailbox.objects.get()
    actions.claim_mailbox(mailbox=mailbox, by=lead)
    [opened] = actions.view_mailbox(mailbox=mailbox, by=lead)
    assert opened.attached == [{"question": "Question a?", "text": "He waits for me."}]
    assert "<h1>All messages from you and us</h1>" in enter(client, words).content.decode()
    assert "Not read yet" in enter(client, receipt).content.decode()


def test_words_are_never_cut_and_too_many_come_back(client, form):
    longest = "x" * mailbox_pages.MAX_LETTERS
    reply = client.post(CONTACT, form | {"message": longest + "yz"})
    assert reply.status_code == 422 and b"Take out 2 letters" in reply.content and longest + "yz" in str(reply.content)
    assert len(told(client.post(CONTACT, form | {"message": longest}))) == 4


# Coming back.


def test_a_child_reads_the_answer_and_never_what_they_wrote(client, words, lead):
    before = enter(client, words).content.decode()
    assert "There is no answer yet" in before and SAID not in before
    answer(lead, "Thank you <b>for</b> writing.")
    after = enter(client, words).content.decode()
    assert "Thank you &lt;b&gt;for&lt;/b&gt; writing." in after and SAID not in after
    assert "There is no answer yet" not in after and "We wrote to you on" in after and "You wrote to us on" in after
    assert "message" not in re.search(r"<title>(.*?)</title>", after, re.S)[1].lower(), "history shows it"


def test_the_page_says_which_words_they_are_only_on_a_hit(client, words):
    miss = enter(client, ["wrong"] * 4)
    assert miss.status_code == 422 and b"This is not on our list of words: wrong." in miss.content
    assert b"Messages between" not in miss.content
    assert b"only for messages between you and us" in enter(client, words).content


def test_writing_again_starts_the_clock_anew(client, words, lead):
    answer(lead)
    assert Mailbox.objects.get().due is None
    reply = write(client, enter(client, words), "He was there again.")
    assert reply.status_code == 200 and b"We aim to answer by" in reply.content
    assert Mailbox.objects.get().due and MailboxMessage.objects.count() == 3


def test_the_public_site_needs_no_key(client, words, settings):
    keys, settings.ANSWER_OPEN_KEYS = settings.ANSWER_OPEN_KEYS, []
    assert write(client, enter(client, words), "He was there again.").status_code == 200
    assert b"There is no answer yet" in enter(client, words).content
    settings.ANSWER_OPEN_KEYS = keys
    assert Mailbox.objects.get().priority == "T2" and MailboxMessage.objects.count() == 2


def test_a_message_sent_twice_is_one(client, words):
    page = enter(client, words)
    for _ in range(2):
        assert write(client, page, "He was there again.").status_code == 200
    assert MailboxMessage.objects.count() == 2


@pytest.mark.parametrize(("typed", "said"), [("  ", b"Nothing is picked or written yet"), ("x" * 5003, b"Take out 3")])
def test_what_cannot_be_sent_comes_back_filled(client, words, lead, typed, said):
    answer(lead, "Only with the words.")
    reply = write(client, enter(client, words), typed)
    assert reply.status_code == 422 and said in reply.content and typed.strip() in reply.content.decode()
    assert reply.content.index(b"Error") < reply.content.index(b"</title>")
    assert b"Only with the words." not in reply.content, "the page's reference opens nothing"
    assert write(client, reply, "He was there again.").status_code == 200


def test_a_closed_mailbox_says_why_and_has_no_box(client, words, lead):
    answer(lead, "You are safe with your aunt now.", close=True)
    page = enter(client, words).content.decode()
    assert "You are safe with your aunt now." in page and "We have closed these messages" in page
    assert "<textarea" not in page and 'href="/en/contact/"' in page


@pytest.mark.parametrize("erase", [False, True])
def test_what_was_written_while_it_was_closed_goes_into_a_new_one_with_one_press(client, words, lead, erase):
    page = enter(client, words)
    answer(lead, close=True)
    if erase:
        Mailbox.objects.all().delete()
    reply = write(client, page, "He is at the door.")
    assert reply.status_code == 422 and b"It is not sent yet" in reply.content
    assert b"He is at the door." in reply.content
    sent = {"token": field(reply, "token"), "way": field(reply, "way"), "message": "He is at the door."}
    anew = told(client.post(CONTACT, sent))
    assert len(anew) == 4 and anew != words and Mailbox.objects.filter(clock__isnull=False).count() == 1


@pytest.mark.parametrize("forged", ["", "x", "é", "A" * 80])
def test_nobody_writes_without_the_words(client, words, forged):
    reply = client.post(RECEIPT, {"mailbox": forged, "message": "I am not the child."})
    assert reply.status_code == 422 and MailboxMessage.objects.count() == 1
    assert client.post(RECEIPT, {"mailbox": forged}).status_code == 200


def test_other_sites_cannot_write(client, words):
    page = enter(client, words)
    sent = {"mailbox": field(page, "mailbox"), "message": "x"}
    assert client.post(RECEIPT, sent, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert MailboxMessage.objects.count() == 1


def test_in_urdu_from_right_to_left(client, words, lead):
    answer(lead)
    page = enter(client, words, "/ur/receipt/").content.decode()
    assert 'dir="rtl"' in page and "Thank you for writing." in page and "Messages between" not in page


# The same reply for a hit, a miss and the other kind of words.


@pytest.fixture
def receipt_words(home):
    _, version = factories.consultation(home, items=[factories.question("a", "long_text")])
    return issue_words(response=factories.response(version))


def test_the_same_is_looked_up_whatever_the_words_are(client, words, receipt_words, monkeypatch):
    looked = []

    def watch(module, name):
        real = getattr(module, name)
        monkeypatch.setattr(module, name, lambda said: looked.append(name) or real(said))

    watch(views, "find_response")
    watch(receipt_withdrawal, "find_mailbox")
    for typed in (words, receipt_words, ["wrong"] * 4, []):
        enter(client, typed)
        assert looked == ["find_response", "find_mailbox"]
        looked.clear()


def test_hit_miss_and_other_words_are_hashed_once(client, words, receipt_words, monkeypatch):
    hashed, hash_slowly = [], slow_hash.hash_slowly
    monkeypatch.setattr(slow_hash, "hash_slowly", lambda *given: hashed.append(given) or hash_slowly(*given))
    for typed in (words, receipt_words, ["wrong"] * 4):
        enter(client, typed)
        assert len(hashed) == 1
        hashed.clear()


def test_what_a_mailbox_of_the_version_before_holds_can_be_read(client, words, lead):
    old = HashedWords(" ".join(words).encode(), b"")
    key = PrivateKey(old.derive_as_before(mailbox_words.KEY)).public_key
    Mailbox.objects.update(digest=old.derive_as_before(mailbox_words.PEPPER).hex(), public_key=bytes(key))
    answer(lead)
    assert "Thank you for writing." in enter(client, words).content.decode()


def test_while_many_hash_the_form_comes_back_with_all_that_was_written(client, form, no_place):
    no_place(slow_hash.own_words)
    page = client.post(CONTACT, form)
    assert page.status_code == 503 and SAID in page.content.decode()
    assert not Mailbox.objects.exists()


def test_five_tries_then_a_wait_even_for_the_right_words(client, words):
    for _ in range(5):
        enter(client, ["wrong"] * 4)
    assert enter(client, words).status_code == 429
