"""A report shows one quote of each theme that has one: featured, of different people; partners see public ones alone."""

from collections import Counter

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from insights.coding.models import Theme
from insights.releases.models import Figure, Quote
from insights.releases.quote_selection import list_report_quotes
from insights.workspace.release_figures import NOT_SAID, SIDES
from insights.workspace.views import pick_theme_quotes

pytestmark = pytest.mark.any_database


def pick_quotes(release, reader, *shown_already):
    return pick_theme_quotes(list_report_quotes(release, reader), *shown_already)


def theme(slug):
    return Theme.objects.get(slug=slug).pk


def test_each_theme_with_a_quote_has_one_of_the_featured(release, planner):
    found = pick_quotes(release, planner)
    assert set(found) == {theme("lights"), theme("staff")}
    assert all(quote.featured for quote in found.values())
    Quote.objects.filter(theme__slug="staff").update(featured=False)
    assert set(pick_quotes(release, planner)) == {theme("lights")}


def test_what_the_page_shows_already_stands_again_only_where_there_is_no_other(release, planner):
    first = pick_quotes(release, planner)[theme("lights")]
    assert pick_quotes(release, planner, [first, None])[theme("lights")] not in (first, None)
    Quote.objects.filter(theme__slug="lights").exclude(pk=first.pk).update(featured=False)
    assert pick_quotes(release, planner, [first])[theme("lights")] == first


def test_nobody_is_quoted_under_two_themes(release, planner):
    first = pick_quotes(release, planner)[theme("lights")]
    Quote.objects.exclude(pk=first.pk).update(featured=False)
    Quote.objects.create(
        release=release, theme_id=theme("staff"), source_text=first.source_text, question=first.question,
        version=first.version, audience=first.audience, text=first.text, featured=True,
    )  # fmt: skip
    assert len(pick_quotes(release, planner)) == 1


def test_erased_words_are_not_picked(release, planner):
    Quote.objects.filter(theme__slug="staff").update(erased=True, text="")
    assert set(pick_quotes(release, planner)) == {theme("lights")}


def test_a_partner_sees_what_two_people_approved_alone(release, person, officer, colleague):
    partner = person("partner_viewer")
    assert pick_quotes(release, partner) == {}
    approved = release.quotes.filter(theme__slug="staff", featured=False).first() or release.quotes.first()
    approved.public_approved_by.set([officer, colleague])
    assert list(pick_quotes(release, partner).values()) == [approved]


def test_it_is_one_query(release, planner):
    planner.has_perm("insights.view_reports")
    with CaptureQueriesContext(connection) as queries:
        pick_quotes(release, planner)
    assert len(queries) == 1


def test_the_report_shows_it_under_its_theme_with_a_link(release, client, planner):
    client.force_login(planner)
    page = BeautifulSoup(client.get(f"/insights/releases/{release.pk}/").content.decode(), "html.parser")
    says = page.select("tr.says")
    assert len(says) == 2
    for row in says:
        pk = int(row.a["href"].strip("/").rpartition("/")[2])
        quote = Quote.objects.get(pk=pk)
        assert quote.text in row.get_text()
        assert row.find_previous_sibling("tr").th.get_text(strip=True).startswith(quote.theme.slug.capitalize())
        assert "A young person" in row.get_text()
    assert len({row.a["href"] for row in says}) == 2


def test_each_figure_has_an_address(release, client, planner):
    """Its own, or that of the heading above it, where it is alone."""
    days = [{"id": f"2026-11-{day}", "label": f"{day} November", "value": 60, "symbol": ""} for day in (21, 22)]
    stance = [{"id": side, "label": side, "value": 10, "symbol": "", "percent": 25} for side in (*SIDES, NOT_SAID)]
    common = {"base": 120, "several": False, "columns": [], "column_totals": []}
    Figure.objects.create(release=release, kind="by-day", key="day", title="By day", table=common | {"rows": days})
    table = common | {"rows": stance}
    Figure.objects.create(release=release, kind="stance", key=str(theme("lights")), title="Stance", table=table)
    client.force_login(planner)
    drawn = Counter()
    for path in ("", "themes/lights/"):
        page = BeautifulSoup(client.get(f"/insights/releases/{release.pk}/{path}").content.decode(), "html.parser")
        ids = [found["id"] for found in page.find_all(id=True)]
        assert len(ids) == len(set(ids))
        for figure in page.select("figure.chart"):
            section = figure.find_parent("section")
            alone = len(section.select("figure.chart")) == 1 and section.find(["h2", "h3"]).get("id")
            assert figure.get("id") or alone, figure.get_text(" ", strip=True)[:80]
            assert not figure.find_parent("details") or figure.get("id"), "a link opens what it leads to"
            drawn[figure.get("id") or alone] += 1
        assert all(page.find(id=link["href"][1:]) for link in page.select('.toc a[href^="#"]'))
    assert {"theme-chart", "days", "q-q-a", "q-q-d", "by-q-d", "by", "stance"} <= set(drawn)
