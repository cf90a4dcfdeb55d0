from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from consultation.audit.erasure_types import Erasure, ErasureGroup, erase_batch
from insights.commitments.models import SentOffer

KEPT_DAYS = 365


class SentOfferErasure(Erasure):
    slug = "sent-offers"
    line, keep = "offers of groups as they were sent, with a contact", "a year; at once when declined or retired"
    removes = "What a group sent in by the public form, and how to reach it."
    keeps = "The commitment that an officer made of it, without a contact."
    why = "After a year we ask the group anew, by its public address."
    covers = frozenset({"insights.SentOffer"})

    KEPT = timedelta(days=KEPT_DAYS)

    def groups(self) -> Iterator[ErasureGroup]:
        days: Counter[date] = Counter(SentOffer.objects.order_by().values_list("day", flat=True))
        for day, count in sorted(days.items()):
            yield ErasureGroup("Offers of groups", day + self.KEPT, count)

    def erase(self, group: ErasureGroup) -> int:
        return erase_batch(SentOffer.objects.filter(day=group.on - self.KEPT))
