"""The language picker of pages that answer a form: the same page comes back in Urdu, with all that was shown and typed."""

import re

import pytest
from bs4 import BeautifulSoup

from consultation.channels.web import form_tokens
from consultation.interface_text import get_text
from consultation.receipts.actions import issue_words
from consultation.receipts.models import Receipt
from consultation.responses.models import Response
from consultation.safeguarding.mailbox.models import Mailbox
from consultation.safeguarding.models import ContactRequest
from tests.consultation.channels.conftest import ADDRESS
from tests.factories import response as stored
from tests.journeys.small_surveys import bilingual

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_hash", "home")]
TYPED = "Please call after three."


def read_form(page, form_id):
    """{name: value} of what a browser would send of a form."""
    sent = {}
    for part in page.select(f"#{form_id} [name]:not(button), [form={form_id}][name]:not(button)"):
        if part.get("type") in ("radio", "checkbox") and not part.has_attr("checked"):
            continue
        chosen = part.select_one("option[selected]") if part.name == "select" else None
        value = part.text if part.name == "textarea" else part.get("value", "")
        sent[part["name"]] = chosen.get("value", "") if chosen else value
    return sent


def read_first_form(response, name):
    """{name: value} of the hidden fields of the first form that has this one."""
    page = BeautifulSoup(response.content.decode(), "html.parser")
    form = next(form for form in page.select("main form") if form.select_one(f"[name={name}]"))
    return {part["name"]: part["value"] for part in form.select("input[type=hidden]")}


def in_urdu(client, response):
    """What the Urdu button of the picker brings, and with no Enter in a field a language."""
    page = BeautifulSoup(response.content.decode(), "html.parser")
    button = page.select_one(".bar button[lang=ur]")
    if button["form"] != "repeated":
        first = page.select_one(f"button[form={button['form']}]")
        assert not first.has_attr("name") and first.has_attr("hidden"), "Enter in a field chooses no language"
    fields = read_form(page, button["form"]) | {button["name"]: button["value"]}
    return client.post(button["formaction"], fields)


def urdu(client, response, status=200):
    came = in_urdu(client, response)
    assert (came.status_code, came.cookies) == (status, {})
    html = came.content.decode()
    assert '<html lang="ur" dir="rtl">' in html
    return html


def words_in(html):
    return re.findall(r"<li>([a-z]+)</li>", html)


def form_token(client):
    return token_of(client.get("/en/contact/"), "token")


def token_of(response, name):
    return re.search(rf'name="{name}" value="([^"]+)"', response.content.decode())[1]


def test_the_page_after_send_and_its_four_words(client, send):
    thanks = send({"a": ["1"], "h": "Too dark.", "h.soon": "1"})
    html = urdu(client, thanks)
    assert "Too dark." not in html and Response.objects.count() == 1
    assert html.count('name="soon"') == 1, "that somebody reads it soon is said again"
    shown = client.post("/en/receipt/words/", {"reference": token_of(thanks, "reference")})
    told = words_in(shown.content.decode())
    assert len(told) == 4 and words_in(urdu(client, shown)) == told
    assert Receipt.objects.get().shown == 1, "another language is no second look"
    after = client.post("/en/receipt/words/", {"reference": token_of(thanks, "reference"), "have": "1"})
    assert not words_in(urdu(client, after))


def test_what_four_words_open_and_the_question_before_taking_back(client, published):
    response = stored(published[1], closed={"a": ["1"]})
    opened = client.post("/en/receipt/", {"words": " ".join(issue_words(response=response))})
    assert '<ol class="way">' in urdu(client, opened)
    asked = client.post("/en/receipt/", {"reference": token_of(opened, "reference"), "back": "ask"})
    assert 'name="back" value="yes"' in urdu(client, asked)
    done = client.post("/en/receipt/", {"reference": token_of(opened, "reference"), "back": "yes"})
    assert 'role="status"' in urdu(client, done), "what the button did is said in Urdu, too"


def test_words_that_open_nothing_stay_in_the_box(client):
    missed = client.post("/en/receipt/", {"words": "amber kettle river lantern"})
    html = urdu(client, missed, 422)
    assert 'value="amber kettle river lantern"' in html and "panel warn" in html


def test_a_contact_form_that_comes_back_and_one_that_is_sent(client):
    fields = {"token": form_token(client), "message": TYPED, "about": "hurt", "days": "1"}
    html = urdu(client, client.post("/en/contact/", fields), 422)
    assert f">{TYPED}</textarea>" in html
    assert re.search(r'value="1" checked', html) and not ContactRequest.objects.exists()
    sent = client.post("/en/contact/", fields | {"way": "text", "how": "07700 900123"})
    assert 'role="status"' in urdu(client, sent) and ContactRequest.objects.count() == 1


