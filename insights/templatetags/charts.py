"""Charts as accessible SVG with a data table.

Every tag takes shown figures: rows with `label`, `value`, `percent`, and where an interval is drawn `low` and `high`;
None is a hidden number and is drawn as hidden. A page holds `{% weaves %}` (the SVG patterns) once. `rules` (a
Wording) in its context explains what stands for numbers that are not shown.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from zlib import crc32

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insights.coding.codebooks.theme_entry_rows import GRAVITY
from insights.disclosure.disclosure_rules import HIDDEN
from insights.disclosure.rules_wording import RulesWording, wording_of
from insights.releases import chart_geometry
from insights.releases.question_charts import GridRow, QuestionGrid, order_answers
from insights.releases.stored_figures import fold_table

register = template.Library()
register.filter("fold_table", fold_table)
FOLDER = "components/charts"
HEAT = (35, 100)
SHARE_HEAT = (25, 50)
FIRST_THEMES = 5
WEAVES_OF_SCALE = {3: ("s1", "s3", "s5"), 5: ("s1", "s2", "s3", "s4", "s5")}
STACKED_WEAVES = ("w1", "w2", "w3", "w4", "w5", "s2", "s3", "s4")


def has_hidden_number(rows: Iterable[dict], name: str = "value") -> bool:
    return any(row.get(name) is None for row in rows)


def chart_id(*words: object) -> str:
    """An element id for a chart's title and description: stable over renderings, different for different charts."""
    return f"c{crc32('|'.join(map(str, words)).encode()):08x}"


def describe_chart(rows: Iterable[Mapping], name: str = "value", unit: str = "") -> str:
    """The chart's description: every number in words, "hidden" for a hidden one."""
    said = (
        f"{row['label']}: {_describe_hidden(row) if row.get(name) is None else f'{row[name]}{unit}'}" for row in rows
    )
    return f"{', '.join(said)}."


def _describe_hidden(row: Mapping) -> str:
    symbol = row.get("symbol", "")
    return _("hidden") if symbol in ("", HIDDEN) else symbol


@register.simple_tag
def people(count: int | None) -> str:
    return "" if count is None else ngettext("%(count)s person", "%(count)s people", count) % {"count": count}


@register.inclusion_tag(f"{FOLDER}/weaves.html")
def weaves() -> dict:
    return {}


def rules_wording_in(context: Any) -> RulesWording:
    return context.get("rules") or RulesWording()


@register.inclusion_tag(f"{FOLDER}/hidden.html", takes_context=True)
def hidden_number(context: Any, symbol: str = "", dense: str = "") -> dict:
    """What stands for a number that is not shown: "fewer than 5" and the like, or the sign of rules that suppress.

    `dense` "cell" shows "<5", and the words to screen readers; "key" explains it.
    """
    rules = rules_wording_in(context)
    words = rules.fewer_than if symbol in ("", HIDDEN) else symbol
    short = words.replace("fewer than ", "<") if words.startswith("fewer than ") else ""
    return {"rules": rules, "words": words, "short": dense and short, "dense": dense}


@register.simple_tag(takes_context=True)
def hidden_means(context: Any) -> str:
    return f"is a hidden number: {rules_wording_in(context).hidden}. Hidden does not mean none."


@register.simple_tag
def people_of(release: Any) -> str:
    """The number of people of a release, or that they are too few to show."""
    rules = wording_of(release.rules)
    return rules.about(release.people) if release.people else rules.too_few_to_ask.capitalize()


@register.simple_tag(takes_context=True)
def about_people(context: Any, count: int | None) -> str:
    """ "about 75 people", by the rules of the page."""
    return rules_wording_in(context).about(count)


@register.filter
def people_in_words(item: Any) -> str:
    """ "about 75 people" of a public theme or answer, or "nearly everyone", for whom there is no number."""
    return "nearly everyone" if item.nearly_all else f"about {intcomma(item.people)} people"


@register.simple_tag(takes_context=True)
def about_part(context: Any, count: int, base: int | None) -> str:
    """ "about 75 of 345 people", by the rules of the page."""
    return f"{rules_wording_in(context).about(count).removesuffix(' people')} of {intcomma(base)} people"


def chart_tag(name: str) -> Callable[[Callable[..., dict]], Callable[..., dict]]:
    """Registers a chart's inclusion tag under its function's name and adds the page's `rules` to its context."""

    def made(draw: Callable[..., dict]) -> Callable[..., dict]:
        def tag(context: Any, *args: Any, **more: Any) -> dict:
            rules = rules_wording_in(context)
            return {**draw(*args, **more), "rules": rules, "gap": "<" if rules.perturbed else HIDDEN}

        register.inclusion_tag(f"{FOLDER}/{name}.html", takes_context=True, name=draw.__name__)(tag)
        return draw

    return made


