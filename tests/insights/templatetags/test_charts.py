"""Charts say the same in text, table and picture, have a name, and draw hidden numbers as hidden."""

import re

import pytest
from django.utils import translation

from insights.disclosure import PRESETS, CountTable, protect_table
from insights.disclosure.disclosure_presets import serialise_preset
from insights.disclosure.rules_wording import wording_of
from insights.releases.stored_figures import freeze_table
from tests.insights.templatetags import question_samples
from tests.insights.templatetags.drawn_charts import cells, draw, row, words

RULES = {"nhs": "fewer than 8 people", "dfe": "fewer than 6 people", "": "few people"}


SAFETY = [row("Safe", 70, 38, 31, 45), row("Not safe", 20, 11, 7, 16), row("Not sure", None)]
STANCE = [
    row(*part)
    for part in [("Never", None), ("Rarely", 30, 29), ("Mixed", 20, 19), ("Often", 35, 33), ("Always", 20, 19)]
]
THEMES = [
    row("Buses", 85, url="/insights/theme/1/", gravity=2, answer={"icon": "clock", "word": "Waits"}),
    row(
        "Unsafe places", 50, url="/insights/theme/2/", gravity=3, answer={"icon": "outcome-no", "word": "No, because"}
    ),
    row("Gifts", None, gravity=3, answer=None),
]
SERIES = [{"name": "Buses", "percents": [38, 41, 44]}, {"name": "Lights", "percents": [15, None, 24]}]
CROSS = freeze_table(
    protect_table(
        CountTable(
            rows=("1", "2", "3"),
            columns=("young", "parents"),
            counts=((85, 20), (45, 22), (15, 3)),
            bases=(185, 62),
        )
    ),
    {"1": "Buses", "2": "Lights", "3": "Police"},
    {"young": "Young people", "parents": "Parents"},
)
CROSS["rows"][1]["cells"][1] |= {"value": None, "symbol": "[c]", "percent": None}
COVERAGE = [
    {
        "title": "1. Identify",
        "rows": [
            {
                "number": "1.1",
                "label": "Problem profiles",
                "cells": [{"value": 90, "decisions": 2, "url": "/insights/theme/1/"}, {"value": None}, {"value": 10}],
            }
        ],
    }
]
AUDIENCES = [
    {"label": "Children", "short": "CYP"},
    {"label": "Parents", "short": "Par"},
    {"label": "Staff", "short": "Pro"},
]
DAYS = [row("2 June", 60), row("3 June", None), row("4 June", 15), row("5 June", None)]
CHARTS = {
    "question": ('{% question_bars "How do you travel?" table %}', {"table": question_samples.ASKED}),
    "grid": ("{% grid_chart grid %}", {"grid": question_samples.PLACES}),
    "days": ('{% days_chart "By day" rows %}', {"rows": DAYS}),
    "bars": ('{% bars_chart "Feeling safe" rows sub="185 people" %}', {"rows": SAFETY}),
    "themes": ('{% theme_bars "Themes" rows %}', {"rows": THEMES}),
    "stance": ('{% stance_chart "At the stop" parts %}', {"parts": STANCE}),
    "cross": ('{% cross_table "Themes by audience" table %}', {"table": CROSS}),
    "trend": (
        '{% trend_chart "Over time" series releases %}',
        {"series": SERIES, "releases": ["2024", "2025", "2026"]},
    ),
}
EVERY = {
    **CHARTS,
    "matrix": ('{% matrix_chart "Coverage" columns strands %}', {"columns": AUDIENCES, "strands": COVERAGE}),
}


def chart(name):
    tag, context = EVERY[name]
    return draw(tag, **context)


@pytest.mark.parametrize("name", EVERY)
def test_no_inline_style_script_or_handler(name):
    tag, context = EVERY[name]
    html = str(draw("{% weaves %}" + tag, **context))
    assert not re.search(r"<style|<script|\sstyle=|\son\w+=", html)


