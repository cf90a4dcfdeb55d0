"""A closed question by audience: the frozen figures of the newest report of each audience that was asked it in the same
words, beside each other. Nothing is counted or added up, so nothing is told that those reports do not tell.
"""

from dataclasses import dataclass
from typing import Any

from consultation import handover
from insights.releases.models import Figure, Release
from insights.releases.stored_figures import is_no_answer, is_reported
from insights.releases.theme_evidence import ReleasedShare, list_newest_releases
from insights.workspace.group_comparison.audience_differences import AudienceDifference, list_audience_differences

AUDIENCE = "audience"


@dataclass(frozen=True)
class QuestionByAudience:
    """`asked`: the question's figure in a report of each audience, that of the page first."""

    title: str
    asked: list[Figure]

    @property
    def releases(self) -> list[Release]:
        return [figure.release for figure in self.asked]

    @property
    def table(self) -> dict[str, Any]:
        """As a stored two-way table, without a total: one person may be in two consultations."""
        rows = [{row["label"]: row for row in figure.table["rows"] if not is_no_answer(row)} for figure in self.asked]
        names = dict(handover.AUDIENCES)
        columns = [
            {"id": one.consultation.audience, "label": names[one.consultation.audience]} for one in self.releases
        ]
        return {
            "apart": True,
            "base": None,
            "columns": columns,
            "column_totals": [{"value": figure.table["base"], "symbol": ""} for figure in self.asked],
            "rows": [
                {"id": row["id"], "label": label, "value": None, "symbol": "", "cells": [of[label] for of in rows]}
                for label, row in rows[0].items()
            ],
            "silent": [
                {**row, "label": f"{row['label']}, {column['label']}"}
                for figure, column in zip(self.asked, columns, strict=True)
                for row in figure.table["rows"]
                if is_no_answer(row)
            ],
        }

    def list_differences(self) -> tuple[int, list[AudienceDifference]]:
        return list_audience_differences(
            ReleasedShare(figure.release, row, figure.table["base"])
            for figure in self.asked
            for row in figure.table["rows"]
            if not is_no_answer(row)
        )


def list_questions_by_audience(release: Release) -> dict[str, QuestionByAudience]:
    """{key of a question: of whom it was asked in the same words}: of this release's audience and of others, each by its
    newest report that has it."""
    own = {one.title: one for one in release.figures.filter(kind="question").select_related("release__consultation")}
    others = [one for one in list_newest_releases() if one.consultation.audience != release.consultation.audience]
    places = {other.pk: place for place, other in enumerate(others)}
    found: dict[str, dict[str, Figure]] = {}
    same = Figure.objects.filter(release__in=others, kind="question", title__in=own)
    for figure in sorted(same.select_related("release__consultation"), key=lambda one: places[one.release_id]):
        if _list_answers(figure) == _list_answers(own[figure.title]) != []:
            found.setdefault(figure.title, {}).setdefault(figure.release.consultation.audience, figure)
    return {own[title].key: QuestionByAudience(title, [own[title], *asked.values()]) for title, asked in found.items()}


def _list_answers(figure: Figure) -> list[Any]:
    """The answers of a question that shows any: in other words, or with others to choose from, it is another question."""
    rows = figure.table["rows"]
    answers = [row["label"] for row in rows if not is_no_answer(row)]
    return [figure.table.get("several"), *sorted(answers)] if any(map(is_reported, rows)) else []
