"""The page after Send: the day, a soon reading, and what else is open."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from consultation.interface_text.written_dates import write_out_day
from consultation.responses.models import Response
from consultation.surveys.other_surveys import MOST
from tests.consultation.channels.conftest import ADDRESS
from tests.consultation.channels.web.test_sending import FILLED, change
from tests.factories import consultation

pytestmark = pytest.mark.django_db
SOON = "You asked us to read this soon. A trained person reads it before others."


def after(send, fields=FILLED):
    return send(fields).content.decode()


def test_the_day_is_said_and_no_time(send, published):
    page = after(send, {"a": ["1"]})
    assert f"We got your answers on {write_out_day(timezone.localdate())}." in page
    assert timezone.localtime().strftime("%H:") not in page


def test_a_soon_reading_is_confirmed_to_whoever_asked_for_it_and_to_nobody_else(send, published):
    assert SOON in after(send, FILLED)
    without = {name: value for name, value in FILLED.items() if name != "i.soon"}
    assert SOON not in after(send, without)
    assert SOON in after(send, FILLED), "each from its own kept page"


def test_a_reader_is_promised_only_to_whoever_wrote_something(client, send, published):
    change(published[0], feedback_date=timezone.localdate() + timedelta(days=30))
    read, by = "A trained person will read what you wrote.", "We aim to say what we chose by"
    for fields, written in (({"a": ["1"]}, False), (FILLED, True), ({"a": ["1"]}, False)):
        page = after(send, fields)
        assert (read in page, by in page) == (written, True), "each from its own kept page"
        offer = {"reference": re.search(r'name="reference" value="([^"]+)"', page)[1]}
        for address, more in ((ADDRESS, {"kind": ""}), ("/en/receipt/words/", {"have": "1"})):
            again = client.post(address, offer | more).content.decode()
            assert (read in again, by in again) == (written, True), address


def test_other_open_surveys_for_the_same_people_are_listed(send, published, home):
    page, _ = published
    consultation(home, slug="buses", title="Buses", closes=timezone.localdate() + timedelta(days=9))
    consultation(home, slug="clubs", title="Clubs", closes=timezone.localdate())
    consultation(home, slug="past", title="Past ones", closes=timezone.localdate() - timedelta(days=1))
    consultation(home, slug="invited", title="Invited ones", code_only=True)
    consultation(home, slug="staff", title="For staff", audience="professionals")
    html = after(send)
    listed = html.partition("Other things you can answer now")[2].partition("</ul>")[0]
    assert [listed.find(f'href="/en/have-your-say/{slug}/"') >= 0 for slug in ("buses", "clubs")] == [True, True]
    assert listed.index("Clubs") < listed.index("Buses"), "what closes first comes first"
    assert not any(title in listed for title in ("Past ones", "Invited ones", "For staff", page.title))


def test_without_another_one_nothing_is_said_and_no_more_than_a_few_are(send, published, home):
    assert "Other things you can answer now" not in after(send)
    for number in range(MOST + 2):
        consultation(home, slug=f"more-{number}", title=f"More {number}")
    assert after(send).count('href="/en/have-your-say/more-') == MOST


def test_an_english_title_says_so_on_another_languages_page(send, published, home):
    consultation(home, slug="buses", title="Buses")
    page = send(FILLED, address="/ur/have-your-say/parks/answer/").content.decode()
    assert '<a href="/en/have-your-say/buses/" lang="en" dir="ltr">Buses</a>' in " ".join(page.split())


def test_whoever_took_the_answers_back_is_offered_nothing_more(client, send, published, home):
    consultation(home, slug="buses", title="Buses")
    from consultation.channels.web import form_tokens

    token = form_tokens.issue_form_token(published[1].pk)
    send(FILLED, token=token)
    Response.objects.update(withdrawn=True)
    page = send(FILLED, token=token).content.decode()
    assert "Buses" not in page and SOON not in page


def test_the_page_after_the_four_words_says_the_day_the_soon_reading_and_other_surveys_again(
    client, send, published, home
):
    consultation(home, slug="buses", title="Buses")
    page = after(send)
    for pressed in ({}, {"have": "1"}):
        fields = dict(re.findall(r'name="(reference|soon|kind)" value="([^"]*)"', page))
        page = client.post("/en/receipt/words/", fields | pressed).content.decode()
    assert f"We got your answers on {write_out_day(timezone.localdate())}." in page and SOON in page
    assert 'href="/en/have-your-say/buses/"' in page


def test_a_later_promise_is_said(send, published):
    change(published[0], feedback_date="2999-01-08")
    assert "We aim to say what we chose by 8 January 2999." in after(send)