@pytest.mark.parametrize("name", EVERY)
def test_every_picture_is_named_or_stands_beside_its_number(name):
    page = chart(name)
    for svg in page.find_all("svg"):
        if svg.get("role") == "img":
            title, desc = (page.find(id=key) for key in svg["aria-labelledby"].split())
            assert title.name == "title" and title.get_text()
            assert desc.name == "desc" and re.search(r"\d|hidden", desc.get_text())
        else:
            assert svg.get("aria-hidden") == "true" or svg.find_parent("svg")


@pytest.mark.parametrize("name", EVERY)
def test_every_chart_has_a_table_with_headings(name):
    table = chart(name).find("table")
    assert table.find_all("th", scope="col")
    assert table.find_all("th", scope="row")
    assert {element["role"] for element in table.find_all(["tr", "td", "th"])} <= {
        "row",
        "cell",
        "rowheader",
        "columnheader",
    }


@pytest.mark.parametrize("name", CHARTS)
def test_a_hidden_number_is_shown_as_hidden_and_explained_by_the_rules_of_its_page(name):
    tag, context = CHARTS[name]
    for slug, few in RULES.items():
        page = draw(tag, **context, rules=wording_of(serialise_preset(PRESETS[slug])) if slug else None)
        said = f"{few}, or it would reveal such a number"
        assert page.find("abbr", class_="hid", title=f"Hidden: {said}", string="[c]")
        assert f"is a hidden number: {said}. Hidden does not mean none." in words(page.find("figure"))


@pytest.mark.parametrize("name", sorted(CHARTS.keys() - {"cross"}))
def test_a_small_number_by_cell_keys_says_fewer_than(name):
    tag, context = CHARTS[name]
    page = draw(tag, **context, rules=wording_of(serialise_preset(PRESETS["default"])))
    assert page.find("span", class_="hid", string="fewer than 5")
    assert "[c]" not in page.get_text()


def test_the_words_of_a_cell_stand_in_the_chart_in_its_table_and_in_its_description():
    rows = [row("Yes", None, symbol="nearly all"), row("No", None, symbol="fewer than 10")]
    page = draw('{% days_chart "Q" rows %}', rows=rows, rules=wording_of(serialise_preset(PRESETS["default"])))
    assert [words(cells(page, label)[-1]) for label in ("Yes", "No")] == ["nearly all", "fewer than 10"]
    assert page.find("desc").get_text() == "Yes: nearly all, No: fewer than 10."


@pytest.mark.parametrize("name", EVERY)
def test_a_chart_is_the_same_each_time(name):
    assert str(chart(name)) == str(chart(name))


@pytest.mark.parametrize("name", EVERY)
def test_a_decimal_comma_never_reaches_the_geometry(name):
    with translation.override("pl"):
        page = chart(name)
    for mark in page.find_all(["rect", "line", "circle", "text"]):
        assert not any(
            "," in str(mark.get(key, "")) for key in ("x", "y", "x1", "x2", "y1", "y2", "width", "height", "cx")
        )


@pytest.mark.parametrize("name", ["bars", "question", "grid", "themes", "stance"])
def test_bars_are_mirrored_and_hold_no_text(name):
    figures = chart(name).find_all("svg", class_="fig")
    assert figures
    assert all("flip" in svg["class"] and not svg.find("text") for svg in figures)


@pytest.mark.parametrize("name", ["trend", "days"])
def test_age_and_time_run_on_in_every_script(name):
    figures = chart(name).find_all("svg", class_="fig")
    assert figures
    assert all("flip" not in svg["class"] and svg["direction"] == "ltr" for svg in figures)


def test_bars_on_a_scale_that_begins_at_zero():
    bar, percent, people = cells(chart("bars"), "Safe")
    assert bar.find("rect")["width"] == "63.3%"
    assert bar.find("rect")["fill"] == "url(#w1)"
    assert (bar.find("line", class_="wh")["x1"], bar.find("line", class_="wh")["x2"]) == ("51.7%", "75.0%")
    assert words(percent) == "38% (between 31 and 45)"
    assert words(people) == "70"


