"""Themes that one audience speaks of clearly more than the others: one correction for all looks, and none by noise alone."""

import random

import pytest
from bs4 import BeautifulSoup

from insights.coding.models import Theme, ThemeEntry
from insights.releases.models import Figure
from insights.releases.theme_evidence import list_newest_releases, list_theme_evidence
from insights.workspace.group_comparison.audience_differences import list_audience_differences
from tests import factories
from tests.insights import released

pytestmark = pytest.mark.any_database


@pytest.fixture
def version(home):
    return released.codebook(lights=[], buses=[], parks=[])


@pytest.fixture
def publish(home, version):
    def make(slug, audience, base=200, **values):
        return released.release(released.asked(home, slug, audience=audience), version, values, base=base)

    return make


def found():
    return list_audience_differences(list_theme_evidence(list_newest_releases()))


def test_a_clear_difference_is_told_for_each_audience_and_no_other(publish):
    publish("schools", "children-young-people", lights=140, buses=60)
    publish("homes", "parents-carers", lights=40, buses=62)
    looks, clear = found()
    assert looks == 4
    told = {(one.label, one.audience): (round(one.share.percent), round(one.rest.percent), one.more) for one in clear}
    assert told == {
        ("Lights", "children-young-people"): (70, 20, True),
        ("Lights", "parents-carers"): (20, 70, False),
    }


def test_a_difference_that_one_look_alone_would_show_does_not_stand_among_many(publish, home, version):
    publish("schools", "children-young-people", lights=75)
    publish("homes", "parents-carers", lights=50)
    assert len(found()[1]) == 2, "alone it stands"
    for number in range(60):
        theme = Theme.objects.create(codebook=version.codebook, slug=f"t{number}")
        ThemeEntry.objects.create(version=version, theme=theme, label=f"T{number}")
    for figure in Figure.objects.filter(kind="themes"):
        more = Theme.objects.filter(slug__startswith="t").order_by("pk")
        figure.table["rows"] += [{"id": str(one.pk), "label": one.slug, **released.cell(50)} for one in more]
        released.recount_percents(figure.table)
        figure.save()
    looks, clear = found()
    assert looks == 122
    assert clear == []


def test_the_same_share_with_noise_is_never_told(publish):
    random.seed(3)
    audiences = ("children-young-people", "parents-carers", "communities", "professionals")
    for number, audience in enumerate(audiences):
        publish(
            f"c{number}",
            audience,
            base=150,
            **{slug: 60 + random.randint(-7, 7) for slug in ("lights", "buses", "parks")},
        )
    looks, clear = found()
    assert (looks, clear) == (12, [])


def test_hidden_numbers_and_numbers_that_were_counted_otherwise_are_not_compared(publish):
    publish("schools", "children-young-people", lights=140, buses=None)
    other = publish("homes", "parents-carers", lights=40, buses=60)
    figure = other.figures.get(kind="themes")
    figure.table["rows"][0]["read"] = 30
    figure.save()
    assert found() == (0, [])


def test_two_consultations_of_an_audience_are_pooled_by_their_people(publish):
    publish("one", "children-young-people", base=300, lights=150)
    publish("two", "children-young-people", base=100, lights=90)
    publish("homes", "parents-carers", base=200, lights=40)
    one = next(one for one in found()[1] if one.audience == "children-young-people")
    assert one.share.percent == pytest.approx((150 + 90) / 4)


def test_the_page_of_themes_by_audience_tells_it_in_words(publish, client):
    client.force_login(factories.staff("p@example.org", "insights.view_reports"))
    publish("schools", "children-young-people", lights=140)
    page = client.get("/insights/themes/?by=audience").content.decode()
    assert "No theme shows numbers of more than one audience." in page
    publish("homes", "parents-carers", lights=40)
    html = client.get("/insights/themes/?by=audience").content.decode()
    words = " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())
    assert "Lights , Parents and carers: about 20%, less often than the others (about 70%)" in words
    assert "This looks at 2 numbers" in words
    assert "?by=audience" in client.get("/insights/compare/").content.decode()
