"""Representation as a sheet: what the page shows, and nothing finer, and the disclosure log."""

from collections.abc import Iterator
from typing import Any

from insights.coding.models import Codebook
from insights.disclosure.disclosure_rules import NEARLY_ALL
from insights.releases.disclosure_log import iterate_log_rows, log_tables
from insights.representation.models import ReachPicture
from insights.representation.representation_overview import DimensionSection

COLUMNS = (
    "As of", "By", "Group", "People", "Percent of answers", "Percent from", "Percent to", "Benchmark", "Source", "Dated",
    "Benchmark number", "Benchmark percent", "Ratio", "Ratio from", "Ratio to", "In words", "Codebook",
)  # fmt: skip
HIDDEN = "hidden"


def iterate_reach_rows(picture: ReachPicture, sections: list[DimensionSection]) -> Iterator[list[Any]]:
    """The codebook is the one in force for the consultation's answers in words; no figure here counts a theme."""
    codebook = Codebook.objects.filter(slug=picture.consultation.codebook).first()
    as_of, in_force = picture.as_of.isoformat(), str((codebook and codebook.current) or "")
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
                yield [as_of, section.figure["title"], *people, *benchmark, *compared, in_force]
    log, at = log_tables([_build_log_table(one) for one in sections], {}), ("By", "Group", "In words", "People")
    yield from iterate_log_rows(log, COLUMNS, at, {"As of": as_of, "Codebook": in_force})


def _build_log_table(section: DimensionSection) -> dict[str, Any]:
    """A section as the log reads tables. What has no sign is hidden as nearly everyone of a benchmark."""
    one = section.comparisons[0]
    rows = [*one.rows, *([one.not_said] if one.not_said else [])]
    if section.figure["total"] is None:
        return {"refused": True}
    return {"rows": [{"value": row.value, "symbol": row.symbol or NEARLY_ALL} for row in rows]}