def test_a_hidden_bar_is_a_dashed_box_of_fixed_size_and_no_zero():
    bar, number = cells(chart("bars"), "Not sure")
    assert (bar.find("rect")["width"], bar.find("rect")["fill"]) == ("6%", "none")
    assert bar.find("rect")["stroke-dasharray"]
    assert (words(number), number["colspan"]) == ("[c]", "2"), "said once, in place of percent and people"


def test_no_interval_where_none_is_asked_for():
    page = draw('{% bars_chart "Feeling safe" rows intervals=False weave=4 %}', rows=SAFETY)
    assert not page.find("line", class_="wh")
    assert "between" not in page.get_text()
    assert page.find("rect")["fill"] == "url(#w4)"


def test_people_without_a_percentage_say_so():
    page = draw('{% bars_chart "Few" rows %}', rows=[row("Yes", 20)])
    bar, percent, people = cells(page, "Yes")
    assert not bar.find("svg")
    assert "no percentage" in words(percent)
    assert words(people) == "20"
    assert "[c]" not in page.get_text()


def test_themes_have_people_gravity_and_answer():
    page = chart("themes")
    bar, people, gravity, answer = cells(page, "Unsafe places")
    assert bar.find("rect")["width"] == "58.8%"
    assert bar.find("rect")["fill"] == "url(#w2)"
    assert (words(people), words(gravity), words(answer)) == ("50", "Serious", "No, because")
    assert page.find("a", href="/insights/theme/1/", string="Buses")
    assert len(gravity.find_all("circle", fill="var(--ink)")) == 3


def test_a_hidden_theme_has_no_length():
    bar, people, *_ = cells(chart("themes"), "Gifts")
    assert bar.find("rect")["fill"] == "none"
    assert words(people) == "[c]"


def test_stance_centres_on_the_middle_part():
    boxes = chart("stance").find("svg", class_="fig").find_all("rect")
    middle = boxes[2]
    assert float(middle["x"][:-1]) + float(middle["width"][:-1]) / 2 == pytest.approx(50, abs=0.1)
    assert [box["fill"] for box in boxes] == ["none", "url(#s2)", "url(#s3)", "url(#s4)", "url(#s5)"]
    assert all(0 <= float(box["x"][:-1]) <= 100 for box in boxes)


def test_three_sides_have_the_weaves_of_five_and_who_is_on_none_has_no_bar():
    page = draw(
        '{% stance_chart "Lights" parts "" beside %}',
        parts=[STANCE[1], STANCE[2], STANCE[3]],
        beside=row("Neither", None),
    )
    boxes = page.find("svg", class_="fig").find_all("rect")
    assert [box["fill"] for box in boxes] == ["url(#s1)", "url(#s3)", "url(#s5)"]
    assert page.find("desc").get_text() == "Rarely: 30, Mixed: 20, Often: 35, Neither: hidden."
    assert [words(cell) for cell in cells(page, "Neither")] == ["[c]", "[c]"]


def test_a_hidden_day_is_a_stump_of_one_height_whatever_the_others_are():
    alone = draw('{% days_chart "By day" rows %}', rows=[row("2 June", 10), row("3 June", None)])
    stumps = {rect["height"] for page in (chart("days"), alone) for rect in page.find_all("rect", fill="none")}
    assert stumps == {"14.0"}
    assert [float(rect["height"]) for rect in chart("days").find_all("rect")][::2] == [92.0, 23.0]


def test_intervals_are_drawn_and_said_where_a_number_is_shown():
    rows = [row("Buses", 50, 50, 40, 60, least=40, most=60, change=None), row("Gifts", None, least=None, most=None)]
    page = draw('{% theme_bars "Themes" rows %}', rows=rows)
    bar, people, *_ = cells(page, "Buses")
    assert (bar.find("rect")["width"], bar.find("line", class_="ink")["x1"]) == ("83.3%", "66.7%")
    assert words(people) == "50 (between 40 and 60)"
    assert not cells(page, "Gifts")[0].find("line")
    series = [{"name": "Buses", "percents": [38, None], "lows": [30, None], "highs": [46, None]}]
    page = draw('{% trend_chart "Over time" series releases %}', series=series, releases=["1", "2"])
    assert len(page.find_all("line", class_="ink")) == 1


