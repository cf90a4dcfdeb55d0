"""The public pages of commitments: without cookies, in every language, and the form by which a group sends its own."""

import re

import pytest
from django.utils.translation import override

from cms.site.pages.commitment_pages import offer_limit
from consultation.interface_text import get_text
from insights.commitments.models import SentOffer

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]
FORM = "/en/what-groups-do/tell-us/"
SAID = {"name": "Example Choir", "what": "We open our hall.", "contact": "hall@example.org"}


def token(client, address=FORM):
    return re.search(r'name="token" value="([^"]+)"', client.get(address).content.decode())[1]


def test_the_pages_are_there_before_anything_is_said(client, home):
    assert get_text("pledge.none") in client.get("/en/pledges/").content.decode()
    assert get_text("offer.none") in client.get("/en/what-groups-do/").content.decode()
    with override("ur"):
        assert get_text("offer.title") in client.get("/ur/what-groups-do/").content.decode()
    assert "/en/pledges/" in client.get("/en/you-said-we-did/").content.decode()


def test_a_group_sends_what_it_will_do_and_nobody_reads_it_yet(client, home):
    answer = client.post("/ur/what-groups-do/tell-us/", SAID | {"token": token(client)})
    assert answer.status_code == 200 and not answer.cookies
    sent = SentOffer.objects.get()
    assert (sent.contact["name"], sent.language, sent.commitment) == ("Example Choir", "ur", None)
    assert "Example Choir" not in client.get("/en/what-groups-do/").content.decode()


def test_sent_twice_it_is_kept_once(client, home):
    twice = SAID | {"token": token(client)}
    client.post(FORM, twice)
    client.post(FORM, twice)
    assert SentOffer.objects.count() == 1


def test_nothing_typed_is_cut_or_lost(client, home):
    long = SAID | {"what": "a" * 603, "name": "", "token": token(client)}
    answer = client.post(FORM, long)
    page = answer.content.decode()
    assert answer.status_code == 422 and "a" * 603 in page and "maxlength" not in page
    assert get_text("error.long", n=3) in page and get_text("offer.missing") in page
    assert f"{get_text('offer.group')}: {get_text('offer.missing')}</a>" in page, "the link names its field"
    assert not SentOffer.objects.exists()


def test_an_old_page_a_program_and_a_flood_are_not_kept(client, home):
    assert client.post(FORM, SAID | {"token": "old"}).status_code == 422
    assert client.post(FORM, SAID | {"token": token(client), "website": "x"}).status_code == 200
    for _ in range(offer_limit.times):
        last = client.post(FORM, SAID | {"token": token(client), "website": "x"})
    assert last.status_code == 429 and "hall@example.org" in last.content.decode()
    assert not SentOffer.objects.exists()
