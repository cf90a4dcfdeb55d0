"""A short link leads to the survey, and loses no answer after its closing."""

import re

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from consultation.audit.models import AuditEntry
from consultation.channels.short_links import actions
from consultation.channels.short_links.models import PrintedLink
from consultation.channels.web import form_tokens
from consultation.responses.models import Channel, Response
from tests.consultation.channels.conftest import ADDRESS, token_in

LANDING = "/en/have-your-say/parks/"


@pytest.fixture
def link(published, person):
    return actions.make_link(page=published[0], label="Poster", language="en", by=person("engagement_officer"))


def test_the_address_tells_nothing_and_leads_to_the_landing_page(client, link):
    answer = client.get(link.path)
    assert link.path == f"/go/{link.name}/"
    assert set(link.name) <= set(actions.LINK_LETTERS)
    assert answer.status_code == 302
    assert answer["Location"] == f"{LANDING}?w={link.name}"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies


def test_capital_letters_as_they_are_printed_work_too(client, link):
    assert client.get(link.path.upper().replace("/GO/", "/go/")).status_code == 302


def test_an_address_that_nobody_made_is_quietly_not_there(client, published):
    assert client.get("/go/bbbb/", follow=True).status_code == 404


def test_the_name_travels_from_the_landing_page_to_the_answer(client, link, send):
    landing = client.get(f"{LANDING}?w={link.name}").content.decode()
    assert f'href="answer/?w={link.name}"' in landing
    token = token_in(client.get(f"{ADDRESS}?w={link.name}"))
    assert form_tokens.read_form_token(token).way == form_tokens.FormReferral(link=link.name)
    assert send({"b": "1", "a": "2"}, token=token).status_code == 200
    assert Response.objects.get().link == link.name
    assert Response.objects.get().channel == Channel.WEB


@pytest.mark.each_on_postgresql
@pytest.mark.parametrize("name", ["bbbb", "<b>x", "toolong", ""])
def test_a_made_up_name_counts_for_nobody(client, published, name):
    page = client.get(f"{LANDING}?w={name}").content.decode()
    assert "<b>x" not in page
    token = token_in(client.get(ADDRESS, {"w": name}))
    assert form_tokens.read_form_token(token).way == form_tokens.FormReferral()


def test_a_link_of_another_consultation_counts_for_nobody(client, link, home):
    from tests.factories import consultation, question

    consultation(home, slug="buses", items=[question("a", "single", ["Yes", "No"])])
    token = token_in(client.get(f"/en/have-your-say/buses/answer/?w={link.name}"))
    assert form_tokens.read_form_token(token).way == form_tokens.FormReferral()


def test_the_survey_is_the_same_document_with_and_without_a_link(client, link):
    plain, by_link = client.get(ADDRESS).content.decode(), client.get(f"{ADDRESS}?w={link.name}").content.decode()
    assert plain.replace(_token(plain), "") == by_link.replace(_token(by_link), "")


def _token(html):
    return html.partition('name="token" value="')[2].partition('"')[0]


def test_switching_a_link_off_loses_no_answer(client, link, send, person):
    token = token_in(client.get(f"{ADDRESS}?w={link.name}"))
    actions.switch_link(link=link, on=False, by=person("engagement_officer"))
    assert send({"a": "2"}, token=token).status_code == 200
    assert Response.objects.get().link == link.name
    answer = client.get(link.path)
    assert answer["Location"] == LANDING, "the poster still leads there, and is no longer counted"
    assert (
        form_tokens.read_form_token(token_in(client.get(f"{ADDRESS}?w={link.name}"))).way == form_tokens.FormReferral()
    )


def test_a_consultation_that_was_taken_down_is_quietly_not_there(client, link, published):
    published[0].unpublish()
    assert client.get(link.path, follow=True).status_code == 404


def test_officers_make_links_and_take_their_squares(client_as, published):
    client = client_as("engagement_officer")
    page = f"/staff/short-links/{published[0].pk}/"
    assert b"No link yet" in client.get(page).content
    assert client.post(page, {"label": "School letter", "language": "en"}).status_code == 302
    link = PrintedLink.objects.get()
    listed = client.get(page).content.decode()
    assert "School letter" in listed
    assert link.spoken in listed
    assert "Not counted yet" in listed
    for words, said in (("", "Too few answers to say"), ("about 40", "About 40"), ("fewer than 5", "Fewer than 5")):
        PrintedLink.objects.update(answers=words, counted_on=timezone.localdate())
        assert said in client.get(page).content.decode()
    svg, png = (
        client.get(f"/staff/short-links/{link.name}/link.svg"),
        client.get(f"/staff/short-links/{link.name}/link.png"),
    )
    assert svg["Content-Type"] == "image/svg+xml"
    assert b"<svg" in svg.content
    assert png.content.startswith(b"\x89PNG")
    links = BeautifulSoup(listed, "html.parser").find_all("a", href=re.compile(f"/{link.name}/"))
    offered = {" ".join(one.text.split()).partition(":")[0]: one["href"] for one in links}
    kept = [offered.pop(f"QR code ({kind})") for kind in ("SVG", "PNG")]
    assert kept == [f"/staff/short-links/{link.name}/link.{ending}" for ending in ("svg", "png")]
    assert offered == {"Poster, A4 (PDF)": f"/staff/promotion/{link.name}/poster-a4.pdf"}, "the one with the logo"
    assert client.post(f"/staff/short-links/{link.name}/switch/", {"do": "off"}).status_code == 302
    assert "Off: it still leads" in client.get(page).content.decode()
    assert [entry.verb for entry in AuditEntry.objects.filter(object_id=link.name)] == [
        "printed link made",
        "printed link off",
    ]


def test_a_link_needs_a_label(client_as, published):
    answer = client_as("engagement_officer").post(f"/staff/short-links/{published[0].pk}/", {"language": "en"})
    assert answer.status_code == 422
    assert PrintedLink.objects.count() == 0