@chart_tag("bars")
def bars_chart(
    caption: str, rows: Sequence[dict], sub: str = "", head: str = "", intervals: bool = True, weave: int = 1
):
    """Horizontal bars with intervals, as a table: label, bar, percent, people."""
    bars, grid = chart_geometry.place_bars(rows, intervals=intervals)
    return {
        "caption": caption,
        "sub": sub,
        "head": head or _("Answer"),
        "bars": bars,
        "grid": grid,
        "intervals": any(bar.low for bar in bars),
        "weave": f"url(#w{weave})",
        "any_hidden": has_hidden_number(rows),
    }


@chart_tag("bars")
def question_bars(
    caption: str, table: dict, sub: str = "", intervals: bool = True, weave: int = 1, anchor: str = "", url: str = ""
):
    """The answers to a question, on the one scale of all questions. `url` leads to the question as it was asked."""
    rows, silent = order_answers(table)
    chart = bars_chart(caption, rows, sub, _("Answer"), intervals, weave)
    bars, _grid = chart_geometry.place_bars(rows, intervals=intervals, end=100)
    return chart | {
        "bars": bars,
        "grid": [chart_geometry.percent_position(tick) for tick in (0, 25, 50, 75, 100)],
        "axis": (0, 50, 100),
        "silent": silent if silent and silent["value"] != 0 else None,
        "any_hidden": has_hidden_number(table["rows"]),
        "anchor": anchor,
        "url": url,
        "id": chart_id("question", caption, anchor),
    }


@chart_tag("grid")
def grid_chart(grid: QuestionGrid, anchor: str = "", url: str = ""):
    """The rows of a grid on one scale: a stacked bar each, around the middle where the answers have one."""
    parts = [row.parts for row in grid.rows]
    placed, ticks = chart_geometry.place_stacked_rows(parts, diverging=grid.on_scale, end=grid.end)
    weaves = find_grid_weaves(grid)
    every = [row for each in grid.rows for row in each.table["rows"]]
    return {
        "grid": grid,
        "rows": [
            {
                "row": row,
                "marks": [
                    (mark, weave) for mark, weave in zip(marks, weaves, strict=False) if mark.row["percent"] != 0
                ],
                "sides": [row.percent_of(row.parts[side]) for side in grid.sides],
                "desc": describe_chart(row.answers, "percent", "%"),
            }
            for row, marks in zip(grid.rows, placed, strict=True)
        ],
        "axis": ticks,
        "most": max((row.table["base"] or 0 for row in grid.rows), default=0),
        "key": [(f"url(#{weave})", part) for weave, part in zip(weaves, grid.parts, strict=False)],
        "sides": [", ".join(part["label"] for part in grid.parts[side]) for side in grid.sides],
        "stubs": sorted({part["symbol"] for row in grid.rows for part in row.parts if part["value"] is None}),
        "any_hidden": has_hidden_number(every),
        "silent": _group_no_answers(grid.rows),
        "anchor": anchor,
        "url": url,
        "id": chart_id("grid", grid.title),
    }


def find_grid_weaves(grid: QuestionGrid) -> tuple[str, ...]:
    return WEAVES_OF_SCALE[len(grid.parts)] if grid.on_scale else STACKED_WEAVES


def _group_no_answers(rows: Sequence[GridRow]) -> list[tuple[Mapping, str]]:
    """(a number of people who gave no answer, the rows where it is so)."""
    found: dict[Any, list[GridRow]] = {}
    for row in rows:
        if row.silent and row.silent["value"] != 0:
            found.setdefault((row.silent["value"], row.silent["symbol"]), []).append(row)
    return [
        (of[0].silent or {}, _("in each row") if len(of) == len(rows) else ", ".join(row.label for row in of))
        for of in found.values()
    ]


@chart_tag("themes")
def theme_bars(caption: str, rows: Sequence[dict], sub: str = "", answers: bool = True, anchor: str = ""):
    """Themes by people. Rows add `url`, `gravity_mark` (1 to 3 or None) and `answer` ({"icon", "word", "late"} or None).

    Serious themes have their own pattern beside the word. The end of a long list is folded, on the same scale.
    """
    bars = [
        {"bar": bar, "gravity": gravity_mark(bar.row.get("gravity"))} for bar in chart_geometry.place_length_bars(rows)
    ]
    shown = FIRST_THEMES if len(bars) > FIRST_THEMES + 3 else len(bars)
    since = {row["change"].release.consultation.title for row in rows if row.get("change")} if sub else set()
    return {
        "caption": caption,
        "sub": sub,
        "bars": bars[:shown],
        "folded": bars[shown:],
        "since": since.pop() if len(since) == 1 else "",
        "any_gravity": any(row.get("gravity") for row in rows),
        "answers": answers,
        "anchor": anchor,
        "any_hidden": has_hidden_number(rows),
    }


@chart_tag("counts")
def counts_chart(caption: str, rows: Sequence[dict], head: str, unit: str):
    """Bars by number, of things that are no people of one base. Rows: `label`, `value`, and perhaps `words` for it."""
    return {"caption": caption, "head": head, "unit": unit, "bars": chart_geometry.place_length_bars(rows)}


def gravity_mark(level: int | None) -> dict[str, Any] | None:
    if level is None:
        return None
    dots = [(at, n < level) for n, at in enumerate((8, 24, 40))]
    return {"word": GRAVITY[level], "dots": dots, "weave": "url(#w2)" if level == 3 else "url(#w1)"}


