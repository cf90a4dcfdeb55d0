"""Contact requests: no cookie, no join, nothing lost, and the answer attached only on request."""

import re

import pytest

from consultation.receipts.actions import issue_words
from consultation.receipts.views import lookup_limit
from consultation.safeguarding.contact_requests.actions import claim_contact, view_contact
from consultation.safeguarding.models import ContactRequest
from tests import factories

URL = "/en/contact/"


@pytest.fixture(autouse=True)
def no_tries_yet():
    lookup_limit.forget_requests()


@pytest.fixture
def form(client, home):
    page = client.get(URL).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    return {"token": token, "name": "Bee", "how": "text 07700 900123", "when": "after 3", "not_say": "no calls"}


def opened(contact, lead):
    return view_contact(contact=claim_contact(contact=contact, by=lead), by=lead)


def test_the_form_is_kept_sealed_and_no_cookie_is_set(client, form, person):
    reply = client.post(URL, form)
    assert reply.status_code == 200 and not reply.cookies
    contact = ContactRequest.objects.get()
    assert contact.language == "en" and b"Bee" not in bytes(contact.sealed)
    content = opened(contact, person("safeguarding_lead"))
    assert [content[name] for name in ("name", "how", "when", "not_say", "attached")] == [
        "Bee", "text 07700 900123", "after 3", "no calls", [],
    ]  # fmt: skip


def test_pressing_send_twice_is_one_request_and_a_changed_one_is_another(client, form):
    client.post(URL, form)
    client.post(URL, form)
    assert ContactRequest.objects.count() == 1
    client.post(URL, form | {"when": "after 4"})
    assert ContactRequest.objects.count() == 2


def test_without_a_way_to_reach_them_everything_typed_comes_back(client, form):
    reply = client.post(URL, form | {"how": "  "})
    page = reply.content.decode()
    assert reply.status_code == 422 and not ContactRequest.objects.exists()
    assert 'value="Bee"' in page and "no calls" in page and 'href="#how"' in page
    assert page.index("Error") < page.index("</title>")


def test_a_form_that_was_open_too_long_is_one_more_press_away(client, form):
    reply = client.post(URL, form | {"token": "x" * 40})
    assert reply.status_code == 422
    token = re.search(r'name="token" value="([^"]+)"', reply.content.decode())[1]
    assert client.post(URL, form | {"token": token}).status_code == 200
    assert ContactRequest.objects.count() == 1


def test_other_sites_cannot_send_it(client, form):
    reply = client.post(URL, form, headers={"Sec-Fetch-Site": "cross-site"})
    assert reply.status_code == 403 and not ContactRequest.objects.exists()


def test_answers_go_along_only_for_a_tick_and_the_four_words(client, form, home, person):
    _, version = factories.consultation(home, items=[factories.question("a", "long_text")])
    words = " ".join(issue_words(response=factories.response(version, texts={"q-a": "He waits for me."})))
    lead = person("safeguarding_lead")
    client.post(URL, form | {"words": words})
    assert opened(ContactRequest.objects.get(), lead)["attached"] == []
    ContactRequest.objects.all().delete()
    client.post(URL, form | {"words": words, "attach": "yes"})
    attached = opened(ContactRequest.objects.get(), lead)["attached"]
    assert attached == [{"question": "Question a?", "text": "He waits for me."}]


def test_wrong_words_are_an_error_and_tries_end(client, form):
    for _ in range(5):
        reply = client.post(URL, form | {"words": "a b c d", "attach": "yes"})
        assert reply.status_code == 422 and b'href="#words"' in reply.content
    assert b"too many tries" in client.post(URL, form | {"words": "a b c d", "attach": "yes"}).content
    assert not ContactRequest.objects.exists()


def test_markup_is_escaped(client, form):
    reply = client.post(URL, form | {"how": "", "name": '"><b>x'})
    assert b"&quot;&gt;&lt;b&gt;x" in reply.content


def test_other_languages(client, home):
    page = client.get("/ur/contact/").content.decode()
    assert 'dir="rtl"' in page and 'action="/ur/contact/"' in page
