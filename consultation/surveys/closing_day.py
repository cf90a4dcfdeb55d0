"""The day on which a consultation closed: retention periods start from it (domain/controls.yaml)."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from django.utils import timezone
from wagtail.models import PageLogEntry

from consultation.surveys.models import ConsultationPage, PublishedVersion

TAKEN_DOWN = "wagtail.unpublish"  # prefix: a scheduled unpublication has a longer action name


def find_closing_day(page: ConsultationPage) -> date | None:
    """The closing date, or else the day of unpublication; None while it is live without a closing date."""
    if page.closes:
        return page.closes
    if page.live:
        return None
    down = PageLogEntry.objects.filter(page=page.pk, action__startswith=TAKEN_DOWN).order_by("-timestamp").first()
    moment = down.timestamp if down else page.last_published_at
    return timezone.localdate(moment) if moment else None


def list_published_consultations() -> Iterator[ConsultationPage]:
    """All consultations that were ever published, as source-language pages."""
    ids = PublishedVersion.objects.values("page_id")
    yield from ConsultationPage.objects.filter(pk__in=ids).order_by("pk")


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day if it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
