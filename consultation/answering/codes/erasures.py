"""The erasure of invitation codes 90 days after the close."""

from collections.abc import Iterator
from datetime import timedelta

from consultation.answering.codes.models import InvitationCode
from consultation.audit.erasure import CHUNK, Erasure, Group
from consultation.questionnaires.closing import closed_on, ever_asked
from consultation.responses import apart


class InvitationCodes(Erasure):
    slug = "codes"
    line, keep = "equality rows", "90 days after the close"
    removes = "What one-time codes derive to, and whether each was used."
    keeps = "That a batch of codes was made, and about how many of it were used."
    why = "A used code says that one person of a school or a club took part."
    covers = frozenset({"consultation.InvitationCode"})

    def groups(self) -> Iterator[Group]:
        for page in ever_asked():
            closed, codes = closed_on(page), InvitationCode.objects.filter(batch__consultation=page)
            if closed is not None and codes.exists():
                yield Group(str(page), closed + apart.KEPT_AFTER_CLOSE + timedelta(days=1), codes.count(), page)

    def erase(self, group: Group) -> int:
        codes = InvitationCode.objects.filter(batch__consultation=group.obj).order_by("pk")
        keys = list(codes.values_list("pk", flat=True)[:CHUNK])
        return InvitationCode.objects.filter(pk__in=keys).delete()[0]
