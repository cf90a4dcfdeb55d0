"""34 points by five audiences: evidence of 12 months from shown numbers alone, and gaps (S2, S3)."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from insights.corpus.models import Text
from insights.decisions.models import Citation, Decision
from insights.releases.models import Quote
from insights.strategy.coverage import coverage_matrix
from tests import factories
from tests.insights import released

TODAY = date(2026, 11, 25)
PLACES, LIGHTS = "understand-locations", "prevent-industry-night-time"
CHILDREN = "children-young-people"
FRAME = 8  # session, user, rights: what every page asks for


@pytest.fixture
def version(home):
    online = {"links": [{"strand": 1, "sub_point": "understand-methods"}], "online": True}
    return released.codebook(lights=[PLACES, LIGHTS], buses=[PLACES], rare=["understand-locations"], chat=online)


def test_themes_and_consultations_share_people_and_are_not_added(home, version):
    released.release(released.asked(home), version, {"lights": 50, "buses": 25, "rare": None, "chat": 10})
    released.release(released.asked(home, "homes"), version, {"lights": 15, "buses": 20})
    released.release(released.asked(home, "families", audience="parents-carers"), version, {"buses": 35})
    found = coverage_matrix.build_coverage_cells(TODAY)
    assert found[PLACES, CHILDREN].value == 50
    assert found[LIGHTS, CHILDREN].value == 50
    assert found[PLACES, "parents-carers"].value == 35
    assert found["understand-methods", CHILDREN].value == 10
    assert found["understand-methods", coverage_matrix.ONLINE].value == 10  # a context, beside the audience
    assert found[PLACES, coverage_matrix.ONLINE].is_gap


def test_hidden_and_nobody_are_the_same_gap(home, version):
    """Nothing on any page tells a hidden theme from one that nobody spoke of."""
    page = released.asked(home)
    one = released.release(page, version, {"lights": None})
    hidden = (
        coverage_matrix.build_matrix_rows(coverage_matrix.build_coverage_cells(TODAY)),
        [vars(gap) for gap in coverage_matrix.list_gaps(coverage_matrix.build_coverage_cells(TODAY))],
    )
    one.figures.all().delete()
    released.Release.objects.all().delete()
    nothing = (
        coverage_matrix.build_matrix_rows(coverage_matrix.build_coverage_cells(TODAY)),
        [vars(gap) for gap in coverage_matrix.list_gaps(coverage_matrix.build_coverage_cells(TODAY))],
    )
    assert hidden == nothing


def test_a_newer_release_takes_the_place_of_an_older_one(home, version):
    page = released.asked(home)
    released.release(page, version, {"lights": 50}, day=date(2026, 3, 1))
    released.release(page, version, {"lights": 70}, number=2)
    assert coverage_matrix.build_coverage_cells(TODAY)[PLACES, CHILDREN].value == 70


def test_the_pages_show_numbers_decisions_and_gaps_in_few_queries(
    client, home, version, django_assert_max_num_queries
):
    day, planner = (
        timezone.localdate(),
        factories.staff("p@example.org", "insights.view_reports", "insights.export", "insights.draft_decision"),
    )
    release = released.release(released.asked(home), version, {"lights": 50, "rare": None}, day=day)
    decided = Decision.objects.create(
        slug="more-lights", title="More lights", outcome="yes", decided=day, status="published", created_by=planner,
        published_by=factories.staff("o@example.org"), published_on=day,
    )  # fmt: skip
    theme = version.entries.get(label="Lights").theme
    Citation.objects.create(decision=decided, release=release, theme=theme, codebook_version=version)
    client.force_login(planner)
    with django_assert_max_num_queries(FRAME + 11) as asked:  # with the audit’s first note, and its lock on PostgreSQL
        html = client.get(reverse("insights:coverage")).content.decode()
    assert not any(Text._meta.db_table in one["sql"] or "response" in one["sql"] for one in asked.captured_queries)
    assert "168 are gaps" in html
    assert "2.4" in html
    assert "50<small>1 <span" in html
    gaps = client.get(reverse("insights:coverage-gaps", query={"audience": "communities"})).content.decode()
    assert gaps.count("Never") == 34
    Quote.objects.create(
        release=release, theme=theme, question="q-a", version=release.consultation.consultationpage.versions.get(),
        audience="children-young-people", text="It is dark by the steps.", featured=True,
    )  # fmt: skip
    with django_assert_max_num_queries(FRAME + 30):  # of any number of consultations
        point = client.get(reverse("insights:point", args=[PLACES])).content.decode()
    assert reverse("insights:theme", args=[release.pk, "lights"]) in point
    assert "It is dark by the steps." in point  # from the map to the words in one click
    assert "More lights" in point
    sheet = b"".join(client.get(reverse("insights:coverage-sheet"))).decode()
    assert sheet.count('"gap"') == 168
    assert client.get(reverse("insights:point", args=["nowhere"])).status_code == 404


def test_the_sheet_of_a_partner_bears_the_mark_on_each_of_its_rows(client_as, home):
    taken = client_as("partner_viewer").get(reverse("insights:coverage-sheet"))
    head, *rows = csv.reader(io.StringIO(b"".join(taken.streaming_content).decode()))
    assert {row[head.index("Shared with")][:12] for row in rows} == {"Shared with "}
