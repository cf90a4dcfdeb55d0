"""Officers' pages of invitation codes: batches, cards shown once, and permissions."""

import re

import pytest
from django.utils import timezone

from consultation.channels.invitation_codes.models import CodeBatch, InvitationCode
from consultation.channels.short_links.models import Outlet, PrintedLink
from consultation.respondent_pages import code_spelling
from tests.factories import consultation, question

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]


@pytest.fixture
def page(home):
    return consultation(home, items=[question("a", options=["Yes", "No"])])[0]


@pytest.fixture
def officer(client_as):
    return client_as("engagement_officer")


def address(page):
    return f"/staff/invitation-codes/{page.pk}/"


def seed_in(answer):
    return re.search(r'name="seed" value="([^"]+)"', answer.content.decode())[1]


def press(officer, page, seed=None, **fields):
    seed = seed or seed_in(officer.get(address(page)))
    data = {"label": "Youth club", "number": "12", "language": "en", "seed": seed} | fields
    return officer.post(address(page), data)


def codes_in(answer):
    return re.findall(r'class="code"[^>]*>([^<]+)<', answer.content.decode())


def test_a_consultation_without_codes_says_how_to_begin(officer, page):
    assert "No codes" in officer.get(f"/staff/consultations/{page.slug}/").content.decode()
    assert "No codes yet" in officer.get(address(page)).content.decode()


def test_cards_are_shown_and_every_code_on_them_works(officer, page, client):
    answer = press(officer, page)
    codes = codes_in(answer)
    assert len(codes) == 12
    html = answer.content.decode()
    card = PrintedLink.objects.get(channel=Outlet.TABLE_CARD)
    assert page.slug not in html and f">{card.spoken}/code</p>" in html, "an address that tells no subject"
    assert client.get(f"{card.path}code/").url.endswith(f"/en/have-your-say/{page.slug}/code/")
    for code in codes:
        assert InvitationCode.objects.filter(
            pk=code_spelling.digest_code(page.pk, code_spelling.parse_typed_code(code))
        ).exists()
    assert "Childline" not in html, "a card is neutral: someone may look over a shoulder"


def test_cards_have_the_partnerships_logo_a_picture_and_its_colours(of_a_partnership, officer, page, client):
    html = press(officer, page).content.decode()
    assert html.count('alt="Bradford Council"') == 12, "the logo, on each card"
    assert html.count('<svg class="pic"') == 12
    look = re.search(r'rel="stylesheet" href="([^"]*look[^"]*)"', html)[1]
    assert "--strong:#5b2a86" in client.get(look).content.decode() and "voice/cards.css" in html


def test_a_reload_shows_the_same_cards_and_the_page_of_batches_shows_none(officer, page):
    seed = seed_in(officer.get(address(page)))
    first, second = press(officer, page, seed), press(officer, page, seed)
    assert codes_in(first) == codes_in(second)
    assert CodeBatch.objects.count() == 1
    later = officer.get(address(page)).content.decode()
    assert "12 codes, made on" in later
    assert not [code for code in codes_in(first) if code in later]


def test_a_page_that_was_open_too_long_makes_nothing(officer, page, monkeypatch):
    from consultation.channels.invitation_codes import staff_views

    seed = seed_in(officer.get(address(page)))
    monkeypatch.setattr(staff_views, "GOOD_FOR", -5)
    answer = press(officer, page, seed)
    assert answer.status_code == 422
    assert "No codes were made" in answer.content.decode()
    assert not CodeBatch.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"number": "501"}, {"number": "0"}, {"number": "many"}, {"label": ""}, {"language": "xx"}]
)
def test_what_does_not_fit_is_told_and_makes_nothing(officer, page, wrong):
    answer = press(officer, page, **wrong)
    assert answer.status_code == 422
    assert "Error" in answer.content.decode()
    assert not CodeBatch.objects.exists()


def test_a_batch_is_switched_off_and_on(officer, page):
    press(officer, page)
    batch = CodeBatch.objects.get()
    officer.post(f"/staff/invitation-codes/{batch.pk}/switch/", {"do": "off"})
    assert "they open nothing" in officer.get(address(page)).content.decode()
    officer.post(f"/staff/invitation-codes/{batch.pk}/switch/", {"do": "on"})
    batch.refresh_from_db()
    assert not batch.off


@pytest.mark.slow
def test_about_how_many_were_used_is_all_that_is_told(officer, page):
    press(officer, page, number="60")
    assert "Not counted yet" in officer.get(address(page)).content.decode()
    for words, said in (("about 35", "About 35 were used"), ("", "Too few codes to say how many were used")):
        CodeBatch.objects.update(used_about=words, counted_on=timezone.localdate())
        assert said in officer.get(address(page)).content.decode()


def test_the_square_carries_the_code_behind_the_sign_that_browsers_keep():
    from consultation.channels.invitation_codes.staff_views import code_card_qr_svg

    assert "<svg" in code_card_qr_svg("https://example.org/en/have-your-say/parks/code/#CDF-HJK-LMN")
