"""4.3: Cohen's kappa and percentage agreement are shown per theme when n >= 30, and closed items are looked at again."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from sklearn.metrics import cohen_kappa_score

from consultation.safeguarding.actions import open_case
from consultation.safeguarding.models import CaseNote
from insights.coding.agreement.agreement_statistics import MIN_TEXTS, estimate_kappa, percent_alike
from insights.coding.blind_samples.models import DoubleCoding
from insights.strategy.points.point_provisions import get_served_point
from tests import factories
from tests.insights.released import codebook

POINT = "lead-quality-assurance"
DAY = date(2026, 11, 2)


def test_per_theme_there_is_a_figure_from_thirty_texts_and_both_ways_to_measure_agree_with_the_library():
    assert MIN_TEXTS == 30
    first, second = [True] * 14 + [False] * 16, [True] * 12 + [False] * 18
    weights = [1.0] * 30
    assert estimate_kappa(first, second, weights).value == pytest.approx(cohen_kappa_score(first, second))
    assert percent_alike(first, second, weights) == 93
    assert estimate_kappa(first[:29], second[:29], weights[:29]) is None


@pytest.fixture
def measured(home, person):
    """A sample coded twice, measured: kappa and the percentage of one theme, and a theme of too few."""
    page, _ = factories.consultation(home, items=[factories.question("a", "long_text")])
    version = codebook(lights={}, rare={})
    lights = version.entries.get(theme__slug="lights").theme_id
    estimate = {"value": 0.81, "low": 0.7, "high": 0.9, "alike": 93}
    none = {"overall": None, "themes": {}}
    figures = {"overall": None, "stance": None, "themes": {str(lights): estimate}, "machine": none,
               "confused": [], "unclear": []}  # fmt: skip
    return DoubleCoding.objects.create(
        consultation=page, version=version, size=60, drawn_by=person("engagement_officer"), drawn_on=DAY,
        ended_on=DAY, measured=True, figures=figures,
    )  # fmt: skip


def test_kappa_and_percentage_stand_beside_each_theme_and_none_for_too_few(measured, client_as):
    page = client_as("engagement_officer").get(reverse("insights:double-coding", args=[measured.pk])).content.decode()
    assert "Two people (kappa)" in page and "0.81" in page and "Alike, in 100 answers" in page and "93" in page
    assert "Too few to say" in page and "Rare" in page


def test_response_times_are_linked_for_an_auditor_and_tell_no_planner_of_a_case(client_as, lead, reader, holding):
    about_staff = open_case(answer=None, by=reader, priority="T1", why="A worry.", agency=factories.agency("Health"))
    case = open_case(answer=None, by=reader, priority="T2", why="A worry.")
    for one in (about_staff, case):
        one.notes.create(kind=CaseNote.Kind.SEEN, author=lead, sealed=b"x", written_at=timezone.now())
    times = next(one for one in get_served_point(POINT).provisions if one.key == "response-times")
    assert [one.row for one in times.proofs] == [case], "and not the concern about staff (D7)"
    page, there = reverse("insights:point", args=[POINT]), f"{reverse('figures')}?quarter="
    for role, is_told in (("auditor", True), ("safeguarding_lead", True), ("planner", False)):
        assert (there in client_as(role).get(page).content.decode()) == is_told, role
    case.notes.all().delete()
    assert "response-times" not in holding(POINT)


def test_samples_of_closed_items_and_response_times_stand_for_leads_and_auditors_alone(home, client_as):
    page = client_as("safeguarding_lead").get(reverse("figures")).content.decode()
    assert reverse("safeguarding:sample") in page
    assert client_as("auditor").get(reverse("figures")).status_code == 200
    for role in ("planner", "engagement_officer", "partner_viewer", "moderator"):
        assert client_as(role).get(reverse("figures")).status_code == 404
        assert client_as(role).get(reverse("safeguarding:sample")).status_code == 404
