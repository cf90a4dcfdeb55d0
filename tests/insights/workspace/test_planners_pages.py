"""The planners' pages over prepared releases: their content, without counting anything."""

from dataclasses import asdict
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from consultation.domain.calendar_quarters import Quarter
from consultation.surveys.models import ConsultationPage
from insights.coding.models import Code
from insights.coding.models import Theme as ThemeRow
from insights.corpus.models import Text
from insights.disclosure import disclosure_rules
from insights.disclosure.disclosure_rules import NEARLY_ALL
from insights.releases.models import Figure, Release
from insights.releases.question_charts import list_question_charts
from insights.releases.stored_figures import WAITING
from insights.summaries.drafted_lines import draft_lines
from insights.workspace import theme_changes, themes_across_consultations, views
from insights.workspace.theme_overview import list_theme_rows
from tests import factories
from tests.insights import released

pytestmark = pytest.mark.any_database

FRAME = 8  # session, user, rights: what every page asks for
SPLIT = {"younger": (60, {"lights": 40, "buses": 15}), "older": (40, {"lights": 10})}
PLACES = "understand-locations"


@pytest.fixture
def planner(client, db):
    who = factories.staff("p@example.org", "insights.view_reports", "insights.draft_decision", agency="Council")
    client.force_login(who)
    return who


@pytest.fixture
def parks(home):
    """Two waves: lights rise from 20 to 50 of 100, buses from 25 to 30; "rare" is hidden in both."""
    version = released.codebook(
        lights={"gravity": 3, "links": [{"strand": 1, "sub_point": PLACES}]}, buses=[], rare=[]
    )
    before, page, today = released.asked(home, "lanes"), released.asked(home), timezone.localdate()
    ConsultationPage.objects.filter(pk=page.pk).update(wave_of=before)
    page.refresh_from_db()
    released.release(before, version, {"lights": 20, "buses": 25, "rare": None}, day=today - timedelta(days=120))
    return released.release(page, version, {"lights": 50, "buses": 30, "rare": None}, number=2, day=today, split=SPLIT)


def look(client, name, *args, **query):
    answer = client.get(reverse(f"insights:{name}", args=args, query=query or None))
    assert answer.status_code == 200
    return answer.content.decode()


def figure(release, kind, key, table):
    return Figure.objects.create(release=release, kind=kind, key=key, title=kind, table=table)


def rows(*told):
    return [{"id": id_, "label": label, "percent": None, **released.cell(value)} for id_, label, value in told]


def test_pages_are_look_ups_however_much_there_is(client, planner, parks, django_assert_max_num_queries):
    """No page reads a text, a code or an answer of anybody; and the number of queries does not grow with releases."""
    for slug in ("homes", "schools", "families"):
        page = released.asked(parks.consultation.get_parent().get_parent(), slug)
        released.release(page, parks.codebook_version, {"lights": 20, "buses": 15, "rare": None}, day=parks.made_on)
    slug = parks.consultation.slug
    pages = {
        ("home",): 19,  # 9 of them for what has no answer yet
        ("themes",): 3,
        ("consultations",): 1,
        ("report", parks.pk): 13,  # 3 of them for the draft of its lines, until it is signed
        ("consultation", slug): 11,
        ("theme", parks.pk, "lights"): 9,
    }
    never = (Text._meta.db_table, Code._meta.db_table, "consultation_response", "consultation_answer")
    for (name, *args), most in pages.items():
        with django_assert_max_num_queries(FRAME + most) as asked:
            look(client, name, *args)
        read = " ".join(one["sql"] for one in asked.captured_queries)
        assert not [table for table in never if f'FROM "{table}"' in read], name