def test_a_change_is_said_with_its_interval_in_words():
    change = {
        "points": "+5 points",
        "low": "−3",
        "high": "+13",
        "clear": False,
        "release": {"consultation": {"title": "Lanes"}},
    }
    page = draw('{% theme_bars "Themes" rows %}', rows=[row("Buses", 50, change=change)])
    assert "+5 points since Lanes (−3 to +13), may be chance" in words(page)


def test_stance_in_words():
    assert chart("stance").find("desc").get_text() == "Never: hidden, Rarely: 30, Mixed: 20, Often: 35, Always: 20."


def test_cross_table_shows_percent_and_people_and_folds_what_has_no_number_by_group():
    page = chart("cross")
    assert [words(cell) for cell in cells(page, "Buses")] == ["105", "46%85", "33%20"]
    assert words(cells(page, "Lights")[2]) == "[c]"
    assert "gap" in cells(page, "Lights")[2].find("span")["class"]
    assert not page.find("th", string="Police") and "Too few people to compare: Police." in words(page)


def test_those_who_gave_no_answer_stand_below_a_cross_table_and_keep_no_line_open():
    shown, hidden = (
        {"value": 20, "symbol": "", "percent": 40},
        {"value": None, "symbol": "fewer than 5", "percent": None},
    )
    rows = [
        {"id": "1", "label": "Buses", **shown, "cells": [shown, hidden, shown]},
        {"id": "2", "label": "Lights", **shown, "cells": [hidden, hidden, shown]},
        {"id": "3", "label": "Parks", **hidden, "cells": [hidden, hidden, hidden]},
        {"id": "not-given", "label": "No answer given", **shown, "cells": [shown, shown, shown]},
    ]
    columns = [{"id": one, "label": one.title()} for one in ("young", "old", "not-given")]
    table = {"columns": columns, "column_totals": [shown, shown, shown | {"value": 33}], "rows": rows}
    page = draw('{% cross_table "By age" table %}', table=table)
    assert [words(th) for th in page.find_all("th")] == ["Theme", "All", "Young", "Buses"]
    assert [words(p) for p in page.find_all("p")] == [
        "Too few people to compare: Old; Lights.",
        "The other rows have no number that can be shown.",
        "No answer given: 20",
        "In no group, as they gave no answer: 33",
    ]


def test_a_wide_cross_table_scrolls_in_a_named_region():
    columns = [{"id": str(n), "label": f"Age {n}"} for n in range(6)]
    cell = {"value": 20, "symbol": "", "percent": 40}
    table = {
        "columns": columns,
        "rows": [{"id": "1", "label": "Buses", "value": 120, "symbol": "", "cells": [cell] * 6}],
    }
    region = draw('{% cross_table "By age" table %}', table=table).find("div", class_="scroll")
    assert (region["tabindex"], region["role"]) == ("0", "region")
    assert region["aria-labelledby"]


def test_a_trend_has_a_gap_where_a_number_is_hidden():
    page = chart("trend")
    assert len(page.find_all("line", stroke="var(--c1)")) == 2
    assert not page.find_all("line", stroke="var(--c2)")
    assert "Lights. 2024: 15%, 2025: hidden, 2026: 24%." in page.find("desc").get_text()
    assert [words(cell) for cell in cells(page, "Lights")] == ["15%", "[c]", "24%"]


def test_coverage_has_number_shade_and_word():
    much, gap, few = cells(chart("matrix"), "1.1")
    assert much.find("a", href="/insights/theme/1/")["class"] == ["cell", "n2"]
    assert words(much).startswith("90")
    assert "2 decisions" in words(much)
    assert (words(gap), gap.find("span")["class"]) == ("Gap", ["cell", "gap"])
    assert few.find("span")["class"] == ["cell", "n1"]


