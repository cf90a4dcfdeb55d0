"""Which decision a theme table names: one that a theme only speaks against is never told as its answer."""

from datetime import date

import pytest
from django.urls import reverse

from insights.coding.models import Theme
from insights.decisions.actions import cite_theme, publish_decision, record_decision
from insights.decisions.models import Bearing
from insights.exports.pdf.release_report_paper import context_of
from insights.workspace.theme_overview import list_theme_rows
from tests import factories
from tests.insights.decisions.conftest import said

AGAINST = "this theme speaks against it"


@pytest.fixture
def decide(answered, release, planner, colleague):
    """Publishes a decision that cites Lights with these bearings."""

    def make(slug, outcome, decided, *bearings):
        given = said(slug=slug, title=slug, outcome=outcome, decided=decided, reason="Money", alternative="none")
        made = record_decision(by=planner, consultations=[answered], **given)
        theme = Theme.objects.get(slug="lights")
        quotes = [None, *release.quotes.filter(theme=theme)]
        for bearing, quote in zip(bearings, quotes, strict=False):
            cite_theme(decision=made, by=planner, release=release, theme=theme, quote=quote, bearing=bearing)
        return publish_decision(decision=made, by=colleague)

    return make


def read_tables(release, client):
    """What the page and the paper say of Lights."""
    shown = next(row for row in list_theme_rows(release) if row["label"] == "Lights")["answer"]
    paper = context_of(str(release.pk), for_all=False, mark="")["themes"]["table"]["rows"]
    client.force_login(factories.staff("looks@example.org", "insights.view_reports"))
    html = client.get(reverse("insights:report", args=[release.pk])).content.decode()
    decision = next(row for row in paper if row["label"] == "Lights")["decision"]
    return shown["word"], decision.title, decision.goes_against, AGAINST in html


def test_a_decision_that_went_the_themes_way_comes_before_a_newer_one_that_did_not(decide, release, client):
    decide("ten-lamps", "yes", date(2026, 11, 26), Bearing.SUPPORTS)
    decide("dark-park", "no", date(2026, 11, 28), Bearing.CHALLENGES)
    assert read_tables(release, client) == ("Yes", "ten-lamps", False, False)


def test_a_decision_that_the_theme_only_speaks_against_is_told_as_such(decide, release, client):
    decide("dark-park", "yes", date(2026, 11, 28), Bearing.CHALLENGES)
    assert read_tables(release, client) == ("Yes", "dark-park", True, True)


def test_words_for_and_against_one_decision_are_no_reason_to_call_it_against(decide, release, client):
    decide("ten-lamps", "yes", date(2026, 11, 28), Bearing.CHALLENGES, Bearing.SUPPORTS)
    assert read_tables(release, client) == ("Yes", "ten-lamps", False, False)