def test_charts_of_a_report_are_drawn_once_and_again_when_its_questions_are_published_anew(
    client, planner, parks, monkeypatch
):
    figure(parks, "question", "q1", {"base": 100, "several": False, "rows": rows(("1", "By bus", 60))})
    drawn = []
    monkeypatch.setattr(views, "list_question_charts", lambda *given: drawn.append(1) or list_question_charts(*given))
    first, second = look(client, "report", parks.pk), look(client, "report", parks.pk)
    assert "By bus" in first and first == second and len(drawn) == 1
    ConsultationPage.objects.filter(pk=parks.consultation_id).update(live_revision=parks.consultation.save_revision())
    assert "By bus" in look(client, "report", parks.pk) and len(drawn) == 2
    other = released.release(parks.consultation, parks.codebook_version, {"lights": 20}, number=9)
    assert "By bus" not in look(client, "report", other.pk)


def test_home_counts_what_waits_and_says_what_moved(client, planner, parks):
    html = " ".join(BeautifulSoup(look(client, "home"), "html.parser").get_text(" ").split())
    assert "About 200 responses released this year; one person may have sent several" in html
    assert "4 themes without a decision" in html
    assert "169 of 170 places in the strategy" in html
    assert "More spoke about Lights than about anything else: 50 of 100 (50%)" in html
    assert "Lights +30 points (+" in html
    assert "Buses +5 points" not in html  # it may be chance


@pytest.mark.parametrize(("buses", "first"), [(22, False), (18, False), (17, False), (16, True)])
def test_today_says_more_than_anything_else_only_where_random_changes_do_not_put_it_first(
    client, planner, home, buses, first
):
    """As the report's own lines do: 22 and 18 may be 19 and 21."""
    version = released.codebook(lights=[], buses=[], rare=[])
    made = released.release(released.asked(home), version, {"lights": 22, "buses": buses, "rare": None})
    Release.objects.filter(pk=made.pk).update(rules=asdict(disclosure_rules.DEFAULT))
    html = " ".join(BeautifulSoup(look(client, "home"), "html.parser").get_text(" ").split())
    assert ("More spoke about Lights than about anything else: about 22 of 100 (22%)." in html) is first
    told = {line["slot"]: line["words"] for line in draft_lines(made)}["message-1"]
    assert told.startswith("More spoke about") is first
    assert first or "About 22 of 100 (22%) spoke about" in html


def test_a_change_between_waves_has_an_interval_that_allows_for_rounding(parks):
    lights, buses, rare = (row.get("change") for row in theme_changes.add_changes(parks, list_theme_rows(parks)))
    assert (lights.points, lights.clear) == ("+30 points", True)
    assert (buses.points, buses.clear) == ("+5 points", False)
    assert buses.least < -7 < 17 < buses.most
    assert rare is None


def estimate_themes(release, **told):
    """Freezes the numbers of a release anew as estimates, with these intervals by theme."""
    found = release.figures.get(kind="themes")
    for row in found.table["rows"]:
        row |= {"read": row["value"], "coded": row["value"]} if row["value"] is not None else {}
        row |= dict(zip(("low", "high"), told.get(row["label"].lower(), (row["low"], row["high"])), strict=True))
    Figure.objects.filter(pk=found.pk).update(table=found.table | {"sample": 60})


def test_a_change_of_an_estimated_theme_is_only_as_clear_as_the_estimate(client, planner, parks):
    before = Release.objects.exclude(pk=parks.pk).get()
    estimate_themes(before, lights=(8, 40))
    estimate_themes(parks, lights=(30, 70))
    rows = theme_changes.add_changes(parks, list_theme_rows(parks))
    lights = next(row["change"] for row in rows if row["label"] == "Lights")
    assert (lights.points, lights.clear, theme_changes.explain_no_change(rows)) == ("+30 points", True, "")
    estimate_themes(parks, lights=(22, 78))
    rows = theme_changes.add_changes(parks, list_theme_rows(parks))
    assert not next(row["change"] for row in rows if row["label"] == "Lights").clear
    time = theme_changes.build_theme_trend(parks, int(rows[0]["id"]), "Lights")
    assert (time["series"][0]["lows"], time["series"][0]["highs"]) == ([8, 22], [40, 78]), "as each release froze them"


