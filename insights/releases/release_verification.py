"""Proves a release true: how far its shown numbers are from the exact counts. Run inside the freeze, while the counts are
in memory; only the summary is stored.

The noise has mean 0, yet a release has few numbers, so their mean is off by chance. `bias` is that mean over distinct
people, `mean_error` the mean of its size: figures of one count and one cell key are the same people (a total that stands in
many tables), and count once. `distinct` is their number, and `bias_error` the standard error of the bias. Where they are
not as agreed, the fresh part of the noise is drawn again at the freeze (`draw`: how often), unless the figures are few.

Agreed are an error of at most 7 people, 1.0 to 2.2 on average, a bias of at most 0.2, and 95 % of larger figures shown.
Noise of variance 6.125 moves a number by 1.98 people on average, with a standard deviation of 1.49. So of n distinct
figures the mean error is known to 1.49 / sqrt(n) and the bias to 2.47 / sqrt(n); four times as much happens once in 16,000
releases. Where noise may be drawn again, which is from 50 on, the agreed limits hold all the same. Below, where no draw is
as agreed (of 50 figures once in 100 releases, of 200 once in 1,000) and for releases that were made before, so much chance
is allowed for: of 40 figures a bias of 1.6 and a mean error of 1.0 to 2.9. Beyond it no release is made.

`shown_share` is of the larger figures, that is of a count of 10 or more, 15 where sensitive, in a group that is as far
above its own limit: of these a number is told, or in words that nearly all are in it (`nearly_all`: how many). All others
are hidden by noise alone.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from typing import Any

from insights.disclosure.disclosure_rules import MOST_NOISE, NEARLY_ALL, DisclosureRules
from insights.disclosure.perturbation import measure_noise
from insights.disclosure.perturbed_tables import list_least_shown
from insights.releases.cross_tabulation import TOTAL, CountedTable
from insights.releases.models import Release
from insights.releases.stored_figures import OWN_CELL, WAITING

CERTAIN = 5  # a count this far above its threshold is nearly always shown
MOST_BIAS = 0.2
LEAST_MEAN_ERROR, MOST_MEAN_ERROR = 1.0, 2.2
LEAST_SHOWN_SHARE = 0.95
FEW_HIDDEN = 3  # of the larger figures of a release whose noise is drawn once; noise hides one in a hundred of them
STANDARD_ERRORS = 4  # no release is made without them, so a true one is refused once in 10,000 times at most
LEAST_DISTINCT = 50  # figures, of fewer of which no noise is drawn again
RECORDED = (
    "figures", "shown", "large", "nearly_all", "shown_share", "max_error", "mean_error", "distinct", "bias",
    "bias_error", "fingerprint",
)  # fmt: skip


@dataclass(frozen=True)
class CheckedFigure:
    """One figure: its count, what is shown of it, the least number that is shown, and where it stands."""

    count: int
    value: int | None
    symbol: str
    least: int
    asked: CountedTable
    place: tuple[str, str]

    def is_large(self, rules: DisclosureRules) -> bool:
        """Whether so many are in it, and in its group, that only a draw of the noise can hide it."""
        row, column = self.place
        names = (column, row) if column and self.asked.table.is_mirrored else (column,)
        groups = [self.asked.behind[TOTAL, name].size for name in names if column and row != TOTAL]
        return self.count >= self.least + CERTAIN and all(group >= rules.min_group + CERTAIN for group in groups)

    @property
    def is_nearly_all(self) -> bool:
        return self.value is None and self.symbol.startswith(NEARLY_ALL)


def summarise_errors(draft: Any) -> dict[str, Any]:
    """What RECORDED names, but the fingerprint. `shown_share` and the bias are of the `large` figures: of smaller ones those
    that noise made larger are shown more often."""
    rules = draft.preset.rules
    found = [
        one for _, asked, table, sensitive in draft.figures for one in _iterate_figures(asked, table, sensitive, rules)
    ]
    errors = [abs(one.value - one.count) for one in found if one.value is not None]
    large = [one for one in found if one.is_large(rules)]
    told = [one for one in large if one.value is not None or one.is_nearly_all]
    return {
        "figures": len(found),
        "shown": len(errors),
        "large": len(large),
        "nearly_all": sum(one.is_nearly_all for one in large),
        "shown_share": round(len(told) / len(large), 3) if large else None,
        "max_error": max(errors, default=0),
        **_measure_moves(draft, large),
    }


def _measure_moves(draft: Any, figures: list[CheckedFigure]) -> dict[str, float | None]:
    by_people = {
        (one.count, one.asked.cell_key(draft.noise, *one.place)): one.value - one.count
        for one in figures
        if one.value is not None
    }
    moves = by_people.values()
    if not moves:
        return {"mean_error": None, "distinct": 0, "bias": None, "bias_error": None}
    return {
        "mean_error": round(sum(map(abs, moves)) / len(moves), 2),
        "distinct": len(moves),
        "bias": round(sum(moves) / len(moves), 2),
        "bias_error": round(sqrt(draft.preset.rules.variance / len(moves)), 2),
    }


def list_unrecorded(summary: dict[str, Any]) -> list[str]:
    """What a release that was made by an earlier version did not record."""
    return [name for name in RECORDED if name not in summary]


def may_be_drawn_again(summary: dict[str, Any]) -> bool:
    """Which draw was taken tells of the numbers of a release together. Of few numbers that is much of each one: it would
    make their noise weaker, so their first draw stands."""
    return (summary.get("distinct") or 0) >= LEAST_DISTINCT


def compare_with_agreed(summary: dict[str, Any]) -> float:
    """How far a release is off, its numbers together and on average and the larger ones that it hides, as a share of what
    was agreed: at most 1 is as agreed."""
    mean_error = summary["mean_error"] or MOST_MEAN_ERROR
    share = 1 if summary["shown_share"] is None else summary["shown_share"]
    hidden = (1 - share) / (1 - LEAST_SHOWN_SHARE)
    off = abs(summary["bias"] or 0) / MOST_BIAS, mean_error / MOST_MEAN_ERROR, LEAST_MEAN_ERROR / mean_error
    return round(max(*off, hidden), 9)


def list_faults(summary: dict[str, Any], *, perturbed: bool) -> list[str]:
    """In words, each agreed limit that a release does not keep; `perturbed`: by rules that change numbers at random. What
    an older release did not record is no fault."""
    found = [_why_not_unbiased(summary)]
    if perturbed:
        found += [_why_not_as_exact(summary), _why_not_near(summary), _why_not_shown(summary)]
    return [why for why in found if why]


def _allow_for_chance(summary: dict[str, Any]) -> bool:
    return "draw" not in summary or summary.get("nearest", False) or not may_be_drawn_again(summary)


def _why_not_unbiased(summary: dict[str, Any]) -> str:
    bias, error = summary.get("bias"), summary.get("bias_error")
    if bias is None or error is None:
        return ""
    most = max(MOST_BIAS, STANDARD_ERRORS * error if _allow_for_chance(summary) else 0)
    if abs(bias) <= most:
        return ""
    return (
        f"The numbers are off by {bias:+} people on average: at most {most:.2f} was agreed, with what chance explains."
    )


def _why_not_near(summary: dict[str, Any]) -> str:
    mean_error, distinct = summary.get("mean_error"), summary.get("distinct")
    if mean_error is None or not distinct:
        return ""
    least, most = LEAST_MEAN_ERROR, MOST_MEAN_ERROR
    if _allow_for_chance(summary):
        mean, deviation = measure_noise()
        chance = STANDARD_ERRORS * deviation / sqrt(distinct)
        least, most = max(0.0, min(least, mean - chance)), max(most, mean + chance)
    if least <= mean_error <= most:
        return ""
    return f"A number is off by {mean_error} people on average: {least:.2f} to {most:.2f} was agreed."


def _why_not_as_exact(summary: dict[str, Any]) -> str:
    largest = summary.get("max_error") or 0
    return f"A number is off by {largest} people: at most {MOST_NOISE} was agreed." if largest > MOST_NOISE else ""


def _why_not_shown(summary: dict[str, Any]) -> str:
    large, share = summary.get("large"), summary.get("shown_share")
    if not large or share is None or "nearly_all" not in summary:  # an older release counted what rules hide as hidden
        return ""
    hidden = round(large * (1 - share))
    if share >= LEAST_SHOWN_SHARE or (_allow_for_chance(summary) and hidden <= FEW_HIDDEN):
        return ""
    return f"Of {large} larger figures {hidden} are hidden: at most 5 in 100 was agreed."


def _iterate_figures(
    asked: CountedTable, table: dict[str, Any], sensitive: frozenset[str], rules: DisclosureRules
) -> Iterator[CheckedFigure]:
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
            yield _check_figure(asked, place, row["id"], TOTAL, row, least[-1])
        for column, cell, fewest in zip(columns, row.get("cells", ()), least, strict=False):
            if cell["symbol"] not in (OWN_CELL, WAITING):
                yield _check_figure(asked, place, row["id"], column, cell, fewest)


def _check_figure(
    asked: CountedTable, place: int, row: str, column: str, cell: dict[str, Any], least: int
) -> CheckedFigure:
    """The count of a theme as a whole is its estimate; every other one is the number of its people."""
    count = asked.behind[row, column].size if column else int(asked.table.grid[place, -1])
    return CheckedFigure(count, cell["value"], cell["symbol"], least, asked, (row, column))


def fingerprint_figures(release: Release) -> str:
    """A hash of everything that the release shows in numbers."""
    tables = list(release.figures.order_by("kind", "key").values_list("kind", "key", "table"))
    return hashlib.sha256(json.dumps([release.people, tables], sort_keys=True).encode()).hexdigest()
