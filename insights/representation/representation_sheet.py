"""Representation as a sheet: what the page shows, and nothing finer."""

from collections.abc import Iterator
from typing import Any

from insights.representation.models import ReachPicture
from insights.representation.representation_overview import DimensionSection

COLUMNS = (
    "As of", "By", "Group", "People", "Percent of answers", "Percent from", "Percent to", "Benchmark", "Source", "Dated",
    "Benchmark number", "Benchmark percent", "Ratio", "Ratio from", "Ratio to", "In words",
)  # fmt: skip
HIDDEN = "hidden"


def iterate_reach_rows(picture: ReachPicture, sections: list[DimensionSection]) -> Iterator[list[Any]]:
    for section in sections:
        for comparison in section.comparisons:
            by = comparison.benchmark
            benchmark = [by.name, by.source, by.dated.isoformat()] if by else ["", "", ""]
            for row in [*comparison.rows, *([comparison.not_said] if comparison.not_said else [])]:
                people = [
                    row.label,
                    row.symbol or HIDDEN if row.value is None else row.value,
                    row.percent,
                    row.low,
                    row.high,
                ]
                compared = [row.number, row.expected, *(row.ratio or ("", "", "")), row.words]
                yield [picture.as_of.isoformat(), section.figure["title"], *people, *benchmark, *compared]
