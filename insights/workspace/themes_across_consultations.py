"""Themes of all consultations: by strategy, by type of place, by audience and by quarter.

Numbers are people as releases show them, never added up over consultations: one person may have answered several.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from consultation import handover
from consultation.domain.calendar_quarters import Quarter
from consultation.domain.place_types import PLACE_TYPES
from consultation.domain.strategy_points import list_strands, number_by_sub_point
from consultation.surveys.questionnaire_schema import Questionnaire, localised_text
from insights.releases.models import Release
from insights.releases.theme_evidence import ThemeEvidence, list_newest_releases, list_theme_evidence
from insights.strategy.coverage.coverage_matrix import AUDIENCES, ONLINE
from insights.workspace.group_comparison.audience_differences import list_audience_differences

QUARTERS = 5
MOST_TOLD = 12  # differences in words
RESPONDENTS: dict[str, tuple[str, str]] = {name: told for name, told in AUDIENCES.items() if name != ONLINE}


def list_themes_by_strategy() -> list[dict[str, Any]]:
    """The strategy's strands with the themes of each point: [{title, points: [{number, text, slug, themes}]}]."""
    of_point: dict[str, dict[int, list[ThemeEvidence]]] = defaultdict(lambda: defaultdict(list))
    for one in list_theme_evidence(list_newest_releases()):
        for point in one.points if one.people is not None else ():
            of_point[point][one.theme].append(one)
    return [
        {
            "title": f"{strand['id']}. {strand['label']}",
            "points": [
                {
                    "number": number_by_sub_point()[slug],
                    "text": text,
                    "slug": slug,
                    "themes": _build_rows(of_point[slug]),
                }
                for slug, text in strand["points"]
            ],
        }
        for strand in list_strands()
    ]


def list_themes_by_place() -> list[dict[str, Any]]:
    """Types of place with the themes and questions about each: [{text, themes, questions: [(release, item, text)]}]."""
    releases = list_newest_releases()
    themes: dict[str, dict[int, list[ThemeEvidence]]] = defaultdict(lambda: defaultdict(list))
    for one in list_theme_evidence(releases):
        for place in one.entry.place_types if one.people is not None else ():
            themes[place][one.theme].append(one)
    versions, questions = handover.load_newest_versions(one.consultation_id for one in releases), defaultdict(list)
    for release in releases:
        for item in Questionnaire(versions[release.consultation_id].content).questions:
            for place in item.get("place_types", ()):
                questions[place].append((release, item, localised_text(item["text"], "en")))
    return [
        {"text": text, "themes": _build_rows(themes[place]), "questions": questions[place]}
        for place, text in PLACE_TYPES.items()
        if themes[place] or questions[place]
    ]


def _build_rows(themes: dict[int, list[ThemeEvidence]]) -> list[dict[str, Any]]:
    """Each theme with the consultations in which people spoke of it, most people first."""
    every = sorted(themes.values(), key=lambda of: (-max(one.people or 0 for one in of), of[0].entry.label))
    places = [
        [{"title": one.release.consultation.title, "value": one.people, "url": one.url} for one in of] for of in every
    ]
    return [{"label": of[0].entry.label, "places": own} for of, own in zip(every, places, strict=True)]


def list_themes_by_audience() -> dict[str, Any]:
    """Data for `matrix_chart`: themes by audience; `looks` and `clear`: differences between audiences."""
    columns = [{"label": label, "short": short} for label, short in RESPONDENTS.values()]
    shown = list_theme_evidence(list_newest_releases())
    looks, clear = list_audience_differences(shown)
    told = [(one, RESPONDENTS.get(one.audience, (one.audience, ""))[0]) for one in clear[:MOST_TOLD]]
    return {
        "columns": columns,
        "strands": _build_families(shown, lambda one: one.audience, RESPONDENTS),
        "looks": looks,
        "clear": told,
        "more": max(0, len(clear) - MOST_TOLD),
    }


def list_themes_by_quarter(today: date) -> dict[str, Any]:
    """Data for `matrix_chart`: themes by the quarter of the release's publication."""
    quarters = last_quarters(today)
    columns = [{"label": f"Quarter {q.number} of {q.year}", "short": f"Q{q.number} {q.year % 100}"} for q in quarters]
    # One of each consultation and quarter: an older one would count the same people again.
    newest = list_newest_releases(
        since=quarters[0].first, of_each=lambda release: (release.consultation_id, _release_quarter(release))
    )
    shown = list_theme_evidence(newest)
    return {"columns": columns, "strands": _build_families(shown, lambda one: _release_quarter(one.release), quarters)}


def last_quarters(today: date) -> list[Quarter]:
    found = [Quarter.of(today)]
    while len(found) < QUARTERS:
        found.append(found[-1].before)
    return found[::-1]


def _release_quarter(release: Release) -> Quarter:
    assert release.published_on is not None  # callers pass published releases only
    return Quarter.of(release.published_on)


def _build_families(shown: Iterable[ThemeEvidence], column_of: Any, columns: Iterable[Any]) -> list[dict[str, Any]]:
    """Theme rows grouped by codebook family; each cell has the consultation of its column with most people."""
    rows: dict[int, dict[str, Any]] = {}
    for one in shown:
        if one.people is not None:
            row = rows.setdefault(one.theme, {"entry": one.entry, "cells": defaultdict(list)})
            row["cells"][column_of(one)].append(one)
    families = defaultdict(list)
    for row in rows.values():
        cells = [_build_cell(row["cells"][column]) for column in columns]
        families[row["entry"].family or "Other"].append({"label": row["entry"].label, "cells": cells})
    return [
        {"title": family.replace("-", " ").capitalize(), "rows": sorted(of, key=lambda row: row["label"])}
        for family, of in sorted(families.items())
    ]


def _build_cell(heard: list[ThemeEvidence]) -> dict[str, Any]:
    """The people of the release with most, linked to the theme there."""
    most = max(heard, key=lambda one: one.people or 0, default=None)
    return {"value": (most and most.people) or None, "decisions": 0, "url": most and most.url}
