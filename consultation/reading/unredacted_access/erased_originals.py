"""Explains an erased original: the retention rule, and the days of the runs that may have erased it."""

from dataclasses import dataclass
from datetime import date

from consultation.audit.erasure_types import RETENTION_RUN
from consultation.audit.models import AuditEntry
from consultation.reading.erasures import RawTextErasure
from consultation.surveys.models import ConsultationPage


@dataclass(frozen=True)
class ErasedOriginal:
    """Several runs may have erased a consultation's texts; no record says which run erased which text."""

    line: str
    keep: str
    first: date | None  # None: the log has no run, as after a restore
    last: date | None


def find_erasure(page: ConsultationPage) -> ErasedOriginal:
    runs = AuditEntry.objects.filter(
        verb=RETENTION_RUN, object_type="consultationpage", object_id=str(page.pk)
    ).order_by("seq")
    days = [date.fromisoformat(str(run.day)) for run in runs if run.data.get("erased") == RawTextErasure.slug]
    return ErasedOriginal(
        RawTextErasure.line, RawTextErasure.keep, days[0] if days else None, days[-1] if days else None
    )
