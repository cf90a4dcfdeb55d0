"""Charts of PDFs. Screen readers speak an SVG's `<title>`, so each bar has its number, or "hidden", in its own."""

from collections.abc import Mapping, Sequence
from typing import Any
from unicodedata import bidirectional

from django import template

from insights.releases import chart_geometry
from insights.releases.question_charts import QuestionGrid, order_answers
from insights.templatetags.charts import find_grid_weaves, grid_chart, rules_wording_in

register = template.Library()
RIGHT_TO_LEFT = ("R", "AL")
# The colours of the weaves in daylight. On paper the order of the parts and their numbers tell them apart.
INKS = {
    "s1": "#6b3a14",
    "s2": "#dba45f",
    "s3": "#ece6da",
    "s4": "#8fc0c4",
    "s5": "#0b4f5a",
    "w1": "#0b4f5a",
    "w2": "#c4850a",
    "w3": "#6b3a14",
    "w4": "#3d98d3",
    "w5": "#b0609a",
}


@register.filter
def written_from(text: str) -> str:
    """ "rtl" or "ltr" by the first strong letter, since PDFs have no `dir=auto` and Urdu is often in Latin letters."""
    first = next((found for letter in text if (found := bidirectional(letter)) in ("L", *RIGHT_TO_LEFT)), "L")
    return "rtl" if first in RIGHT_TO_LEFT else "ltr"


@register.inclusion_tag("insights/exports/pdf/bars.html", takes_context=True)
def paper_bars(
    context: Any, caption: str, table: dict[str, Any], head: str = "Answer", intervals: bool = True
) -> dict[str, Any]:
    """The answers to a question on the one scale of all questions, as a table: label, bar, percent, people."""
    answers, silent = order_answers(table)
    bars, _ = chart_geometry.place_bars(answers, intervals=intervals, end=100)
    words = []
    for bar in bars:
        said = f"{bar.row['label']}: {bar.row['percent']}%"
        said += f", between {bar.row['low']}% and {bar.row['high']}%" if bar.low else ""
        words.append(_hidden_words(context, bar.row) if bar.hidden else said)
    made = _build_bar_context(context, caption, head, table["base"], bars, words)
    made |= {"intervals": any(bar.low for bar in bars)}
    return made | {"axis": "0 to 100%", "silent": silent if silent and silent["value"] != 0 else None}


@register.inclusion_tag("insights/exports/pdf/grid.html", takes_context=True)
def paper_grid(context: Any, grid: QuestionGrid) -> dict[str, Any]:
    """The rows of a grid as on the page, with its table of numbers below."""
    chart = grid_chart(grid)
    for row in chart["rows"]:
        row["parts"] = [(mark, INKS[weave]) for mark, weave in row["marks"]]
    inks = [(INKS[weave], part) for weave, part in zip(find_grid_weaves(grid), grid.parts, strict=False)]
    return {**chart, "key": inks, "rules": rules_wording_in(context)}


@register.inclusion_tag("insights/exports/pdf/themes.html", takes_context=True)
def paper_themes(context: Any, caption: str, table: dict[str, Any]) -> dict[str, Any]:
    """Themes by people; the longest bar takes the whole width. Rows add `gravity` and `decision`, as words and a record."""
    bars = chart_geometry.place_length_bars(table["rows"])
    rules = rules_wording_in(context)
    words = [
        f"{bar.row['label']}: {rules.about(bar.row['value']) if bar.row['value'] else f'{bar.row["symbol"]} people'}"
        + (f", between {bar.row['least']} and {bar.row['most']}" if bar.low else "")
        for bar in bars
    ]
    return _build_bar_context(context, caption, "Theme", table["base"], bars, words)


@register.inclusion_tag("insights/exports/pdf/counts.html")
def paper_counts(caption: str, rows: Sequence[Mapping], head: str, unit: str) -> dict[str, Any]:
    """As `counts_chart`."""
    return {"caption": caption, "head": head, "unit": unit, "bars": chart_geometry.place_length_bars(rows)}


def _build_bar_context(
    context: Any, caption: str, head: str, base: int | None, bars: Sequence[chart_geometry.ChartBar], words: list[str]
) -> dict:
    rows = [{"bar": bar, "says": said} for bar, said in zip(bars, words, strict=True)]
    return {"caption": caption, "head": head, "base": base, "rows": rows, "rules": rules_wording_in(context)}


def _hidden_words(context: Any, row: Mapping[Any, Any]) -> str:
    rules = rules_wording_in(context)
    return f"{row['label']}: {row['symbol']}" if rules.perturbed else f"Hidden: {rules.hidden}"
