"""A release as a workbook: facts about it, its figures, and the dictionary of columns and codes."""

from collections.abc import Iterator
from typing import Any

from insights.exports import dictionary, figures
from insights.exports.document import summary_of
from insights.reports.disclosure.wording import wording_of
from insights.reports.models import Release

Sheet = tuple[str, tuple[str, ...], Any]


def sheets(release: Release, mark: str = "") -> list[Sheet]:
    codes = dictionary.lists(wording_of(release.rules))
    return [
        ("Read me first", ("What", "Says"), list(_about(release, mark))),
        ("Figures", figures.COLUMNS, figures.rows(release, mark)),
        ("Columns", ("Column", "Meaning", "Type"), [(c.title, c.meaning, c.type) for c in dictionary.COLUMNS]),
        ("Codes", dictionary.HEAD, [(one["title"], *row) for one in codes for row in one["rows"]]),
    ]


def _about(release: Release, mark: str) -> Iterator[tuple[str, Any]]:
    facts, rules = summary_of(release), wording_of(release.rules)
    if mark:
        yield "Shared", mark
    yield "Consultation", facts["consultation"]["title"]
    yield "Release", facts["number"]
    yield "People", facts["people"] if facts["people"] is not None else rules.too_few_to_ask
    yield "Frozen on", facts["frozen_on"]
    yield "Published on", facts["published_on"]
    yield "Codebook", f"{facts['codebook']['code']} {facts['codebook']['version']}"
    yield "Hidden numbers", rules.meaning
    yield "Rules of disclosure control", ", ".join(f"{name}: {value}" for name, value in facts["rules"].items())
