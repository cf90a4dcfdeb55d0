"""Template and context of an assessment's PDF."""

from typing import Any

from consultation.domain.calendar_quarters import Quarter
from insights.disclosure.rules_wording import wording_of
from insights.strategy.assessment.quarter_assessment import build_assessment

TEMPLATE = "insights/exports/pdf/assessment.html"


def context_of(subject: str, *, for_all: bool, mark: str) -> dict[str, Any]:
    quarter = Quarter.named(subject)
    assert quarter is not None
    said = build_assessment(quarter, for_all=for_all)
    meanings = list(dict.fromkeys(wording_of(release.rules).meaning for release in said["releases"]))
    return {"quarter": quarter, "mark": mark, "meanings": meanings, **said}