def test_waves_whose_themes_were_counted_in_different_ways_are_not_compared(client, planner, parks):
    estimate_themes(parks)
    rows = theme_changes.add_changes(parks, list_theme_rows(parks))
    assert not any(row["change"] for row in rows)
    for page in (look(client, "report", parks.pk), look(client, "theme", parks.pk, "lights")):
        assert theme_changes.COUNTED_OTHERWISE in page and "wave by wave" not in page
    assert "+30 points" not in look(client, "home")


def test_a_wave_that_waits_for_its_numbers_was_not_counted_in_another_way(parks):
    estimate_themes(parks)
    for slug in ("lights", "buses"):
        released.hide_theme(slug, WAITING, Release.objects.exclude(pk=parks.pk))
    rows = theme_changes.add_changes(parks, list_theme_rows(parks))
    assert not any(row["change"] for row in rows) and theme_changes.explain_no_change(rows) == ""
    assert theme_changes.build_theme_trend(parks, int(rows[0]["id"]), "Lights")["unlike"] == ""


@pytest.mark.parametrize("sign", ["fewer than 10", NEARLY_ALL, WAITING])
def test_a_hidden_number_of_a_wave_reads_as_in_its_own_report(client, planner, parks, sign):
    """A grave theme, one of nearly everyone and one that nobody has read yet were all told as fewer than 5 people."""
    released.hide_theme("lights", sign, Release.objects.exclude(pk=parks.pk))
    found = BeautifulSoup(look(client, "theme", parks.pk, "lights"), "html.parser").find(id="time").parent
    (told,) = (cell.get_text(strip=True) for cell in found.select("tbody td")[:1])
    assert told == sign and "fewer than 5" not in found.get_text()


def test_for_and_against_says_of_whom_it_speaks(client, planner, parks):
    sides = rows(
        ("disagrees", "Against", 9), ("mixed", "Both", 6), ("agrees", "For", 25), ("not-said", "Neither", None)
    )
    table = {"base": 40, "several": False, "rows": sides, "columns": [], "column_totals": []}
    figure(parks, "stance", str(ThemeRow.objects.get(slug="lights").pk), table)
    page = " ".join(look(client, "theme", parks.pk, "lights").split())
    assert "40 people in whose words a person found it. As coders read it" in page


@pytest.mark.slow
def test_from_a_chart_to_the_words_and_from_a_decision_to_its_evidence(client, planner, parks):
    report = BeautifulSoup(look(client, "report", parks.pk), "html.parser")
    chart = report.find("table", class_="ranked")
    links = {a.get_text(): a["href"] for a in chart.find_all("a")}
    assert set(links) == {"Lights", "Buses"}
    assert "+30 points" in chart.get_text()
    assert "may be chance" in chart.get_text()
    assert 'id="words"' in client.get(links["Lights"]).content.decode()
    crossed = report.find("table", class_="cover")
    assert [a["href"] for a in crossed.find_all("a")] == [links["Lights"], links["Buses"]]  # most people first
    assert "The other rows have no number that can be shown." in report.get_text()
    assert "1 person" not in report.get_text()


def test_a_theme_is_split_by_one_question_at_a_time(client, planner, parks):
    html = look(client, "theme", parks.pk, "lights")
    split = next(
        t for t in BeautifulSoup(html, "html.parser").find_all("table") if t.get_text().startswith("Your age")
    )
    told = [cell.get_text(" ", strip=True) for cell in split.find_all("tr")]
    assert "67% (between 52 and 80) 40" in told[1]
    assert "25% (between 9 and 45) 10" in told[2]
    assert "Percent who spoke about it, wave by wave" in html
    assert 'data-swap="by"' not in html  # there is no other question to choose


