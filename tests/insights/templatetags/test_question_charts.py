"""Charts of questions: their order, their one scale, grids as stacked bars, and those who gave no answer."""

from copy import deepcopy

import pytest

from consultation.surveys.question_types.agreement_scale import AgreementType
from consultation.surveys.question_types.faces import FacesType
from insights.disclosure import PRESETS, CountTable, protect_table
from insights.disclosure.disclosure_presets import serialise_preset
from insights.disclosure.rules_wording import wording_of
from insights.releases import question_charts
from insights.releases.chart_geometry import find_diverging_end
from insights.releases.models import Figure
from insights.releases.question_charts import build_grid, count_scale_steps, order_answers
from insights.releases.stored_figures import freeze_table
from tests.insights.templatetags.drawn_charts import cells, draw, row, words
from tests.insights.templatetags.question_samples import ASKED, PLACES, STEPS, TIMES, grid_of


def test_questions_share_one_scale_and_stand_by_people():
    page = draw('{% question_bars "How do you travel?" table %}', table=ASKED)
    assert [words(th) for th in page.tbody.find_all("th")] == ["Walk", "Cycle", "Not sure"]
    assert [words(span) for span in page.find(class_="axis").find_all("span")] == ["0", "50", "100%"]
    for answer in ASKED["rows"][:2]:
        bar, percent, people = cells(page, answer["label"])
        assert answer["percent"] == round(100 * answer["value"] / ASKED["base"])
        assert bar.find("rect")["width"] == f"{answer['percent']:.1f}%"
        assert bar.find("line", class_="wh")["x2"] == f"{answer['high']:.1f}%"
        assert (percent.b.get_text(), words(people)) == (f"{answer['percent']}%", str(answer["value"]))


@pytest.mark.parametrize("id_", ["not-given", "apart-not-given"])
def test_those_who_gave_no_answer_are_a_footnote_and_no_bar(id_):
    rules = wording_of(serialise_preset(PRESETS["default"]))
    told = [*ASKED["rows"][:2], row("No answer given", 12, 6, 4, 11, id=id_)]
    page = draw('{% question_bars "Q" table %}', table=ASKED | {"rows": told}, rules=rules)
    assert len(page.tbody.find_all("tr")) == 2
    assert words(page.find("p")) == "No answer given: about 12"
    few = told[:2] + [row("No answer given", None, id=id_, symbol="fewer than 5")]
    page = draw('{% question_bars "Q" table %}', table=ASKED | {"rows": few}, rules=rules)
    assert words(page.find("p")) == "No answer given: fewer than 5"


@pytest.mark.parametrize(
    "labels",
    [
        ("Very bad", "Bad", "In the middle", "Good", "Very good"),
        ("11 to 13", "14 or 15", "16 or 17", "I am younger or older"),
        ("2022", "2023", "2024"),
        ("None", "1–5", "6–12", "13 or more"),
        ("In the last month", "One to three months ago", "More than a year ago", "I have not taken one"),
    ],
)
def test_answers_with_an_order_of_their_own_keep_it(labels):
    told = [row(label, 10 * at, id=str(at)) for at, label in enumerate(labels, start=1)]
    assert order_answers({"rows": told})[0] == told
    assert order_answers({"rows": told, "several": True})[0] == told[::-1]


def test_standard_scales_have_a_middle():
    for kind in (AgreementType, FacesType):
        told = [{"label": label} for label in kind().prepared_choices({}).values()]
        assert count_scale_steps(told) == 5
    assert count_scale_steps([{"label": label} for label in STEPS]) == 5
    assert count_scale_steps([{"label": "Yes"}, {"label": "No"}]) == 0
    assert count_scale_steps([{"label": "Good"}, {"label": "Bad"}, {"label": "In the middle"}]) == 0


def marks(page, label):
    rects = cells(page, label)[1].find_all("rect")
    return [(float(rect["x"][:-1]), float(rect["width"][:-1]), rect["fill"]) for rect in rects]


