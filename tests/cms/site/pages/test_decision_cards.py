from datetime import date, timedelta

import pytest
from django.utils.translation import override

from consultation.interface_text import get_text
from insights.decisions.actions import cite_theme, publish_decision, record_decision
from insights.decisions.models import Decision
from insights.releases.actions import create_release, publish_release
from tests import factories
from tests.insights.conftest import answered, codebook, colleague, officer, parks  # noqa: F401
from tests.insights.decisions.conftest import said

pytestmark = pytest.mark.any_database

URL = "/en/you-said-we-did/"


@pytest.fixture
def planner(db):
    return factories.staff("planner@example.org", "insights.draft_decision", "insights.view_reports")


@pytest.fixture
def no(planner, answered, officer, colleague):  # noqa: F811
    release = publish_release(
        release=create_release(consultation=answered, by=officer, today=date(2026, 11, 25)), by=colleague
    )
    made = record_decision(
        by=planner,
        consultations=[answered],
        **said(outcome="no", reason="There is no money for it this year.", alternative="none"),
    )
    quote = release.quotes.filter(theme__slug="lights").first()
    cite_theme(decision=made, by=planner, release=release, theme=quote.theme, quote=quote)
    return made


def test_nothing_yet(client, home):
    assert "No decisions yet" in client.get(URL).content.decode()


def test_a_draft_is_not_public(client, no):
    assert no.title not in client.get(URL).content.decode()


def test_a_no_is_shown_with_its_reason(client, no, colleague):  # noqa: F811
    publish_decision(decision=no, by=colleague)
    Decision.objects.update(easy={"reason": "<No> money."})
    html = client.get(URL).content.decode()
    assert "There is no money for it this year." in html
    assert '<span class="ez">&lt;No&gt; money.</span>' in html, "the switch gives each text in easy words"
    assert "We did not find one." in html
    assert "About 50 people said this." in html


def test_words_that_two_people_did_not_approve_are_not_public(client, no, colleague):  # noqa: F811
    publish_decision(decision=no, by=colleague)
    assert "lights number" not in client.get(URL).content.decode()


def test_words_that_two_people_approved_are_public(client, no, officer, colleague):  # noqa: F811
    publish_decision(decision=no, by=colleague)
    no.citations.get().quote.public_approved_by.add(officer, colleague)
    assert "lights number" in client.get(URL).content.decode()


def test_late_shows_as_late(client, no, colleague):  # noqa: F811
    publish_decision(decision=no, by=colleague)
    Decision.objects.update(decided=date(2026, 1, 1), due=date.today() - timedelta(days=3))
    assert "This is late. We said it would be done by" in client.get(URL).content.decode()


def test_it_reads_in_urdu_and_says_what_is_english(client, no, colleague):  # noqa: F811
    publish_decision(decision=no, by=colleague)
    html = client.get("/ur/you-said-we-did/").content.decode()
    assert '<html lang="ur" dir="rtl">' in html
    assert f'<span lang="en" dir="ltr">{no.title}</span>' in html and f'href="/ur/you-said-we-did/{no.slug}/"' in html
    assert f'<p lang="en" dir="ltr">{no.you_said}</p>' in html
    with override("ur"):
        assert f'<p class="asked"><b>{get_text("ysd.asked")}</b></p>' in html, "our own words keep the page's language"
        assert '<div class="talk">' in html


def test_it_sets_no_cookie(client, home):
    assert not client.get(URL).cookies


@pytest.mark.parametrize(
    ("more", "shown"),
    [
        ({"machine": True}, False),
        ({}, False),
        ({"machine": False}, False),
        ({"machine": True, "checked_by": "Ola"}, True),
    ],
)
def test_words_in_another_language_show_when_a_named_person_has_checked_them(client, no, colleague, more, shown):  # noqa: F811
    publish_decision(decision=no, by=colleague)
    Decision.objects.update(translations={"pl": {"title": "Lampy", "easy": {"we_did": "Nie."}} | more})
    html = client.get("/pl/you-said-we-did/").content.decode()
    assert (">Lampy</span>" in html, "<p>Nie.</p>" in html) == (shown, shown)
    assert (f">{no.title}</span>" in html) is not shown
