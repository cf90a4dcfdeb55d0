"""An original that is not there any more: by which rule it was erased, and when, in words for whoever looks for it."""

from dataclasses import dataclass
from datetime import date

from consultation.audit.erasure import RUN
from consultation.audit.models import AuditEntry
from consultation.questionnaires.models import ConsultationPage
from consultation.reading.erasures import RawWords


@dataclass(frozen=True)
class Gone:
    """Retention erases what is due in several runs where something was held back: which run took which, nobody keeps."""

    line: str
    keep: str
    first: date | None  # none: the log does not say, as after a restore
    last: date | None


def of(page: ConsultationPage) -> Gone:
    runs = AuditEntry.objects.filter(verb=RUN, object_type="consultationpage", object_id=str(page.pk)).order_by("seq")
    days = [date.fromisoformat(str(run.day)) for run in runs if run.data.get("erased") == RawWords.slug]
    return Gone(RawWords.line, RawWords.keep, days[0] if days else None, days[-1] if days else None)
