"""The consultation on parks: 80 texts coded by the officer, and somebody to code them again."""

from datetime import date

import pytest

from insights.coding.agreement import actions
from insights.coding.blind_samples.models import SampledText
from insights.coding.models import Theme
from tests import factories

TODAY = date(2026, 11, 25)


@pytest.fixture
def second(db):
    return factories.staff("second@example.org", "insights.code_themes", "insights.view_reports")


@pytest.fixture
def study(answered, officer):
    return actions.draw_sample(consultation=answered, size=60, by=officer, today=TODAY)


@pytest.fixture
def themes(codebook):
    return {theme.slug: theme for theme in Theme.objects.all()}


@pytest.fixture
def coded_twice(study, second, themes):
    """The second coder agrees, but for two texts about lights which they take for staff."""
    apart = 2
    for row in SampledText.objects.for_second(second).select_related("text"):
        slug = row.text.text.split()[0]
        if slug == "lights" and apart and not row.extra:
            slug, apart = "staff", apart - 1
        actions.save_second_choice(sampled=row, themes=[themes[slug]], by=second)
    study.refresh_from_db()
    return study
