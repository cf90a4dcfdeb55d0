"""The assessment of a quarter on paper."""

from typing import Any

from insights.exports.assessment.gathering import assessment_of
from insights.exports.document import MEANING
from insights.reports.quarters import Quarter

TEMPLATE = "insights/exports/assessment/paper.html"


def context_of(subject: str, *, for_all: bool, mark: str) -> dict[str, Any]:
    quarter = Quarter.named(subject)
    assert quarter is not None
    return {"quarter": quarter, "mark": mark, "meaning": MEANING, **assessment_of(quarter, for_all=for_all)}
