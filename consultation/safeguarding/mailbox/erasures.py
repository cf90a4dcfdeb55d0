from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Max

from consultation.audit.erasure_types import Erasure, ErasureGroup, erase_batch
from consultation.safeguarding.mailbox.models import Mailbox

KEPT_DAYS = 90


class MailboxErasure(Erasure):
    slug = "mailboxes"
    line, keep = "mailboxes", "90 days after the last message, once it is answered"
    removes = "What a person without a safe phone and we wrote to each other, and what their four words derive to."
    keeps = "Nothing. The case record lives in the system that received it."
    why = "Whoever finds the words can read what we wrote. Once the person was helped, it has no more use here."
    covers = frozenset({"consultation.Mailbox"})
    KEPT = timedelta(days=KEPT_DAYS)

    def groups(self) -> Iterator[ErasureGroup]:
        """Mailboxes in which no message of a child waits: one that does has its clock, and is never erased unread."""
        last_days: Counter[date] = Counter(self._select_answered().values_list("last", flat=True))
        for day, count in sorted(last_days.items()):
            yield ErasureGroup("Mailboxes", day + self.KEPT, count)

    def _select_answered(self) -> Any:
        return Mailbox.objects.filter(clock__isnull=True).annotate(last=Max("messages__day"))

    def erase(self, group: ErasureGroup) -> int:
        return erase_batch(self._select_answered().filter(last=group.on - self.KEPT))