def test_rows_of_a_grid_are_stacked_around_the_middle_on_one_scale():
    page = draw("{% grid_chart grid %}", grid=PLACES)
    assert [words(th) for th in page.tbody.find_all("th")] == ["Parks", "School"]  # the least safe first
    # 62.5 percent on one side of the middle at the most: the scale ends at 80.
    assert [words(span) for span in page.find(class_="axis").find_all("span")] == ["80", "40", "0", "40", "80%"]
    for label, numbers in {"Parks": (20, 30, 25, 10, 5), "School": (None, 10, 20, 30, 30)}.items():
        found = marks(page, label)
        assert [width for _, width, _ in found] == pytest.approx([50 / 80 * (n or 3) for n in numbers], abs=0.1)
        assert found[2][0] + found[2][1] / 2 == pytest.approx(50, abs=0.1)
        assert all(
            x + width == pytest.approx(after, abs=0.2)
            for (x, width, _), (after, *_) in zip(found, found[1:], strict=False)
        )
        assert [fill for *_, fill in found][1:] == [f"url(#s{n})" for n in (2, 3, 4, 5)]
    assert marks(page, "School")[0][2] == "none"


def test_numbers_of_a_grid_stand_beside_its_bars_and_in_its_table():
    page = draw("{% grid_chart grid %}", grid=PLACES, rules=wording_of(serialise_preset(PRESETS["default"])))
    unsafe, bar, safe = cells(page, "Parks")
    assert (unsafe.b.get_text(), safe.b.get_text()) == ("50%", "15%")
    assert bar.find(class_="vh").get_text() == (
        "Very unsafe: 20%, A bit unsafe: 30%, In the middle: 25%, A bit safe: 10%, Very safe: 5%, I do not go there: 8%."
    )
    assert "not shown, because a part of it is hidden" in words(cells(page, "School")[0])
    table = page.find("table", class_="cross")
    told = [words(cell) for cell in table.find("th", scope="row", string="School").find_next_siblings("td")]
    assert told == ["fewer than 5", "10%10", "20%20", "30%30", "30%30", "5%5", "100"]
    note = words(page.find("p", class_="small"))
    assert note == "Among the numbers, but in no bar: I do not go there. No answer given: fewer than 5 (in each row)."


def test_a_grid_without_a_middle_is_stacked_from_nought_to_a_hundred():
    page = draw("{% grid_chart grid %}", grid=TIMES)
    assert [words(th) for th in page.tbody.find_all("th")] == ["Evening", "Weekend"]
    assert marks(page, "Weekend") == [(0, 30, "url(#w1)"), (30, 50, "url(#w2)"), (80, 15, "url(#w3)")]
    assert marks(page, "Evening")[2] == (90, 3, "none")
    assert not page.find("line", class_="ink")


def test_grids_that_differ_only_in_what_is_hidden_draw_the_same():
    drawn = set()
    for counts in ({"a": 52, "b": 31, "c": 3, "d": 12}, {"a": 52, "b": 31, "c": 4, "d": 11}):
        table = freeze_table(protect_table(CountTable.one_way(counts)), {}, {})
        drawn.add(str(draw("{% grid_chart grid %}", grid=build_grid("Q", [("Row", Figure(table=table))]))))
    assert len(drawn) == 1


def test_families_of_grids_share_one_scale():
    """A grid of small shares does not look as one of large ones."""
    small = grid_of(STEPS, {"Bus": (10, 10, 60, 10, 10, 0)})
    questions = [{"grid": PLACES}, {"grid": small}, {"grid": TIMES}, {"grid": None}]
    placed = question_charts.share_one_scale(questions)
    assert (find_diverging_end([small.rows[0].parts]), find_diverging_end(row.parts for row in PLACES.rows)) == (
        60,
        80,
    )
    assert [one["grid"] and one["grid"].end for one in placed] == [80, 80, None, None]
    lengths = {}
    for one in placed[:2]:
        page = draw("{% grid_chart grid %}", grid=one["grid"])
        assert [words(span) for span in page.find(class_="axis").find_all("span")][0].startswith("80")
        for label in ("Parks", "Bus"):
            if page.find("th", string=label):
                lengths[label] = [width for _, width, _ in marks(page, label)]
    assert lengths["Bus"][0] / 10 == pytest.approx(lengths["Parks"][3] / 10, abs=0.1), "10 percent in each"


def test_the_key_of_a_grid_says_what_each_dashed_box_stands_for():
    """Of a question on a hard subject it is "fewer than 10", whatever the rules begin at elsewhere."""
    grid = deepcopy(PLACES)
    (hidden,) = [part for row in grid.rows for part in row.parts if part["value"] is None]
    hidden["symbol"] = "fewer than 10"
    html = str(draw("{% grid_chart grid %}", grid=grid, rules=wording_of({})).find(class_="key"))
    assert "fewer than 10" in html and "fewer than 5" not in html
