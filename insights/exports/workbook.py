"""A release as a workbook: what it is, its figures, what the signs mean, and the dictionary of its columns and codes."""

from collections.abc import Iterator
from typing import Any

from insights.exports import dictionary, figures
from insights.exports.document import meaning_of, summary_of
from insights.reports.models import Release

Sheet = tuple[str, tuple[str, ...], Any]


def sheets(release: Release, mark: str = "") -> list[Sheet]:
    return [
        ("Read me first", ("What", "Says"), list(_about(release, mark))),
        ("Figures", figures.COLUMNS, figures.rows(release, mark)),
        ("Columns", ("Column", "Meaning", "Type"), [(c.title, c.meaning, c.type) for c in dictionary.COLUMNS]),
        ("Codes", dictionary.HEAD, [(one["title"], *row) for one in dictionary.lists() for row in one["rows"]]),
    ]


def _about(release: Release, mark: str) -> Iterator[tuple[str, Any]]:
    facts = summary_of(release)
    if mark:
        yield "Shared", mark
    yield "Consultation", facts["consultation"]["title"]
    yield "Release", facts["number"]
    yield "People", facts["people"] if facts["people"] is not None else "Fewer than 30"
    yield "Frozen on", facts["frozen_on"]
    yield "Published on", facts["published_on"]
    yield "Codebook", f"{facts['codebook']['code']} {facts['codebook']['version']}"
    yield "Hidden numbers", meaning_of(release.rules)
    yield "Rules of disclosure control", ", ".join(f"{name}: {value}" for name, value in facts["rules"].items())
