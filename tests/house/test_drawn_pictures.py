"""The reader of pictures knows every chart, and finds each mark that is drawn otherwise than its number says."""

from collections import Counter

import pytest

from tests.house.drawn_pictures import find_stray_pictures
from tests.insights.templatetags import test_charts
from tests.insights.templatetags.drawn_charts import draw

WITH_INTERVALS = [{"name": "Buses", "percents": [38, 41, None], "lows": [30, 33, None], "highs": [46, 50, None]}]
CHARTS = test_charts.EVERY | {
    "trend with intervals": (
        '{% trend_chart "Over time" series releases %}',
        {"series": WITH_INTERVALS, "releases": ["2024", "2025", "2026"]},
    ),
}
LENGTHS = {"rect": ("width", "height"), "circle": ("cy",), "svg": ("y",), "line": ("x1", "x2", "y1", "y2")}


def chart(name):
    tag, context = CHARTS[name]
    return draw(tag, **context)


def marks_of(page):
    """(mark, attribute) of each length or place that stands for a number; not axes, centre lines and halos."""
    for mark in page.select("svg.fig rect.edge, svg.fig > circle, svg.fig > svg, svg.fig line.ink"):
        if not (mark.name == "line" and "stroke-dasharray" in mark.attrs):
            constant = _same_for_all(page, mark)
            yield from ((mark, name) for name in LENGTHS[mark.name] if name in mark.attrs and name not in constant)


def _same_for_all(page, mark):
    """What is no number: the thickness of a bar, the width of a day, the place of an interval across its bar."""
    svg = mark.find_parent("svg", class_="fig")
    if mark.name == "rect":
        return {"width"} if svg["height"] == "136" else {"height"}
    return {"x1", "x2"} if svg["height"] == "208" else {"y1", "y2"}


@pytest.mark.parametrize("name", CHARTS)
def test_each_mark_is_drawn_as_its_number_says_and_a_moved_one_is_found(name):
    seen = Counter()
    assert find_stray_pictures(str(chart(name)), seen) == [] and sum(seen.values()) >= 3
    moved = len(list(marks_of(chart(name))))
    assert moved >= 2 or name in ("cross", "matrix"), "which have shades"
    for at in range(moved):
        page = chart(name)
        mark, attribute = list(marks_of(page))[at]
        unit = "%" if mark[attribute].endswith("%") else ""
        mark[attribute] = f"{float(mark[attribute].rstrip('%')) + 2}{unit}"
        assert find_stray_pictures(str(page)), (name, mark)


@pytest.mark.parametrize("name", ["cross", "matrix"])
def test_a_wrong_shade_is_found(name):
    cells = len(chart(name).select("td > .n1, td > .n2, td > .n3, td > .gap"))
    for at in range(cells):
        page = chart(name)
        cell = page.select("td > .n1, td > .n2, td > .n3, td > .gap")[at]
        cell["class"] = ["cell", "n3" if "n3" not in cell["class"] else "n2"]
        assert find_stray_pictures(str(page)), cell
    assert cells >= 3


def test_a_picture_that_nobody_reads_is_found():
    assert find_stray_pictures('<p><svg class="fig" height="9"><rect class="edge" width="7%"/></svg></p>')
