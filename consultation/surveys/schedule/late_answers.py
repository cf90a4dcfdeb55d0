"""Imports of answers after their survey had closed, shown on the page of dates."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from consultation.audit.erasure_types import round_count
from consultation.audit.models import AuditEntry
from consultation.surveys.models import ConsultationPage

BROUGHT = "answers brought after the close"
SHOWN_FOR = timedelta(days=60)


@dataclass(frozen=True)
class LateImport:
    page: ConsultationPage
    on: date
    people: str  # a rounded number, because officers' pages show no exact number of people
    texts: str


def list_late_imports(today: date | None = None) -> Iterator[LateImport]:
    """Late imports of the last two months, newest first."""
    since = (today or timezone.localdate()) - SHOWN_FOR
    entries = list(AuditEntry.objects.filter(verb=BROUGHT, day__gte=since.isoformat()).order_by("-seq"))
    pages = ConsultationPage.objects.defer("body").in_bulk([int(entry.object_id) for entry in entries])
    for entry in entries:
        if page := pages.get(int(entry.object_id)):
            yield LateImport(
                page,
                date.fromisoformat(entry.day),
                _format_rounded_count(entry, "people"),
                _format_rounded_count(entry, "texts"),
            )


def _format_rounded_count(entry: AuditEntry, what: str) -> str:
    return round_count(entry.data[what]).replace("none", "no")
