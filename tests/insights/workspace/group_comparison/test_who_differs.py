"""Who differs: every number is what the database counts, groups never share a person, and chance is told as chance."""

import random
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from consultation.responses.models import Channel, Response
from insights.coding.counted_codes import current_codes_by_theme
from insights.coding.models import Theme
from insights.corpus.models import Text
from insights.releases.actions import create_release, publish_release
from insights.releases.crossed_questions import CHANNEL
from insights.releases.group_differences import list_clear_differences
from insights.releases.models import Figure, Release
from insights.workspace.group_comparison.views import list_choices
from tests import factories
from tests.insights import released

AGES = {"1": "11 to 13", "2": "14 or 15"}


def closed_answers(release):
    rows = Response.objects.filter(version__page=release.consultation).values_list("pk", "closed")
    return dict(rows)


def people_of_themes(release):
    codes = current_codes_by_theme(release.consultation)
    return {theme.slug: set(codes.get(theme.pk, {}).values()) for theme in Theme.objects.all()}


def numbers(figure):
    """{(row label, column label): shown number}."""
    table = figure.table
    return {
        (row["label"], column["label"]): cell["value"]
        for row in table["rows"]
        for column, cell in zip(table["columns"], row["cells"], strict=True)
    }


def test_a_question_by_age_is_what_the_database_counts(release):
    figure = Figure.objects.get(release=release, kind="question-by", key="q-d|q-a")
    answers = closed_answers(release).values()
    for (answer, age), shown in numbers(figure).items():
        key = {"Yes": ("1",), "No": ("2",), "No answer given": ("dk", "na")}[answer]
        band = next((k for k, label in AGES.items() if label == age), None)
        count = sum(one["a"] in key and one["d"] == band for one in answers)
        assert shown == (count if count >= 5 else None), (answer, age)


def test_a_question_by_how_people_answered_is_what_the_database_counts(
    answered, officer, colleague, no_noise, as_planner
):
    on_paper = Response.objects.filter(version__page=answered).order_by("pk").values_list("pk", flat=True)[::3]
    Response.objects.filter(pk__in=list(on_paper)).update(channel=Channel.PAPER)
    made = create_release(consultation=answered, by=officer)
    publish_release(release=made, by=colleague)
    figure = made.figures.get(kind="question-by", key=f"{CHANNEL}|q-a")
    rows = list(Response.objects.filter(version__page=answered).values_list("channel", "closed"))
    seen = 0
    for (answer, channel), shown in numbers(figure).items():
        key = {"Yes": ("1",), "No": ("2",), "No answer given": ("dk", "na")}[answer]
        count = sum(one["a"] in key and str(Channel(way).label) == channel for way, one in rows)
        assert shown == (count if count >= 5 else None), (answer, channel)
        seen += shown is not None
    assert seen >= 4
    assert [column["label"] for column in figure.table["columns"]] == ["On the web", "On paper"], (
        "everyone has a channel"
    )
    whole = made.figures.get(kind="channel").table["rows"]
    assert {row["label"]: row["value"] for row in whole} == {
        str(Channel(way).label): sum(one == way for one, _ in rows) for way in ("web", "paper")
    }
    html = page(as_planner, what="q-a", by=CHANNEL).content.decode()
    assert "How people answered" in html and "On paper" in html


def test_where_all_answered_alike_nothing_is_split_by_it(release):
    assert not release.figures.filter(key__startswith=CHANNEL).exists()


def test_themes_by_an_answer_of_several_are_what_the_database_counts(release):
    figure = Figure.objects.get(release=release, kind="themes-by-answer", key="q-b")
    answers, themes = closed_answers(release), people_of_themes(release)
    labels = {"Lights": "1", "Staff": "2", "Cameras": "3"}
    shown = numbers(figure)
    for slug in ("lights", "staff"):
        for label, key in labels.items():
            count = sum(key in answers[person]["b"] for person in themes[slug])
            whole = sum(key in one["b"] for person, one in answers.items() if person in set().union(*themes.values()))
            expected = count if count >= 5 and whole - count >= 5 else None
            assert shown[slug.capitalize(), label] == expected, (slug, label)
    assert figure.table["base"] == len(set().union(*themes.values()))  # nobody counts twice for choosing two