def test_stance_tone_and_days_are_drawn_where_a_release_froze_them(client, planner, parks):
    theme = str(ThemeRow.objects.get(slug="lights").pk)
    assert "For and against" not in look(client, "theme", parks.pk, "lights")
    stances = rows(
        ("disagrees", "Against", None), ("mixed", "Both", None), ("agrees", "For", 25), ("not-said", "Neither", 15)
    )
    figure(parks, "stance", theme, {"base": 50, "rows": stances, "columns": [], "column_totals": []})
    tones = [{"id": "negative", "label": "Sounds negative"}, {"id": "unread", "label": "Not read by the machine"}]
    cells = [released.cell(30) | {"percent": 50}, released.cell(None) | {"percent": None}]
    heard = {"id": theme, "label": "Lights", "percent": 50, **released.cell(50), "cells": cells}
    figure(parks, "sentiment", "all", {"base": 100, "rows": [heard], "columns": tones, "column_totals": []})
    html = look(client, "theme", parks.pk, "lights")
    assert "Against: hidden, Both: hidden, For: 25, Neither: 15." in html
    assert "Context, not evidence" in html
    assert "<b>60%</b>" in html
    days = rows(
        ("2026-11-02", "2 November", 60), ("2026-11-03", "3 November", None), ("2026-11-04", "4 November", None)
    )
    figure(parks, "by-day", "day", {"base": 100, "rows": days, "columns": [], "column_totals": []})
    for page in (look(client, "report", parks.pk), look(client, "consultation", parks.consultation.slug)):
        chart = BeautifulSoup(page, "html.parser").find("svg", attrs={"height": "136"})
        assert chart.desc.get_text() == "2 November: 60, 3 November: hidden, 4 November: hidden."
        assert len({rect["height"] for rect in chart.find_all("rect")[1:]}) == 1


@pytest.mark.parametrize(("negative", "said"), [(47, "nearly all"), (53, "nearly all"), (45, "90% 45")])
def test_how_a_theme_sounds_is_said_by_its_own_signs_and_nearly_all_is_no_100_percent(
    client, planner, parks, negative, said
):
    """It read "100%" where noise made the part as large as the theme, and "fewer than 5" of a serious theme."""
    theme = str(ThemeRow.objects.get(slug="lights").pk)
    tones = [{"id": "negative", "label": "Sounds negative"}, {"id": "neutral", "label": "Sounds neutral"}]
    cells = [released.cell(negative), {"value": None, "symbol": "fewer than 10"}]
    heard = {"id": theme, "label": "Lights", **released.cell(50), "coded": 50, "cells": cells}
    table = {"base": 100, "rows": [heard], "columns": tones, "column_totals": [released.cell(60)] * 2}
    figure(parks, "sentiment", "all", table)
    section = BeautifulSoup(look(client, "theme", parks.pk, "lights"), "html.parser").find(id="sounds").parent
    told = [" ".join(row.get_text(" ").split()) for row in section.tbody.find_all("tr")]
    assert told == [f"Sounds negative {said}", "Sounds neutral fewer than 10"]


def test_themes_over_all_consultations_in_four_ways(client, planner, parks, django_assert_max_num_queries):
    families = released.asked(parks.consultation.get_parent().get_parent(), "families", audience="parents-carers")
    released.release(families, parks.codebook_version, {"lights": 15, "rare": None}, day=timezone.localdate())
    assert "Sort by people" in look(client, "themes")
    with django_assert_max_num_queries(FRAME + 3):
        strategy = look(client, "themes", by="strategy")
    assert reverse("insights:theme", args=[parks.pk, "lights"]) in strategy
    assert reverse("insights:point", args=[PLACES]) in strategy
    with django_assert_max_num_queries(FRAME + 3):
        html = look(client, "themes", by="audience")
    table = BeautifulSoup(html, "html.parser").find("table", class_="cover")
    lights = next(row for row in table.find_all("tr") if row.th.get_text() == "Lights")
    assert [cell.get_text(strip=True) for cell in lights.find_all("td")] == ["50", "None shown", "15", "None shown"]
    with django_assert_max_num_queries(FRAME + 3):
        html = look(client, "themes", by="quarter")
    lights = next(
        row for row in BeautifulSoup(html, "html.parser").find_all("tr") if row.th and row.th.get_text() == "Lights"
    )
    assert [cell.get_text(strip=True) for cell in lights.find_all("td")][-1] == "50"
    assert "20" in [cell.get_text(strip=True) for cell in lights.find_all("td")]
    assert "Rare" not in html  # a theme of which nothing is shown adds nothing


