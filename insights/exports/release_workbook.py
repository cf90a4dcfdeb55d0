"""A release as a workbook: facts about it, its figures, its themes as a chart, the disclosure log, and the dictionary of
columns and codes."""

from collections.abc import Iterator
from typing import Any

from insights.disclosure.rules_wording import wording_of
from insights.exports import data_dictionary, figures_sheet
from insights.exports.release_document import build_release_summary
from insights.releases.disclosure_log import LOG_COLUMNS, log_release
from insights.releases.models import Release

DRAWN = "Themes by people"
WorkbookSheet = tuple[str, tuple[str, ...], Any]


def build_sheets(release: Release, mark: str = "") -> list[WorkbookSheet]:
    codes = data_dictionary.build_code_lists(wording_of(release.rules))
    return [
        ("Read me first", ("What", "Says"), list(_iterate_release_facts(release, mark))),
        ("Figures", figures_sheet.COLUMNS, figures_sheet.iterate_figure_rows(release, mark)),
        (DRAWN, ("Theme", "People"), _list_shown_themes(release)),
        ("Disclosure log", LOG_COLUMNS, [line.as_row() for line in log_release(release)]),
        ("Columns", ("Column", "Meaning", "Type"), [(c.title, c.meaning, c.type) for c in data_dictionary.COLUMNS]),
        ("Codes", data_dictionary.LIST_COLUMNS, [(one["title"], *row) for one in codes for row in one["rows"]]),
    ]


def _list_shown_themes(release: Release) -> list[tuple[str, int]]:
    """Most people first; a theme without a number has no bar."""
    shown = [(row["label"], row["value"]) for row in release.theme_rows() if row["value"] is not None]
    return sorted(shown, key=lambda row: (-row[1], row[0]))


def _iterate_release_facts(release: Release, mark: str) -> Iterator[tuple[str, Any]]:
    facts, rules = build_release_summary(release), wording_of(release.rules)
    if mark:
        yield "Shared", mark
    yield "Consultation", facts["consultation"]["title"]
    yield "Release", facts["number"]
    yield "People", facts["people"] if facts["people"] is not None else rules.too_few_to_ask
    yield "Frozen on", facts["frozen_on"]
    yield "Published on", facts["published_on"]
    yield "Codebook", f"{facts['codebook']['code']} {facts['codebook']['version']}"
    yield "Numbers", rules.meaning
    yield "Rules of disclosure control", ", ".join(f"{name}: {value}" for name, value in facts["rules"].items())
