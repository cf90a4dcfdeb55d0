"""1.5: each theme of methods has a definition, what it includes and excludes, and a version, and is shown by quarter."""

from datetime import timedelta

import pytest
import yaml
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from consultation.domain.strategy_points import TAXONOMY
from insights.coding.codebooks import approve_version, load_codebook, themes_from_taxonomy
from insights.coding.codebooks.actions import begin_draft
from insights.coding.models import ThemeEntry
from insights.strategy.points.point_provisions import get_served_point
from tests.insights import released
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


@pytest.mark.parametrize("note", ["definition", "include", "exclude"])
def test_while_one_theme_lacks_a_note_the_point_does_not_hold_and_approval_names_it(client, officer, seed, note):  # noqa: F811
    point = get_served_point(POINT)
    assert point.holds
    assert len(point.provisions[0].proofs) == len(list_methods(seed))
    lacks = list_methods(seed)[0]
    ThemeEntry.objects.filter(pk=lacks.pk).update(**{note: ""})
    assert not get_served_point(POINT).holds
    client.force_login(officer)
    draft = begin_draft(codebook=seed.codebook, by=officer)
    html = client.get(reverse("insights:codebook-version", args=["seed", draft.number])).content.decode()
    named = BeautifulSoup(html, "html.parser").find(id="approve").find_next("p").text
    assert "Without a definition" in named and lacks.label in named
    assert list_methods(seed)[1].label not in named


def test_a_theme_of_methods_is_shown_by_the_quarter_of_its_release(client_as, home):
    today, version = timezone.localdate(), released.codebook(gifts=[POINT])
    for number, (days, people) in enumerate([(100, 24), (1, 37)], start=1):
        asked, day = released.asked(home, f"asked-{number}"), today - timedelta(days=days)
        released.release(asked, version, {"gifts": people}, day=day)
    page = BeautifulSoup(client_as("planner").get("/insights/themes/?by=quarter").content, "html.parser")
    [row] = [one for one in page.select("tbody tr") if "Gifts" in one.get_text()]
    assert [cell.get_text(strip=True) for cell in row.select("td") if cell.get_text(strip=True).isdigit()] == [
        "24",
        "37",
    ]
