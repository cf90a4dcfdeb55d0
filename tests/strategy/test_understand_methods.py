"""1.5: each theme of methods has a definition, what it includes and excludes, and a version."""

import pytest
import yaml

from consultation.domain.strategy_points import TAXONOMY
from insights.coding.codebooks import approve_version, load_codebook, themes_from_taxonomy
from insights.coding.models import ThemeEntry
from insights.strategy.points.point_provisions import get_served_point
from tests.insights.conftest import colleague, officer  # noqa: F401

POINT = "understand-methods"


@pytest.fixture
def seed(officer, colleague):  # noqa: F811
    """The product's own codebook, approved by two."""
    taxonomy = yaml.safe_load(TAXONOMY.read_text(encoding="utf-8"))
    themes = themes_from_taxonomy(taxonomy)
    version = load_codebook(slug="seed", name="Seed", themes=themes, by=officer, label=taxonomy["codebook_version"])
    approve_version(version=version, by=officer)
    return approve_version(version=version, by=colleague)


def list_methods(version):
    return [one for one in version.entries.all() if any(link["sub_point"] == POINT for link in one.links)]


def test_each_theme_of_methods_shows_its_definition_its_notes_and_its_version(client_as, seed):
    methods = list_methods(seed)
    assert len(methods) >= 4
    client = client_as("engagement_officer")
    for entry in methods:
        assert entry.definition and entry.include and entry.exclude, entry.label
        html = client.get(f"/insights/codebooks/seed/themes/{entry.theme.slug}/").content.decode()
        for words in (entry.definition, entry.include, entry.exclude, seed.label):
            assert words.replace("'", "&#x27;") in html, (entry.label, words)


def test_without_a_defined_theme_the_point_does_not_hold(seed):
    point = get_served_point(POINT)
    assert point.holds
    assert len(point.provisions[0].proofs) == len(list_methods(seed))
    ThemeEntry.objects.filter(pk__in=[one.pk for one in list_methods(seed)]).update(exclude="")
    assert not get_served_point(POINT).holds
