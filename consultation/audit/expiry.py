"""After six years the oldest entries of the audit log go (controls.yaml, retention). The rest stays verifiable.

The triggers of the database let an entry go only when it is six years old by the database's own clock and an entry
says that the log was shortened beyond it.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from consultation.audit.log import record
from consultation.audit.models import SHORTENED, AuditEntry


def years_before(today: date, years: int) -> date:
    """The same day, years earlier; a 29 February counts as the 28th."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return today.replace(year=today.year - years, day=28)


def last_due(today: date | None = None) -> AuditEntry | None:
    """The last entry of those at the beginning that are all too old to be kept."""
    oldest = years_before(today or timezone.localdate(), AuditEntry.YEARS_KEPT).isoformat()
    kept = AuditEntry.objects.filter(day__gte=oldest).order_by("seq").first()
    due = AuditEntry.objects.filter(seq__lt=kept.seq) if kept else AuditEntry.objects.all()
    last: AuditEntry | None = due.order_by("-seq").first()
    return last


@transaction.atomic
def shorten(today: date | None = None) -> int:
    """Let the entries go that are due, and say so in the entry that the chain then begins with. How many went."""
    AuditEntry.objects.lock()
    last = last_due(today)
    if last is None:
        return 0
    due = AuditEntry.objects.filter(seq__lte=last.seq)
    count = due.count()
    record(SHORTENED, through=last.seq, hash=last.hash, entries=count)
    due.delete()
    return count