def test_themes_with_themes_are_what_the_database_counts(answered, officer, release):
    figure = Figure.objects.get(release=release, kind="themes-with")
    themes = people_of_themes(release)
    rows = {row["label"]: row for row in figure.table["rows"]}
    assert rows["Lights"]["value"] == len(themes["lights"])
    for (one, other), shown in numbers(figure).items():
        if one != other:
            both = len(themes[one.lower()] & themes[other.lower()])
            assert shown == (both if both >= 5 else None)


def table(cells, totals=(60, 60), base=120):
    """A two-way table of one theme."""
    return {
        "base": base,
        "columns": [{"id": "young", "label": "Young"}, {"id": "old", "label": "Old"}],
        "column_totals": [{"value": total} for total in totals],
        "rows": [
            {"id": "1", "label": "Lights", "value": sum(cells), "cells": [{"value": value} for value in cells]},
        ],
    }


def test_a_wide_difference_is_told_and_a_narrow_one_is_not():
    looks, clear = list_clear_differences(table((50, 10)))
    assert looks == 2
    assert [(one.column["label"], one.more) for one in clear] == [("Old", False), ("Young", True)]
    assert clear[0].share.percent == 17 and clear[0].rest.percent == 83
    assert list_clear_differences(table((33, 27))) == (2, [])


def test_hidden_numbers_and_those_who_gave_no_answer_are_not_compared():
    hidden = table((50, 10))
    hidden["rows"][0]["cells"][1] = {"value": None}
    assert list_clear_differences(hidden)[0] == 1
    silent = table((50, 10))
    silent["columns"][1]["id"] = "not-given"
    assert list_clear_differences(silent)[0] == 1
    silent["rows"][0]["id"] = "apart-not-given"
    assert list_clear_differences(silent) == (0, [])


def test_of_tables_without_a_difference_hardly_one_in_twenty_shows_any():
    """The correction for many looks, over tables drawn by chance."""
    dice, false = random.Random(7), 0
    for _ in range(200):
        rows = []
        for number in range(20):
            part = dice.uniform(0.1, 0.6)
            cells = [sum(dice.random() < part for _ in range(80)) for _ in range(4)]
            shown = [{"value": value + dice.choice((-2, -1, 0, 1, 2))} for value in cells]
            rows.append({"id": str(number), "label": str(number), "value": sum(cells), "cells": shown})
        columns = [{"id": f"c{n}", "label": str(n)} for n in range(4)]
        made = {"base": 320, "columns": columns, "column_totals": [{"value": 80}] * 4, "rows": rows}
        false += bool(list_clear_differences(made)[1])
    assert false <= 10


@pytest.fixture
def as_planner(client, db):
    client.force_login(factories.staff("p@example.org", "insights.view_reports", "insights.draft_decision"))
    return client


def page(client, **query):
    return client.get(reverse("insights:compare", query=query or None))


def test_it_opens_on_the_report_with_most_tables_and_not_on_a_newer_one_that_shows_none(
    release, home, as_planner, django_assert_max_num_queries
):
    later = release.published_on + timedelta(days=30)
    for slug, people in (("few", None), ("bare", 100)):  # too few answered; nothing was asked about the person
        asked = released.asked(home, slug=slug)
        made = released.release(asked, release.codebook_version, {"lights": 40}, day=later)
        Release.objects.filter(pk=made.pk).update(people=people)
        if people is None:
            refused = {"base": None, "refused": "Few.", "rows": [], "columns": [], "column_totals": []}
            for number in range(99):
                made.figures.create(kind="question-by", key=str(number), title="Few", table=refused)
    with django_assert_max_num_queries(30):
        reply = page(as_planner)
    assert reply.context["release"] == release and reply.context["looks"]
    assert page(as_planner, release=made.pk).context["release"] == made


def test_it_opens_on_a_report_of_the_last_year_before_an_older_one_with_more_tables(release, home, as_planner):
    made = released.release(
        released.asked(home, slug="new"), release.codebook_version, {"lights": 40}, split={"x": (40, {"lights": 9})}
    )
    for one, day in ((made, date.today()), (release, date.today() - timedelta(days=400))):
        Release.objects.filter(pk=one.pk).update(published_on=day)
    assert page(as_planner).context["release"] == made


