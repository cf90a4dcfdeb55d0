"""Contact requests: no cookie, no join, nothing lost, and the answer attached only on request."""

import re

import pytest
from django.utils import timezone
from django.utils.translation import override

from consultation.channels.web import contact_form
from consultation.channels.web.contact_form import MAX_LENGTHS
from consultation.interface_text import get_text
from consultation.receipts.actions import issue_words
from consultation.respondent_pages import slow_hash
from consultation.safeguarding.contact_requests.actions import claim_contact, view_contact
from consultation.safeguarding.models import ContactRequest
from tests import factories

pytestmark = [pytest.mark.any_database, pytest.mark.usefixtures("quick_hash")]

URL = "/en/contact/"


@pytest.fixture
def form(client, home):
    page = client.get(URL).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    return {
        "token": token, "name": "Bee", "way": "text", "how": "07700 900123", "when": "after 3", "not_say": "no calls",
    }  # fmt: skip


TYPED = {
    "about": ["hurt", "online"], "message": "It is about my phone.", "days": ["1", "3"], "times": ["lunch"],
    "language": "ur", "age": "14-15",
}  # fmt: skip


def opened(contact, lead):
    return view_contact(contact=claim_contact(contact=contact, by=lead), by=lead)


def test_the_form_is_kept_sealed_and_no_cookie_is_set(client, form, person):
    reply = client.post(URL, form)
    assert reply.status_code == 200 and not reply.cookies
    contact = ContactRequest.objects.get()
    assert contact.language == "en" and b"Bee" not in bytes(contact.sealed)
    content = opened(contact, person("safeguarding_lead"))
    assert [content[name] for name in ("name", "how", "when", "not_say", "attached")] == [
        "Bee", "07700 900123", "after 3", "no calls", [],
    ]  # fmt: skip


def test_pressing_send_twice_is_one_request_and_a_changed_one_is_another(client, form):
    client.post(URL, form)
    client.post(URL, form)
    assert ContactRequest.objects.count() == 1
    client.post(URL, form | {"when": "after 4"})
    assert ContactRequest.objects.count() == 2


@pytest.mark.parametrize(("missing", "place"), [({"how": "  "}, "how"), ({"way": ""}, "way"), ({"way": "fax"}, "way")])
def test_without_a_way_to_reach_them_everything_typed_comes_back(client, form, missing, place):
    reply = client.post(URL, form | TYPED | missing)
    page = reply.content.decode()
    assert reply.status_code == 422 and not ContactRequest.objects.exists()
    assert 'value="Bee"' in page and "no calls" in page and f'href="#{place}"' in page
    assert "It is about my phone." in page
    picked = re.findall(r'value="([^"]+)"(?: lang="ur" dir="rtl")?\s+(?:checked|selected)', page)
    assert set(picked) >= {"hurt", "online", "1", "3", "lunch", "ur"} and "<option selected>14-15" in page
    assert page.index("Error") < page.index("</title>")


@pytest.mark.parametrize("name", MAX_LENGTHS)
def test_words_are_never_cut_and_what_is_too_long_says_by_how_much(client, form, name):
    long = "x" * (MAX_LENGTHS[name] + 12)
    page = client.post(URL, form | {name: long}).content.decode()
    assert "Take out 12 letters." in page and long in page and f'href="#{name}"' in page
    assert not ContactRequest.objects.exists() and "maxlength" not in page


def test_a_failure_of_ours_gives_the_form_back_with_all_in_it(client, form, monkeypatch):
    monkeypatch.setattr(contact_form, "request_contact", lambda **_: 1 / 0)
    reply = client.post(URL, form | TYPED)
    page = reply.content.decode()
    assert reply.status_code == 503 and "That is our fault" in page and "It is about my phone." in page
    assert f'name="token" value="{form["token"]}"' in page


def test_a_lead_sees_what_it_is_about_before_taking_it_and_the_words_after(client, form, client_as):
    client.post(URL, form | TYPED)
    desk = client_as("safeguarding_lead")
    contact = ContactRequest.objects.get()
    for url in ("/staff/safeguarding/contacts/", f"/staff/safeguarding/contacts/{contact.pk}/"):
        page = desk.get(url).content.decode()
        for said in ("Urdu", "Being hurt, Something online", "14-15", "By text", "Tuesday, Thursday", "At lunch time"):
            assert said in page, said
        for kept in ("Bee", "07700", "after 3", "no calls", "about my phone"):
            assert kept not in page, kept
    assert "about my phone" in desk.post(url, {"do": "claim"}, follow=True).content.decode()


def test_days_on_which_nobody_works_are_not_offered(client, home):
    page = client.get(URL).content.decode()
    assert "Monday" in page and "Friday" in page and "Sunday" not in page


def test_what_we_must_tell_stands_before_the_name(client, home):
    page = client.get(URL).content.decode()
    assert page.index("we must tell people") < page.index('name="about"') < page.index('name="name"')


def test_we_have_your_form_says_by_which_day(client, form):
    page = client.post(URL, form).content.decode()
    day = timezone.localdate(ContactRequest.objects.get().due)
    assert "We have your form." in page and f"by the end of {day:%A %-d %B %Y}. If that is not a safe time" in page


def test_the_title_in_the_history_names_no_contact(client, form):
    titles = [
        re.search("<title>(.*?)</title>", page.content.decode())[1]
        for page in (client.get(URL), client.post(URL, form))
    ]
    assert titles == ["Have your say", "Have your say"]


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


@pytest.mark.slow
def test_wrong_words_are_an_error_and_tries_end(client, form):
    for _ in range(5):
        reply = client.post(URL, form | {"words": "a b c d", "attach": "yes"})
        assert reply.status_code == 422 and b'href="#words"' in reply.content
    assert b"too many tries" in client.post(URL, form | {"words": "a b c d", "attach": "yes"}).content
    assert not ContactRequest.objects.exists()


def test_while_many_hash_words_are_not_looked_up_and_it_is_no_try(client, form, no_place):
    no_place(slow_hash.guesses)
    for _ in range(6):
        page = client.post(URL, form | {"words": "a b c d", "attach": "yes"})
        assert page.status_code == 422 and get_text("error.broken") in page.content.decode()
        assert "07700 900123" in page.content.decode(), "nothing typed is lost"


def test_markup_is_escaped(client, form):
    reply = client.post(URL, form | {"how": "", "name": '"><b>x'})
    assert b"&quot;&gt;&lt;b&gt;x" in reply.content


def test_other_languages(client, home):
    page = client.get("/ur/contact/").content.decode()
    assert 'dir="rtl"' in page and 'action="/ur/contact/"' in page
    for language, there in (("ur", True), ("en", False)):
        with override(language):
            said = map(get_text, ("contact.title", "contact.way", "contact.time", "contact.send"))
            assert {words in page for words in said} == {there}, language


def test_the_number_for_danger_can_be_pressed_and_help_is_named_once(client, home):
    said = client.get("/en/contact/").content.decode().partition('<div class="ask-us">')[2].partition("</div>")[0]
    assert 'href="tel:999"' in said
    assert said.count("Get help now") == 1
