"""Citing begins at the decision's own consultation: its themes by people, with numbers and words, and a search."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse

from insights.coding.models import Theme
from insights.decisions.actions import cite_theme, propose_theme, publish_decision, record_decision
from insights.disclosure.disclosure_presets import PRESETS, serialise_preset
from insights.releases.models import Figure, Quote, Release
from insights.releases.stored_figures import WAITING
from tests import factories
from tests.insights import released
from tests.insights.decisions import frozen_releases
from tests.insights.decisions.conftest import said


@pytest.fixture
def world(home, parks, codebook, planner):
    """Two releases of the decision's consultation, and a newer one of another."""
    page, version = parks
    words = [
        ("lights", "q-c", "It is dark."),
        ("staff", "q-c", "Nobody is there."),
        ("staff", "q-c", "A bench, please."),
    ]
    frozen_releases.make_release(version, codebook, {"lights": 10})
    own = frozen_releases.make_release(version, codebook, {"staff": 25, "lights": 50, "rare": None}, words, number=2)
    other, _ = factories.consultation(home, slug="buses", title="Buses", items=[factories.question("a")])
    newer = released.release(other, codebook, {"lights": 60})
    assert newer.pk > own.pk
    Release.objects.update(rules=serialise_preset(PRESETS["default"]))
    made = record_decision(by=planner, consultations=[page], **said())
    return made, own, newer


def themes_on(client, made, **query):
    html = client.get(reverse("insights:cite", args=[made.slug], query=query)).content
    page = BeautifulSoup(html, "html.parser").main
    rows = page.select("#th ~ ul.rows > li")
    return [" ".join(row.get_text(" ").split()) for row in rows], page


def test_it_opens_at_the_newest_release_of_its_own_consultation_with_themes_by_people(client, planner, world):
    made, own, newer = world
    client.force_login(planner)
    rows, page = themes_on(client, made)
    assert "Parks, release 2" in page.text
    assert [row.split()[0] for row in rows] == ["Lights", "Staff"]
    table = Figure.objects.get(release=own, kind="themes").table
    for row, text in zip(sorted(table["rows"], key=lambda row: -(row["value"] or 0)), rows, strict=False):
        assert f"about {row['value']} people of 100 ({row['percent']}%)" in text
    assert "It is dark." in rows[0] and "Nobody is there." in rows[1], "words stand beside"
    assert "Rare" in page.find("details").text
    _, page = themes_on(client, made, release="other")
    titles = [row.h3.get_text(" ", strip=True).split(",")[0] for row in page.select("ul.rows > li")]
    assert titles == ["Parks", "Parks", "Buses"], "its own first, though the other is newer"


def test_a_word_finds_themes_by_name_and_by_what_people_said(client, planner, world):
    made, own, _ = world
    client.force_login(planner)
    rows, _ = themes_on(client, made, release=own.pk, words="bench")
    assert len(rows) == 1 and rows[0].startswith("Staff") and "A bench, please." in rows[0]
    rows, _ = themes_on(client, made, release=own.pk, words="LIGHTS")
    assert [row.split()[0] for row in rows] == ["Lights"]
    rows, page = themes_on(client, made, release=own.pk, words="zebra")
    assert not rows and "No theme is like that." in page.text


def test_words_that_were_taken_back_are_not_found(client, planner, world):
    made, own, _ = world
    Quote.objects.filter(text="A bench, please.").update(erased=True, text="")
    client.force_login(planner)
    assert themes_on(client, made, release=own.pk, words="bench")[0] == []


def test_the_step_after_it_names_the_theme_and_its_number(client, planner, world):
    made, own, _ = world
    client.force_login(planner)
    theme = Quote.objects.get(text="It is dark.").theme_id
    html = client.get(reverse("insights:cite", args=[made.slug], query={"release": own.pk, "theme": theme}))
    lead = BeautifulSoup(html.content, "html.parser").find("p", class_="lead")
    assert "Lights, Parks, release 2: about 50 people of 100" in " ".join(lead.get_text(" ").split())


def test_a_theme_without_a_number_yet_is_neither_offered_nor_cited(client, planner, colleague, world):
    made, own, _ = world
    released.hide_theme("rare", WAITING)
    client.force_login(planner)
    _, page = themes_on(client, made)
    assert "people have read too few of these answers: Rare." in " ".join(page.text.split())
    assert "theme=" not in str(page.find("details") or "") and "Rare" not in [a.text for a in page.find_all("a")]
    cited = {"release": own, "theme": Theme.objects.get(slug="rare"), "by": planner}
    with pytest.raises(ValidationError, match="no number yet"):
        cite_theme(decision=made, **cited)
    cite_theme(decision=made, **cited | {"theme": Theme.objects.get(slug="lights")})
    publish_decision(decision=made, by=colleague)
    with pytest.raises(ValidationError, match="no number yet"):
        propose_theme(decision=made, **cited)
