"""Waves: the same questions asked again are shown beside each other; a release never stands beside one that it contains."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from consultation.domain.confidence_intervals import wilson_interval
from consultation.surveys.models import ConsultationPage
from consultation.surveys.starting_points.actions import start_from_past
from insights.disclosure.disclosure_presets import rules_for
from insights.releases.models import Figure
from insights.releases.waves import list_earlier_waves
from insights.workspace import theme_changes
from insights.workspace.question_waves import list_groups_over_waves
from tests import factories
from tests.insights import released

pytestmark = pytest.mark.any_database
MAY = ("insights.view_reports", "insights.draft_decision")


def asks(release, yes, no, title="Do you feel safe?"):
    rows = [{"id": "1", "label": "Yes", **released.cell(yes)}, {"id": "2", "label": "No", **released.cell(no)}]
    table = {"base": 100, "several": False, "rows": rows, "columns": [], "column_totals": []}
    released.recount_percents(table)
    return Figure.objects.create(release=release, kind="question", key="q-a", title=title, table=table)


@pytest.fixture
def version(home):
    return released.codebook(lights=[])


@pytest.fixture
def waves(home, version):
    """Three waves of one consultation, a release each."""
    pages = [released.asked(home, slug) for slug in ("first", "second", "third")]
    for later, earlier in zip(pages[1:], pages, strict=False):
        later.wave_of = earlier
        ConsultationPage.objects.filter(pk=later.pk).update(wave_of=earlier)
    return [released.release(page, version, {"lights": 20 + 10 * n}) for n, page in enumerate(pages)]


def test_the_newest_release_of_each_earlier_wave_is_found_oldest_first(waves, version):
    newer = released.release(waves[0].consultation, version, {"lights": 25}, number=2)
    assert list_earlier_waves(waves)[waves[2].pk] == [newer, waves[1]]
    assert list_earlier_waves([waves[0]]) == {waves[0].pk: []}


def test_waves_in_a_circle_end(waves):
    ConsultationPage.objects.filter(pk=waves[0].consultation_id).update(wave_of=waves[2].consultation_id)
    waves[0].refresh_from_db()
    assert len(list_earlier_waves([waves[0]])[waves[0].pk]) <= 5


def test_a_release_is_never_compared_with_one_that_it_contains(home, version):
    page = released.asked(home)
    released.release(page, version, {"lights": 20})
    later = released.release(page, version, {"lights": 60}, number=2)
    theme = version.entries.get().theme_id
    rows = [{"id": str(theme), "value": 60, "base": 100}]
    assert theme_changes.add_changes(later, rows) == rows
    assert theme_changes.build_theme_trend(later, theme, "Lights") is None


def test_a_question_stands_beside_itself_in_each_wave(client, waves):
    client.force_login(factories.staff("p@example.org", *MAY))
    for release, (yes, no) in zip(waves, ((40, 60), (50, 50), (None, 90)), strict=True):
        asks(release, yes, no)
    html = client.get(reverse("insights:question", args=["third", "q-a"])).content.decode()
    table = BeautifulSoup(html, "html.parser").find("table", class_="fold")
    assert [th.get_text(strip=True) for th in table.thead.find_all("th")] == ["Answer", "First", "Second", "Third"]
    yes = [" ".join(td.get_text(" ").split()) for td in table.tbody.find("tr").find_all("td")]
    assert yes[0].startswith("40% (") and yes[1].startswith("50% (") and "%" not in yes[2]


def split_by_age(release, young, old, title="Do you feel safe? By answer to “Your age”"):
    """Yes among 60 younger and 40 older people."""
    columns = {"11 to 13": (60, young), "14 or 15": (40, old), "No answer given": (None, None)}
    cells = [{**released.cell(yes), "percent": yes and round(100 * yes / of)} for of, yes in columns.values()]
    rows = [{"id": "1", "label": "Yes", **released.cell(90), "percent": 90, "low": 80, "high": 95, "cells": cells}]
    ids = ("1", "2", "not-given")
    table = {
        "base": 100,
        "rows": rows,
        "columns": [{"id": id_, "label": label} for id_, label in zip(ids, columns, strict=True)],
        "column_totals": [released.cell(of) for of, _ in columns.values()],
    }
    Figure.objects.create(release=release, kind="about", key="q-d", title="Your age", table=table)
    return Figure.objects.create(release=release, kind="question-by", key="q-d|q-a", title=title, table=table)


def test_each_group_stands_beside_itself_in_each_wave(client, waves):
    client.force_login(factories.staff("p@example.org", *MAY))
    for release, (young, old) in zip(waves, ((20, 30), (30, None), (45, 12)), strict=True):
        asks(release, 50, 50)
        split_by_age(release, young, old)
    address = reverse("insights:compare", query={"release": waves[2].pk, "what": "q-a", "by": "q-d"})
    page = BeautifulSoup(client.get(address).content, "html.parser")
    section = page.find("section", attrs={"aria-labelledby": "waves"})
    groups = [one.get_text(strip=True) for one in section.find_all("summary")]
    assert groups == ["11 to 13", "14 or 15"], "those who did not say are no group"
    young, old = (
        [" ".join(cell.get_text(" ").split()) for cell in table.tbody.find_all("td")]
        for table in section.find_all("table")
    )
    assert [cell.split(" ")[0] for cell in young] == ["33%", "50%", "75%"]
    low, high = wilson_interval(20, 60, noise=rules_for().noise).percent()
    assert young[0] == f"33% ({low} to {high})"
    assert old[0].startswith("75% (") and "%" not in old[1] and old[2].startswith("30% (")


def test_machine_coded_groups_have_no_interval_over_the_waves(client, waves):
    client.force_login(factories.staff("p@example.org", *MAY))
    for release in waves[1:]:
        split = split_by_age(release, 20, 30)
        split.table["rows"][0]["coded"] = 90
        split.save()
    young, old = list_groups_over_waves(waves[2], split)
    assert young.machine_coded and not any("low" in cell for _, cells in (*young.rows, *old.rows) for cell in cells)
    asks(waves[2], 50, 50)
    address = reverse("insights:compare", query={"release": waves[2].pk, "what": "q-a", "by": "q-d"})
    section = BeautifulSoup(client.get(address).content, "html.parser").find("section", {"aria-labelledby": "waves"})
    assert "Machine-coded where no person has read an answer" in " ".join(section.text.split())
    assert "33%" in section.text and " to " not in section.tbody.text


def test_a_group_or_a_split_in_other_words_is_another_one(waves):
    split_by_age(waves[0], 20, 30, title="Do you feel safe? By answer to “Your age now”")
    split_by_age(waves[1], 20, 30)
    figure = split_by_age(waves[2], 45, 12)
    figure.table["columns"][1]["label"] = "14 to 17"
    young, old = list_groups_over_waves(waves[2], figure)
    assert [release for _, release in young.times] == waves[1:]
    assert [cell and cell["percent"] for _, cells in old.rows for cell in cells] == [None, 30]
    assert list_groups_over_waves(waves[0], figure) == []


def test_other_words_under_the_same_id_are_another_question(client, waves):
    client.force_login(factories.staff("p@example.org", *MAY))
    asks(waves[0], 40, 60, title="Do you feel safe at night?")
    asks(waves[2], 50, 50)
    html = client.get(reverse("insights:question", args=["third", "q-a"])).content.decode()
    assert "Over the waves" not in html


def test_the_next_wave_keeps_the_ids_of_questions_and_choices(home, person):
    officer = person("engagement_officer")
    items = [factories.question("a", options=["Yes", "No"]), factories.question("b", "multiple", options=["x", "y"])]
    page, _ = factories.consultation(home, items=items, by=officer)
    again = start_from_past(past=page, title="Parks again", by=officer, wave=True)
    other = start_from_past(past=page, title="Parks anew", by=officer)

    def ids(one):
        blocks = one.get_latest_revision_as_object().body.get_prep_value()
        return [(b["id"], [o["id"] for o in b["value"]["options"]]) for b in blocks]

    assert ids(again) == ids(page) and again.wave_of == page
    assert not {one for one, _ in ids(other)} & {one for one, _ in ids(page)} and other.wave_of is None


def test_the_officer_says_on_the_page_that_it_is_the_next_wave(home, client_as):
    client = client_as("engagement_officer")
    page, _ = factories.consultation(home, items=[factories.question("a")], by=client.user)
    address = reverse("start:past", args=[page.pk])
    assert "It is the next wave of the same" in " ".join(client.get(address).content.decode().split())
    client.post(address, {"title": "Parks again", "wave": "on"})
    client.post(address, {"title": "Parks anew"})
    made = dict(ConsultationPage.objects.filter(title__startswith="Parks a").values_list("title", "wave_of"))
    assert made == {"Parks again": page.pk, "Parks anew": None}
