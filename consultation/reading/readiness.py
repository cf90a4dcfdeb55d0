"""Readiness: every open consultation has its readers."""

from django.utils import timezone

from consultation.readiness import ReadinessResult, readiness_check
from consultation.reading.staffing import reader_coverage
from consultation.surveys.models import ConsultationPage


@readiness_check(
    "readers",
    "Each open consultation has a reader, a lead and a backup until five working days after it closes",
    group="Who works here",
    lapses=True,
)
def check_readers_named() -> ReadinessResult:
    today = timezone.localdate()
    pages = ConsultationPage.objects.live().sources().defer("body")
    found = {
        page.title: gaps
        for page in pages.order_by("title")
        if (gaps := reader_coverage.list_coverage_gaps(page, today))
    }
    if not found:
        return ReadinessResult(True, "No working day has a gap.")
    title, gaps = next(iter(found.items()))
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    return ReadinessResult(
        False, f"{title}{more}: {gaps[0].says.lower()} on {gaps[0].day:%-d %B}. See “Who will read”."
    )
