"""Template and context of an assessment's PDF."""

from typing import Any

from insights.exports.assessment.gathering import assessment_of
from insights.reports.disclosure.wording import wording_of
from insights.reports.quarters import Quarter

TEMPLATE = "insights/exports/assessment/paper.html"


def context_of(subject: str, *, for_all: bool, mark: str) -> dict[str, Any]:
    quarter = Quarter.named(subject)
    assert quarter is not None
    said = assessment_of(quarter, for_all=for_all)
    meanings = list(dict.fromkeys(wording_of(release.rules).meaning for release in said["releases"]))
    return {"quarter": quarter, "mark": mark, "meanings": meanings, **said}
