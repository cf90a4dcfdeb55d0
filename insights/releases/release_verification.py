"""Proves a release true: how far its shown numbers are from the exact counts. Run inside the freeze, while the counts are
in memory; only the summary is stored."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from insights.disclosure.disclosure_rules import DisclosureRules
from insights.releases.cross_tabulation import TOTAL, CountedTable
from insights.releases.models import Release

CERTAIN = 5  # a count this far above its threshold is nearly always shown


def summarise_errors(draft: Any) -> dict[str, Any]:
    """{figures, shown, shown_share, max_error, mean_error, bias}. `shown_share` and `bias` are of the figures whose count is
    10 or more, 15 where it is sensitive: of smaller ones those that noise made larger are shown more often."""
    rules = draft.preset.rules
    found = [
        one for _, asked, table, sensitive in draft.figures for one in _iterate_figures(asked, table, sensitive, rules)
    ]
    errors = [value - count for count, value, _ in found if value is not None]
    large = [(count, value) for count, value, least in found if count >= least + CERTAIN]
    moves = [value - count for count, value in large if value is not None]
    return {
        "figures": len(found),
        "shown": len(errors),
        "shown_share": round(len(moves) / len(large), 3) if large else None,
        "max_error": max(map(abs, errors), default=0),
        "mean_error": round(sum(map(abs, errors)) / len(errors), 2) if errors else None,
        "bias": round(sum(moves) / len(moves), 2) if moves else None,
    }


def _iterate_figures(
    asked: CountedTable, table: dict[str, Any], sensitive: frozenset[str], rules: DisclosureRules
) -> Iterator[tuple[int, int | None, int]]:
    """(count, shown number, least number that is shown) of each figure of a table that is not refused."""
    if "refused" in table:
        return
    columns = [column["id"] for column in table["columns"]]
    yield asked.behind[TOTAL, TOTAL].size, table["base"], rules.min_base
    for column, cell in zip(columns, table["column_totals"], strict=True):
        yield asked.behind[TOTAL, column].size, cell["value"], rules.min_group
    for row in table["rows"]:
        least = rules.least_shown(row["id"] in sensitive)
        yield asked.behind[row["id"], TOTAL].size, row["value"], least
        for column, cell in zip(columns, row.get("cells", ()), strict=False):
            yield asked.behind[row["id"], column].size, cell["value"], least


def fingerprint_figures(release: Release) -> str:
    """A hash of everything that the release shows in numbers."""
    tables = list(release.figures.order_by("kind", "key").values_list("kind", "key", "table"))
    return hashlib.sha256(json.dumps([release.people, tables], sort_keys=True).encode()).hexdigest()
