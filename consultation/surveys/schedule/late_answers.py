"""Imports of answers after their survey had closed, shown on the page of dates."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from consultation.audit.erasure_types import round_count
from consultation.audit.models import AuditEntry
from consultation.surveys.models import ConsultationPage

BROUGHT = "answers brought after the close"
SHOWN_FOR = timedelta(days=60)


def list_late_imports() -> Iterator[dict[str, Any]]:
    """Late imports of the last two months, newest first, in rounded numbers: officers see no exact number of people."""
    since = timezone.localdate() - SHOWN_FOR
    entries = list(AuditEntry.objects.filter(verb=BROUGHT, day__gte=since.isoformat()).order_by("-seq"))
    pages = ConsultationPage.objects.defer("body").in_bulk([int(entry.object_id) for entry in entries])
    for entry in entries:
        if page := pages.get(int(entry.object_id)):
            counts = {what: round_count(entry.data[what]).replace("none", "no") for what in ("people", "texts")}
            yield {"page": page, "on": date.fromisoformat(entry.day), **counts}
