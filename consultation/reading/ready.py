"""Readiness: every open consultation has its readers."""

from django.conf import settings
from django.utils import timezone

from consultation.questionnaires.models import ConsultationPage
from consultation.reading.staffing import coverage
from consultation.ready import Found, check


@check(
    "readers",
    "Each open consultation has a reader, a lead and a backup until five working days after it closes",
    group="Who works here",
    lapses=True,
)
def named() -> Found:
    today = timezone.localdate()
    pages = ConsultationPage.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE).defer("body")
    found = {page.title: gaps for page in pages.order_by("title") if (gaps := coverage.gaps(page, today))}
    if not found:
        return Found(True, "No working day has a gap.")
    title, gaps = next(iter(found.items()))
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    return Found(False, f"{title}{more}: {gaps[0].says.lower()} on {gaps[0].day:%-d %B}. See “Who will read”.")
