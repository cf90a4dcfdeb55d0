"""The coverage matrix: the strategy's sub-points by audience, with released numbers of people, and the gaps (S2).

A cell's number comes from shown figures: that of the theme or question with most people in one consultation. Themes share
people, and one person may answer several consultations, so nothing is added up. A minority view is evidence without a
number. A gap is a cell without evidence in 12 months: too few to show and nobody look the same.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse

from consultation.domain.strategy_points import list_strands, number_by_sub_point
from insights.decisions.evidence_answers import ThemeAnswers
from insights.decisions.models import Decision
from insights.releases.theme_evidence import list_newest_releases
from insights.strategy.strategy_evidence import (
    ONLINE,
    Evidence,
    list_strategy_evidence,
    map_answers,
    twelve_months_before,
)

AUDIENCES = {
    "children-young-people": ("Children and young people", "CYP"),
    "communities": ("Communities", "Com"),
    ONLINE: ("On-line activity", "Onl"),
    "parents-carers": ("Parents and carers", "Par"),
    "professionals": ("Professionals", "Pro"),
}


@dataclass
class CoverageCell:
    """A cell of the matrix: one sub-point and one audience."""

    point: str
    audience: str
    heard: list[Evidence] = field(default_factory=list)
    decisions: set[int] = field(default_factory=set)
    last: date | None = None  # day of the newest release with evidence, however old

    @property
    def value(self) -> int | None:
        """The most people who spoke in one consultation; None where there is no number."""
        return max((one.people or 0 for one in self.heard), default=0) or None

    @property
    def is_gap(self) -> bool:
        return not self.heard

    @property
    def url(self) -> str:
        return f"{reverse('insights:point', args=[self.point])}#{self.audience}"

    def as_cell(self) -> dict[str, Any]:
        return {"value": self.value, "in_words": bool(self.heard), "decisions": len(self.decisions), "url": self.url}


CoverageCells = dict[tuple[str, str], CoverageCell]


def build_coverage_cells(
    today: date, evidence: list[Evidence] | None = None, decided: ThemeAnswers | None = None
) -> CoverageCells:
    """{(sub-point, audience): cell}, every pair; in a constant number of queries. `evidence`, and `decided`: the answers of
    themes, if loaded already."""
    found = {
        (slug, audience): CoverageCell(slug, audience)
        for strand in list_strands()
        for slug, _ in strand["points"]
        for audience in AUDIENCES
    }
    for one in list_strategy_evidence(list_newest_releases()) if evidence is None else evidence:
        if one.release.published_on is not None:
            _add_evidence(found, one, one.release.published_on, twelve_months_before(today))
    answers, in_force = map_answers(decided), set(Decision.objects.in_force().values_list("pk", flat=True))
    for place in found.values():
        cited = {decision.pk for one in place.heard for decision in answers.get(one.place, ())}
        place.decisions = cited & in_force
    return found


def _add_evidence(found: CoverageCells, one: Evidence, day: date, begins: date) -> None:
    # On-line activity is a context of what is said, not a kind of respondent (S3): a column beside the audience's.
    columns = (one.audience, ONLINE) if one.online else (one.audience,)
    for place in (found.get((point, column)) for point in one.points for column in columns):
        if place is not None:
            place.last = max(place.last or day, day)
            if day >= begins:
                place.heard.append(one)


def list_audience_columns() -> list[dict[str, str]]:
    return [{"label": label, "short": short} for label, short in AUDIENCES.values()]


def build_matrix_rows(found: CoverageCells) -> list[dict[str, Any]]:
    """Rows for `matrix_chart`: strands with their sub-points, numbered as in the strategy."""
    return [
        {
            "title": f"{strand['id']}. {strand['label']}",
            "rows": [
                {
                    "number": number_by_sub_point()[slug],
                    "label": text,
                    "url": reverse("insights:point", args=[slug]),
                    "cells": [found[slug, audience].as_cell() for audience in AUDIENCES],
                }
                for slug, text in strand["points"]
            ],
        }
        for strand in list_strands()
    ]


def list_gaps(found: CoverageCells) -> list[CoverageCell]:
    """Gaps never heard first, then those heard longest ago, each in the strategy's order."""
    return sorted((place for place in found.values() if place.is_gap), key=lambda place: place.last or date.min)
