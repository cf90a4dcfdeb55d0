"""Representation as a sheet: what the page shows, and nothing finer."""

from collections.abc import Iterator
from typing import Any

from insights.reach.board import Section
from insights.reach.comparing import Comparison, Row
from insights.reach.models import ReachPicture

COLUMNS = (
    "As of", "By", "Group", "People", "Percent of answers", "Percent from", "Percent to", "Benchmark", "Source", "Dated",
    "Benchmark number", "Benchmark percent", "Ratio", "Ratio from", "Ratio to", "In words",
)  # fmt: skip
HIDDEN = "[c]"


def rows(picture: ReachPicture, sections: list[Section]) -> Iterator[list[Any]]:
    for section in sections:
        for comparison in section.comparisons:
            for row in [*comparison.rows, *([comparison.not_said] if comparison.not_said else [])]:
                yield [picture.as_of.isoformat(), section.figure["title"], *_group(row), *_benchmark(comparison, row)]


def _group(row: Row) -> list[Any]:
    return [row.label, HIDDEN if row.value is None else row.value, row.percent, row.low, row.high]


def _benchmark(comparison: Comparison, row: Row) -> list[Any]:
    benchmark = comparison.benchmark
    told = [benchmark.name, benchmark.source, benchmark.dated.isoformat()] if benchmark else ["", "", ""]
    return [*told, row.number, row.expected, *(row.ratio or ("", "", "")), row.words]