def test_a_corrected_contact_form_is_not_sent_by_a_language(client):
    fields = {"token": form_token(client), "message": TYPED, "way": "text", "how": "07700 900123", "again": "1"}
    back = client.post("/ur/contact/", fields)
    assert TYPED in back.content.decode() and not ContactRequest.objects.exists()


def test_a_mailbox_its_words_and_its_messages(client):
    shown = client.post("/en/contact/", {"token": form_token(client), "way": "mailbox", "message": TYPED})
    told = words_in(shown.content.decode())
    assert len(told) == 4 and words_in(urdu(client, shown)) == told and Mailbox.objects.count() == 1
    opened = client.post("/en/receipt/", {"words": " ".join(told)})
    page = BeautifulSoup(opened.content.decode(), "html.parser")
    assert page.select_one(".bar a[lang=ur]")["href"] == "/ur/receipt/"
    assert "type your four words again" in page.select_one(".bar").text, "the reason is shown"
    back = client.post("/en/receipt/", {"mailbox": token_of(opened, "mailbox"), "message": "x" * 5001})
    assert "x" * 5001 in urdu(client, back, 422)
    wrote = client.post("/en/receipt/", {"mailbox": token_of(opened, "mailbox"), "message": "More."})
    assert 'role="status"' in urdu(client, wrote) and Mailbox.objects.get().messages.count() == 2


def test_a_survey_that_comes_back_needs_no_script(client, home):
    version = bilingual(home, more={"a": {"limit": 1}})[1]
    fields = {"token": form_tokens.issue_form_token(version.pk), "d": TYPED}
    back = client.post(ADDRESS, fields | {"a": ["1", "2"]})
    page = BeautifulSoup(back.content.decode(), "html.parser")
    assert page.select_one("#languages button")["formaction"] == "about:blank", "Enter in a field sends nothing"
    button = page.select_one("#languages button[lang=ur][name=again]")
    again = client.post(button["formaction"], fields | {"a": ["1"], "again": button["value"]})
    html = again.content.decode()
    assert again.status_code == 422 and TYPED in html and not Response.objects.exists()
    assert '<html lang="ur" dir="rtl">' in html and "data-without-script><li hidden>" in html


@pytest.mark.parametrize(("path", "fields"), [("search/", {"words": "parks"}), ("help/", {"need": "talk"})])
def test_a_search_stays_a_search(client, path, fields):
    page = BeautifulSoup(client.post(f"/en/{path}", fields).content.decode(), "html.parser")
    assert page.select_one(".bar [lang=ur]")
    if path == "search/":
        assert 'value="parks"' in in_urdu(client, client.post(f"/en/{path}", fields)).content.decode()


def test_a_forged_reference_shows_no_thanks(client, published):
    token = form_tokens.issue_form_token(published[1].pk)
    forged = client.post(ADDRESS, {"reference": "forged", "token": token, "again": "1"})
    assert forged.status_code == 422 and not Response.objects.exists()


EASY = re.compile(r'id="easy"[^>]* checked')


def test_easy_words_stay_on_over_a_form_and_over_a_change_of_language(client, published):
    words = " ".join(issue_words(response=stored(published[1], closed={"a": ["1"]})))
    asked = client.get("/en/receipt/?easy=1").content.decode()
    assert EASY.search(asked) and re.search(r'name="easy" value="1"\s+form="look"', asked), "the form takes it along"
    opened = client.post("/en/receipt/", {"words": words, "easy": "1"})
    assert EASY.search(opened.content.decode()) and EASY.search(urdu(client, opened))
    asks = client.post("/en/receipt/", read_first_form(opened, "back"))
    assert "<h1>" + get_text("back.button") in asks.content.decode() and EASY.search(asks.content.decode())
    assert EASY.search(
        client.post("/en/receipt/", read_first_form(asks, "reference") | {"back": "yes"}).content.decode()
    )
    failed = client.post("/en/contact/", {"token": form_token(client), "easy": "1"})
    assert EASY.search(failed.content.decode()) and EASY.search(urdu(client, failed, 422))


def test_easy_words_stay_on_after_send(client, send):
    thanks = send({"a": ["1"], "easy": "1"})
    assert EASY.search(thanks.content.decode()) and EASY.search(urdu(client, thanks))
    assert not EASY.search(
        client.post(
            "/ur/have-your-say/parks/answer/",
            read_form(BeautifulSoup(thanks.content.decode().replace("checked", ""), "html.parser"), "offer"),
        ).content.decode()
    ), "and can be put off"
