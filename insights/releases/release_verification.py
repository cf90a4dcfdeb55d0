"""Proves a release true: how far its shown numbers are from the exact counts. Run inside the freeze, while the counts are
in memory; only the summary is stored.

The noise has mean 0, yet a release has few numbers, so their mean is off by chance. `bias` is that mean over distinct
people: figures of one count and one cell key are the same people (a total that stands in many tables), and count once.
`distinct` is their number, and `bias_error` how far chance moves it, its standard error. Where the bias is larger than
agreed, the fresh part of the noise is drawn again at the freeze (`draw`: how often), unless the figures are few. A
release that was made before is refused beyond chance alone.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np

from insights.disclosure.disclosure_rules import DisclosureRules
from insights.disclosure.perturbed_tables import list_least_shown
from insights.releases.cross_tabulation import TOTAL, CountedTable
from insights.releases.models import Release
from insights.releases.stored_figures import OWN_CELL, WAITING

CERTAIN = 5  # a count this far above its threshold is nearly always shown
MOST_BIAS = 0.2
MOST_MEAN_ERROR = 2.2
STANDARD_ERRORS = 3  # a true release is refused once in 370 times at most
LEAST_DISTINCT = 50  # figures, of fewer of which no noise is drawn again
RECORDED = (
    "figures", "shown", "shown_share", "max_error", "mean_error", "distinct", "bias", "bias_error", "fingerprint"
)  # fmt: skip


@dataclass(frozen=True)
class _Checked:
    """One figure: its count, what is shown of it, the least number that is shown, and the places of its people."""

    count: int
    value: int | None
    least: int
    people: np.ndarray


def summarise_errors(draft: Any) -> dict[str, Any]:
    """{figures, shown, shown_share, max_error, mean_error, distinct, bias, bias_error}. `shown_share` and the bias are of
    the figures whose count is 10 or more, 15 where it is sensitive: of smaller ones those that noise made larger are
    shown more often."""
    rules = draft.preset.rules
    found = [
        one for _, asked, table, sensitive in draft.figures for one in _iterate_figures(asked, table, sensitive, rules)
    ]
    errors = [abs(one.value - one.count) for one in found if one.value is not None]
    large = [one for one in found if one.count >= one.least + CERTAIN]
    shown = [one for one in large if one.value is not None]
    return {
        "figures": len(found),
        "shown": len(errors),
        "shown_share": round(len(shown) / len(large), 3) if large else None,
        "max_error": max(errors, default=0),
        "mean_error": round(sum(errors) / len(errors), 2) if errors else None,
        **_measure_bias(draft, large),
    }


def _measure_bias(draft: Any, figures: list[_Checked]) -> dict[str, float | None]:
    moves = {
        (one.count, draft.noise.cell_key(one.people)): one.value - one.count
        for one in figures
        if one.value is not None
    }
    if not moves:
        return {"distinct": 0, "bias": None, "bias_error": None}
    error = sqrt(draft.preset.rules.variance / len(moves))
    bias = round(sum(moves.values()) / len(moves), 2)
    return {"distinct": len(moves), "bias": bias, "bias_error": round(error, 2)}


def list_unrecorded(summary: dict[str, Any]) -> list[str]:
    """What a release that was made by an earlier version did not record."""
    return [name for name in RECORDED if name not in summary]


def may_be_drawn_again(summary: dict[str, Any]) -> bool:
    """Which draw was taken tells of the numbers of a release together. Of few numbers that is much of each one: it would
    make their noise weaker, so their first draw stands."""
    return bool(summary["distinct"] >= LEAST_DISTINCT)


def compare_with_agreed(summary: dict[str, Any]) -> float:
    """How far the numbers are off, together and on average, as a share of what was agreed: at most 1 is as agreed."""
    return float(max(abs(summary["bias"] or 0) / MOST_BIAS, (summary["mean_error"] or 0) / MOST_MEAN_ERROR))


def why_not_unbiased(summary: dict[str, Any]) -> str:
    """Why the numbers of a release are too high or too low together, or ''."""
    bias, error = summary["bias"], summary["bias_error"]
    if bias is None or abs(bias) <= max(MOST_BIAS, STANDARD_ERRORS * error):
        return ""
    return f"The numbers are off by {bias:+} people on average, more than chance ({error}) explains."


def _iterate_figures(
    asked: CountedTable, table: dict[str, Any], sensitive: frozenset[str], rules: DisclosureRules
) -> Iterator[_Checked]:
    """Each figure of a table that is not refused."""
    if "refused" in table:
        return
    columns = [column["id"] for column in table["columns"]]
    total = {"id": TOTAL, "value": table["base"], "symbol": "", "cells": table["column_totals"]}
    least_shown = [
        *list_least_shown(asked.table, rules, sensitive),
        [*[rules.min_group] * len(columns), rules.min_base],
    ]
    for place, (row, least) in enumerate(zip([*table["rows"], total], least_shown, strict=True)):
        if row["symbol"] != WAITING:
            yield _check_figure(asked, place, row["id"], TOTAL, row["value"], least[-1])
        for column, cell, fewest in zip(columns, row.get("cells", ()), least, strict=False):
            if cell["symbol"] not in (OWN_CELL, WAITING):
                yield _check_figure(asked, place, row["id"], column, cell["value"], fewest)


def _check_figure(asked: CountedTable, place: int, row: str, column: str, value: int | None, least: int) -> _Checked:
    """The count of a theme as a whole is its estimate; every other one is the number of its people."""
    people = asked.behind[row, column]
    count = people.size if column else int(asked.table.grid[place, -1])
    return _Checked(count, value, least, people)


def fingerprint_figures(release: Release) -> str:
    """A hash of everything that the release shows in numbers."""
    tables = list(release.figures.order_by("kind", "key").values_list("kind", "key", "table"))
    return hashlib.sha256(json.dumps([release.people, tables], sort_keys=True).encode()).hexdigest()
