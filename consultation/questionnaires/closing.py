"""On which day a consultation was over: what people sent is kept for so long after it (controls.yaml, retention)."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from django.utils import timezone
from wagtail.models import PageLogEntry

from consultation.questionnaires.models import ConsultationPage, PublishedVersion

TAKEN_DOWN = "wagtail.unpublish"  # by a person; by its date: the same word and more after it


def closed_on(page: ConsultationPage) -> date | None:
    """Its closing day, or the day on which it was taken down; None while it is open, or nobody said until when."""
    if page.closes:
        return page.closes
    if page.live:
        return None
    down = PageLogEntry.objects.filter(page=page.pk, action__startswith=TAKEN_DOWN).order_by("-timestamp").first()
    moment = down.timestamp if down else page.last_published_at
    return timezone.localdate(moment) if moment else None


def ever_asked() -> Iterator[ConsultationPage]:
    """Consultations that were ever published, in the source language."""
    ids = PublishedVersion.objects.values("page_id")
    yield from ConsultationPage.objects.filter(pk__in=ids).order_by("pk")


def months_after(day: date, months: int) -> date:
    """The same day, months later; the last of a month that is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
