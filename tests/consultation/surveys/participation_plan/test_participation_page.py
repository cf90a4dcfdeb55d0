"""The public page “How we will listen”: promises in plain words, linked from the page before question 1."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from consultation.interface_text import get_easy_text, get_text
from consultation.surveys.landing_page import LEVELS
from tests.consultation.surveys.conftest import PROMISES
from tests.factories import consultation, question

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]
LANDING = "/en/have-your-say/parks/"
ADDRESS = LANDING + "listening/"


@pytest.fixture
def page(home):
    return consultation(home, items=[question("a", "single", ["Yes", "No"])], **PROMISES)[0]


@pytest.fixture
def read(client, page):
    def visit(address=ADDRESS, **changed):
        type(page).objects.filter(pk=page.pk).update(**changed)
        response = client.get(address)
        assert response.status_code == 200
        return response.content.decode()

    return visit


@pytest.mark.parametrize(
    "field",
    ["groups_invited", "groups_missing", "safe_checked_by", "designed_with", "seen_how", "told_how", "can_change",
     "cannot_change", "decision_role"],
)  # fmt: skip
def test_each_promise_is_said(read, field):
    assert PROMISES[field] in read()


def test_the_ways_and_forms_are_said_in_the_sites_words(read):
    html = read()
    assert get_text("listen.own") in html and get_text("paper.title") in html and get_easy_text("easy.on") in html
    assert get_text("listen.group") not in html


def test_the_number_to_ring_stands_where_answering_by_phone_is_promised(read):
    promised = {"ways": ["own", "phone"], "answer_phone": "01274 123456"}
    assert 'href="tel:01274123456"' in read(**promised) and 'href="tel:01274123456"' in read(LANDING, **promised)
    assert "01274 123456" not in read(LANDING, ways=["own", "paper"]), "kept in the draft, and not promised"


@pytest.mark.parametrize("level", LEVELS)
def test_how_far_people_take_part_is_said(read, level):
    assert get_text(LEVELS[level]) in read(level=level)


def test_days_to_come_are_said_and_days_gone_are_not(read):
    day = timezone.localdate() + timedelta(days=3)
    assert get_text("listen.decide", date=day) in read(decision_date=day)
    html = read(decision_date=timezone.localdate() - timedelta(days=1))
    assert get_text("listen.decide", date="")[:18] not in html


def test_when_it_is_over_the_page_leads_to_what_was_done(read):
    assert "you-said-we-did/" in read(closes=timezone.localdate() - timedelta(days=1)).partition("<main")[2]


def test_what_nobody_promised_has_no_heading(read):
    html = read(groups_invited="", groups_missing="", ways=[])
    assert get_text("listen.asked") not in html and get_text("listen.ways") not in html


def test_the_page_before_the_survey_leads_there(read):
    assert f'href="{ADDRESS}">{get_text("listen.title")}</a>' in read(LANDING)


def test_officers_words_are_marked_as_english_where_nobody_translated_them(client, page):
    from cms.site.pages.site_setup import ensure_site

    ensure_site(languages=["en", "ur"])
    html = client.get("/ur/have-your-say/parks/listening/").content.decode()
    assert f'<span lang="en" dir="ltr">{PROMISES["told_how"]}</span>' in html
    with override("ur"):
        assert get_text("listen.title") in html


def test_translated_words_are_the_languages_own(client, page):
    from wagtail.models import Locale

    from cms.site.pages.site_setup import ensure_site

    ensure_site(languages=["en", "ur"])
    urdu = page.copy_for_translation(Locale.objects.get(language_code="ur"), copy_parents=True)
    urdu.told_how = "اس سائٹ پر۔"
    urdu.save_revision().publish(skip_permission_checks=True)
    html = client.get("/ur/have-your-say/parks/listening/").content.decode()
    assert "<span>اس سائٹ پر۔</span>" in html


def test_it_is_a_respondents_page(client, page):
    response = client.get(ADDRESS)
    assert response["Cache-Control"] == "no-store" and not response.cookies


def test_what_is_not_live_is_not_there(client, page):
    type(page).objects.filter(pk=page.pk).update(live=False)
    assert client.get(ADDRESS).status_code == 404
    assert client.get("/en/have-your-say/none/listening/").status_code == 404