@pytest.mark.slow
@pytest.mark.any_database
def test_no_choice_gives_a_blank_page(release, as_planner, django_assert_max_num_queries):
    choices = list_choices(release)
    assert dict(choices.questions).keys() == {"q-a", "q-b"}
    assert dict(choices.groups) == {"q-d": "Question d?"}
    every = [name for name, _ in (*choices.questions, *choices.groups, *choices.answers)] + ["themes", "nonsense", ""]
    for what in every:
        for by in every:
            with django_assert_max_num_queries(26) as asked:
                html = page(as_planner, release=release.pk, what=what, by=by).content.decode()
            assert (
                "<table" in html or "No number by these groups" in html
            ) and "Before you quote a difference" in html, (what, by)
        assert not any(Text._meta.db_table in one["sql"] for one in asked.captured_queries)


def test_who_is_unsafe_by_age_is_one_look_away(release, as_planner):
    html = page(as_planner, release=release.pk, what="q-a", by="q-d").content.decode()
    assert "Question a? By answer to “Question d?”" in html
    figure = Figure.objects.get(release=release, kind="question-by", key="q-d|q-a")
    first = figure.table["rows"][0]["cells"][0]
    assert f"<b>{first['percent']}%</b><small>{first['value']}</small>" in html


def test_a_reader_picks_a_family_and_sees_its_themes_with_sub_themes_under_their_theme(release, as_planner):
    entries = release.codebook_version.entries
    entries.update(family="people")
    entries.filter(theme__slug="lights").update(family="places")
    figure = release.figures.get(kind="themes-by", key="q-d")
    cells = {"Rare": (35, 5), "Staff": (2, 24), "Lights": (45, 5)}  # the sub-theme has more people than its theme
    for row in figure.table["rows"]:
        row |= {"value": sum(cells[row["label"]]), "symbol": ""}
        row["cells"][:2] = [{"value": n, "symbol": "", "percent": n} for n in cells[row["label"]]]
    figure.save()
    entries.filter(theme__slug="rare").update(parent="staff")

    def ask(**query):
        page = BeautifulSoup(as_planner.get(reverse("insights:compare"), {"by": "q-d"} | query).content, "html.parser")
        rows = page.select("table.cover tbody th")
        return page, [(" ".join(row.get_text(" ").split()), "under" in row.get("class", ())) for row in rows]

    page, themes = ask()
    assert themes == [("Lights", False), ("Staff", False), ("Sub-theme: Rare", True)]
    assert [option.get_text() for option in page.select("#family option")] == ["All", "People", "Places"]
    page, themes = ask(family="people")
    assert themes == [("Staff", False), ("Sub-theme: Rare", True)]
    assert page.select_one("#family [selected]").text == "People"
    looks, clear = list_clear_differences(figure.table)
    told = " ".join(page.select_one(".we").get_text(" ").split())
    assert f"This looks at {looks} numbers, each beside everyone else." in told and "also in other families" in told
    assert {item.b.text for item in page.select(".we li")} == {one.row["label"] for one in clear} == {"Staff"}
    places, themes = ask(family="places")
    assert themes == [("Lights", False)]
    assert "no difference in this family is more than chance" in " ".join(places.select_one(".we").get_text().split())
    assert ask(family="nonsense")[1] == ask()[1]


def test_a_report_that_asked_nothing_about_the_person_says_so(home, as_planner):
    version = released.codebook(lights=[])
    released.release(released.asked(home), version, {"lights": 50})
    assert "This report has no such table." in page(as_planner).content.decode()


def test_without_a_release_the_page_says_what_it_needs(as_planner):
    assert "Nothing can be compared yet" in page(as_planner).content.decode()


def test_a_draft_is_not_compared(release, as_planner):
    release.status, release.published_on = "draft", None
    release.save()
    assert "Nothing can be compared yet" in page(as_planner, release=release.pk).content.decode()


def test_a_difference_in_words_says_how_many_people_it_rests_on(as_planner, release):
    """A share of 17 people read like one of 1,700."""
    figure = Figure.objects.get(release=release, kind="themes-by", key="q-d")
    theme = figure.table["rows"][0]
    small = table((15, 20), totals=(17, 103))
    row = small["rows"][0] | {"id": theme["id"], "label": theme["label"]}
    row["cells"] = [cell | {"symbol": "", "percent": None} for cell in row["cells"]]
    Figure.objects.filter(pk=figure.pk).update(table=figure.table | small | {"rows": [row]})
    said = " ".join(BeautifulSoup(page(as_planner, what="themes", by="q-d").content, "html.parser").get_text().split())
    assert f"{theme['label']}, Young: about 15 of 17 people (88%), more often than everyone else" in said
    assert "(about 20 of 103, 19%)" in said
