"""The parks consultation: 80 texts coded by an officer, and a second coder."""

from datetime import date

import pytest

from insights.coding.agreement import actions
from insights.coding.blind_samples.models import CodersChoice, CodingTurn, DoubleCoding, SampledText
from insights.coding.models import Theme
from tests.insights.conftest import staff

TODAY = date(2026, 11, 25)


@pytest.fixture
def second(db):
    return staff("second@example.org", "insights.code_themes", "insights.view_reports")


@pytest.fixture
def study(answered, officer):
    if found := DoubleCoding.objects.first():
        return found
    return actions.draw_sample(consultation=answered, size=60, by=officer, today=TODAY)


@pytest.fixture
def themes(codebook):
    return {theme.slug: theme for theme in Theme.objects.all()}


@pytest.fixture
def coded_twice(study, second, themes):
    """A sample coded twice; the second coder gives "staff" for two texts about lights, and agrees otherwise."""
    if CodersChoice.objects.filter(turn=CodingTurn.SECOND).exists():
        return study
    apart = 2
    for row in SampledText.objects.for_second(second).select_related("text"):
        slug = row.text.text.split()[0]
        if slug == "lights" and apart and not row.extra:
            slug, apart = "staff", apart - 1
        actions.save_second_choice(sampled=row, themes=[themes[slug]], by=second)
    study.refresh_from_db()
    return study