def test_weaves_are_defined_once_each():
    ids = [pattern["id"] for pattern in draw("{% weaves %}").find_all("pattern")]
    assert ids == ["w1", "w2", "w3", "w4", "w5", "s1", "s2", "s3", "s4", "s5"]


def test_labels_are_text_and_never_markup():
    page = draw(
        "{% bars_chart asked rows %}", asked="<b>Q</b>", rows=[row("<script>alert(1)</script>", 20, 50, 40, 60)]
    )
    assert not page.find("script")
    assert page.find("caption").get_text() == "<b>Q</b>"


@pytest.mark.parametrize(("count", "said"), [(1, "1 person"), (45, "45 people"), (None, "")])
def test_people_in_words(count, said):
    assert words(draw("{% people n %}", n=count)) == said


@pytest.mark.parametrize(
    "tag",
    ['{% bars_chart "Q" table.rows %}', '{% theme_bars "Q" table.rows %}', '{% stance_chart "Q" table.rows %}'],
)
def test_tables_that_differ_only_in_what_is_hidden_draw_the_same(tag):
    counts = ({"a": 52, "b": 31, "c": 3, "d": 12, "e": 40}, {"a": 52, "b": 31, "c": 4, "d": 11, "e": 40})
    drawn = {str(draw(tag, table=freeze_table(protect_table(CountTable.one_way(c)), {}, {}))) for c in counts}
    assert len(drawn) == 1


def test_a_dense_table_shows_a_small_number_short_and_says_it_in_words():
    few = {"value": None, "symbol": "fewer than 10", "percent": None}
    many = {"value": 20, "symbol": "", "percent": 40}
    columns = [{"id": "old", "label": "Old"}, {"id": "young", "label": "Young"}]
    rows = [
        {"id": name, "label": name, "value": 120, "symbol": "", "cells": both}
        for name, both in {"Buses": [few, many], "Lights": [many, many]}.items()
    ]
    rules = wording_of(serialise_preset(PRESETS["default"]))
    page = draw('{% cross_table "By age" table %}', table={"columns": columns, "rows": rows}, rules=rules)
    seen, said = cells(page, "Buses")[1].find(class_="hid").find_all("span")
    assert (seen.get_text(), seen["aria-hidden"], said.get_text()) == ("<10", "true", "fewer than 10")
    assert words(page.find(class_="key").find_all("li")[-1]) == "<10 fewer than 10"


def test_the_end_of_a_long_list_of_themes_is_folded_on_the_same_scale():
    rows = [row(f"Theme {n}", 100 - n) for n in range(20)]
    page = draw('{% theme_bars "Themes" rows %}', rows=rows)
    first, rest = page.find_all("table")
    assert [len(table.tbody.find_all("tr")) for table in (first, rest)] == [5, 15]
    assert rest.find_parent("details").summary.get_text() == "15 more themes"
    assert cells(page, "Theme 19")[0].rect["width"] == "81.0%"


def test_cross_tables_that_differ_only_in_what_is_hidden_draw_the_same():
    counts = (((60, 40, 35), (28, 37, 24), (17, 4, 21)), ((60, 40, 35), (27, 38, 24), (18, 3, 21)))
    tables = [protect_table(CountTable(("a", "b", "c"), c, ("x", "y", "z"))) for c in counts]
    assert len({str(draw('{% cross_table "Q" table %}', table=freeze_table(table, {}, {}))) for table in tables}) == 1


@pytest.mark.parametrize("tag", ["bars_chart", "theme_bars"])
def test_a_large_number_has_a_separator_in_words_and_none_in_the_drawing(tag):
    page = draw(f'{{% {tag} "Q" rows %}}', rows=[row("Buses", 2446, 50, 45, 55)])
    assert "2,446" in words(page)
    drawn = re.findall(r'\b(?:x|x1|x2|y|width|height)="([^"]*)"', str(page))
    assert drawn and not any("," in one for one in drawn)