def test_quarters_run_to_the_running_one():
    assert themes_across_consultations.last_quarters(date(2026, 2, 1)) == [
        Quarter(*q) for q in ((2025, 1), (2025, 2), (2025, 3), (2025, 4), (2026, 1))
    ]


def test_a_question_has_its_chart_beside_how_it_was_asked(client, planner, parks):
    told = rows(("a-1", "Yes", 70), ("a-2", "No", None))
    figure(parks, "question", "q-a", {"base": 100, "rows": told, "columns": [], "column_totals": []})
    figure(
        parks,
        "question",
        "q-ab",
        {"base": 100, "rows": rows(("x", "Elsewhere", 40)), "columns": [], "column_totals": []},
    )
    html = look(client, "question", parks.consultation.slug, "q-a")
    assert "<caption>question" in html
    assert "Yes" in html
    assert "Elsewhere" not in html
    assert reverse("insights:theme", args=[parks.pk, "lights"]) not in html
    by_age = look(client, "report", parks.pk)
    assert reverse("insights:question", args=[parks.consultation.slug, "q-a"]) in by_age


def ask_grid(release, options, numbers):
    """A grid question of the release: {row label: people of each option}."""
    asked = release.consultation.consultationpage.versions.get().content["items"][0]["text"]["en"]
    for order, (label, people) in enumerate(numbers.items()):
        told = [{"id": f"o{n}", "label": option, **released.cell(count)} for n, (option, count) in enumerate(
            zip(options, people, strict=True))]  # fmt: skip
        told.append({"id": "not-given", "label": "No answer given", **released.cell(None)})
        table = {"base": 100, "rows": told, "columns": [], "column_totals": []}
        released.recount_percents(table)
        made = figure(release, "question", f"q-a:{order}", table)
        Figure.objects.filter(pk=made.pk).update(title=f"{asked} {label}", order=order)
    return asked


def test_a_grid_is_one_chart_with_a_row_for_each_of_its_rows_and_a_deep_link(client, planner, parks):
    options = ("Very unsafe", "In the middle", "Very safe", "I do not go there")
    asked = ask_grid(parks, options, {"The park": (20, 30, 40, 5), "The bus": (50, 20, 20, 5)})
    page = BeautifulSoup(look(client, "report", parks.pk), "html.parser")
    section, chart = page.find(id="q").parent, page.find("figure", id="q-q-a")
    assert len(section.find_all("figure")) == 1
    assert chart.figcaption.span.get_text() == asked
    bars = chart.find("table", class_="stacked")
    assert [row.th.get_text() for row in bars.tbody.find_all("tr")] == ["The bus", "The park"]  # least safe first
    assert [b.get_text() for b in bars.find_all("b")] == ["50%", "20%", "20%", "40%"]
    assert len(section.find_all("a", href=reverse("insights:question", args=[parks.consultation.slug, "q-a"]))) == 1


def test_each_question_has_its_own_address_and_no_bar_for_those_who_gave_no_answer(client, planner, parks):
    told = rows(("b", "Rarely chosen", 10), ("a", "Chosen much", 70), ("not-given", "No answer given", 20))
    figure(parks, "question", "q-a", {"base": 100, "rows": told, "columns": [], "column_totals": []})
    chart = BeautifulSoup(look(client, "report", parks.pk), "html.parser").find("figure", id="q-q-a")
    assert [row.th.get_text() for row in chart.tbody.find_all("tr")] == ["Chosen much", "Rarely chosen"]
    assert "No answer given: 20" in " ".join(chart.get_text(" ").split())


def test_a_question_about_people_shows_what_each_group_spoke_about(client, planner, parks):
    Figure.objects.filter(release=parks, kind="themes-by").update(key="q-a")
    table = BeautifulSoup(look(client, "question", parks.consultation.slug, "q-a"), "html.parser").find(
        "table", class_="cover"
    )
    assert reverse("insights:theme", args=[parks.pk, "lights"]) in [a["href"] for a in table.find_all("a")]