@register.filter
def gravity_word(level: int) -> str:
    return str(GRAVITY[level])


@chart_tag("stance")
def stance_chart(caption: str, parts: Sequence[dict], sub: str = "", beside: dict | None = None):
    """Three or five parts from against to for, around a centre line; a dashed box where a number is hidden.

    `beside` counts people without a stance: they stand in the key and the table, and in no bar.
    """
    every, boxes = [*parts, *([beside] if beside else [])], chart_geometry.place_stance_parts(parts)
    return {
        "caption": caption,
        "sub": sub,
        "boxes": boxes,
        "rows": [*boxes, *({"row": row, "hidden": row["value"] is None} for row in every[len(parts) :])],
        "beside": beside,
        "desc": describe_chart(every),
        "id": chart_id("stance", caption, sub, describe_chart(every)),
        "any_hidden": has_hidden_number(every),
    }


@chart_tag("days")
def days_chart(caption: str, rows: Sequence[dict], sub: str = "", head: str = ""):
    """People by day: a column each, a stump of one height where a number is hidden, and the same as a table."""
    return {
        "caption": caption,
        "sub": sub,
        "head": head or _("Day"),
        "boxes": chart_geometry.place_day_columns(rows),
        "first": rows[0]["label"] if rows else "",
        "last": rows[-1]["label"] if rows else "",
        "desc": describe_chart(rows),
        "id": chart_id("days", caption, sub, describe_chart(rows)),
        "any_hidden": has_hidden_number(rows),
    }


@chart_tag("cross")
def cross_table(caption: str, table: dict, sub: str = "", head: str = "", anchor: str = ""):
    """A stored two-way table: `columns` with a label, `rows` with `cells` in the columns' order and perhaps a `url`.

    A cell shows people, and its percent of the column where there is one; the shade follows the percent. Groups and rows
    without a number are named below it (`fold_table`). A table whose columns stand `apart` has no numbers of all.
    """
    folded = fold_table(table)
    columns = folded["columns"]
    every = [cell for row in folded["rows"] for cell in [*([] if table.get("apart") else [row]), *row["cells"]]]
    rows = [{"row": row, "cells": [_shade_cross_cell(cell) for cell in row["cells"]]} for row in folded["rows"]]
    return {
        "table": folded,
        "caption": caption,
        "sub": sub,
        "head": head or _("Theme"),
        "columns": columns,
        "rows": rows,
        "fold": len(columns) <= 4,
        "any_hidden": has_hidden_number(every),
        "symbols": sorted({cell["symbol"] for cell in every if cell["value"] is None}),
        "id": chart_id("cross", caption, sub, rows),
        "anchor": anchor,
    }


def _shade_cross_cell(cell: dict) -> dict:
    shade = chart_geometry.heat_shade(cell.get("percent"), SHARE_HEAT) if cell.get("percent") is not None else "n0"
    return {**cell, "shade": "gap" if cell["value"] is None else shade}


@chart_tag("trend")
def trend_chart(caption: str, series: Sequence[dict], releases: Sequence[str], sub: str = "", title: str = ""):
    """At most two lines over releases. `series` have a `name` and `percents`; no line where a number is hidden."""
    if len(series) > 2:
        raise template.TemplateSyntaxError("a trend holds two lines at most")
    lines, ticks, marks = chart_geometry.place_trend_lines(series, releases)
    said = []
    for line in series:
        dated = [{"label": at, "percent": value} for at, value in zip(releases, line["percents"], strict=True)]
        said.append(f"{line['name']}. {describe_chart(dated, 'percent', '%')}")
    desc = " ".join(said)
    return {
        "caption": caption,
        "sub": sub,
        "title": title or caption,
        "lines": lines,
        "ticks": ticks,
        "marks": marks,
        "desc": desc,
        "id": chart_id("trend", caption, desc),
        "any_hidden": any(None in line["percents"] for line in series),
    }


@register.inclusion_tag(f"{FOLDER}/matrix.html")
def matrix_chart(label: str, columns: Sequence[dict], strands: Sequence[dict], head: str = "", empty: str = ""):
    """Coverage: audiences by sub-points. `strands` have a `title` and `rows` (`number`, `label`, `url`, `cells`).

    A cell has `value`, `decisions`, `url`, and `in_words` where evidence has words but no number. Without either it reads
    `empty`, by default "Gap".
    """
    shaded = [
        {**strand, "rows": [{**row, "cells": [_shade_matrix_cell(c) for c in row["cells"]]} for row in strand["rows"]]}
        for strand in strands
    ]
    return {
        "label": label,
        "columns": columns,
        "strands": shaded,
        "head": head or _("Point of the strategy"),
        "empty": empty or _("Gap"),
        "span": len(columns) + 1,
    }


def _shade_matrix_cell(cell: dict) -> dict:
    in_words = cell["value"] is None and cell.get("in_words")
    return {**cell, "shade": "n1" if in_words else chart_geometry.heat_shade(cell["value"], HEAT)}
