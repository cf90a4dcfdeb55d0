"""Explains an erased original: the retention rule, and the days of the runs that may have erased it."""

from dataclasses import dataclass
from datetime import date

from consultation.audit.erasure import RUN
from consultation.audit.models import AuditEntry
from consultation.questionnaires.models import ConsultationPage
from consultation.reading.erasures import RawWords


@dataclass(frozen=True)
class Gone:
    """Several runs may have erased a consultation's texts; no record says which run erased which text."""

    line: str
    keep: str
    first: date | None  # None: the log has no run, as after a restore
    last: date | None


def of(page: ConsultationPage) -> Gone:
    runs = AuditEntry.objects.filter(verb=RUN, object_type="consultationpage", object_id=str(page.pk)).order_by("seq")
    days = [date.fromisoformat(str(run.day)) for run in runs if run.data.get("erased") == RawWords.slug]
    return Gone(RawWords.line, RawWords.keep, days[0] if days else None, days[-1] if days else None)
