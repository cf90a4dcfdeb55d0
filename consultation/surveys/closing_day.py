"""The day on which a consultation closed, and the erasures whose periods start from it (domain/controls.yaml)."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import PageLogEntry

from consultation.audit.erasure_types import Erasure, ErasureGroup, erase_batch
from consultation.surveys.consultation_state import find_states
from consultation.surveys.models import ConsultationPage, PublishedVersion

TAKEN_DOWN = "wagtail.unpublish"  # prefix: a scheduled unpublication has a longer action name


def find_closing_day(page: ConsultationPage) -> date | None:
    """The true last day, or else the day of unpublication; None while it is live without a last day."""
    return find_closing_days([page])[page.pk]


def find_closing_days(pages: Iterable[ConsultationPage]) -> dict[int, date | None]:
    """{page id: the same}. A stop sets `closes` to the day before, on which people still answered: the one function of
    the state knows the day."""
    pages = list(pages)
    states = find_states([page for page in pages if page.closes])
    return {page.pk: states[page.pk].last_day if page.closes else _find_day_taken_down(page) for page in pages}


def _find_day_taken_down(page: ConsultationPage) -> date | None:
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


class AfterCloseErasure(Erasure):
    """An erasure of the rows of each consultation, so many months after its close."""

    MONTHS = 24
    rows: ClassVar[Any]  # a manager, or a queryset
    of_page = "consultation"  # how a row leads to its consultation

    def rows_of(self, page: Any) -> QuerySet:
        found: QuerySet = self.rows.filter(**{self.of_page: page})
        return found

    def erasure_day(self, closed: date) -> date:
        return add_months(closed, self.MONTHS)

    def held_back(self, page: Any) -> str:
        """The reason for a delay."""
        return ""

    def groups(self) -> Iterator[ErasureGroup]:
        for page in list_published_consultations():
            closed, count = find_closing_day(page), self.rows_of(page).count()
            if closed is not None and count:
                yield ErasureGroup(str(page), self.erasure_day(closed), count, page, self.held_back(page))

    def erase(self, group: ErasureGroup) -> int:
        return erase_batch(self.rows_of(group.obj))
