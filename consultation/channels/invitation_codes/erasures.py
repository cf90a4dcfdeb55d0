"""The erasure of invitation codes 90 days after the close."""

from collections.abc import Iterator
from datetime import timedelta

from consultation.audit.erasure_types import ERASURE_BATCH, Erasure, ErasureGroup
from consultation.channels.invitation_codes.models import InvitationCode
from consultation.responses import equality_monitoring
from consultation.surveys.closing_day import find_closing_day, list_published_consultations


class InvitationCodesErasure(Erasure):
    slug = "codes"
    line, keep = "equality rows", "90 days after the close"
    removes = "What one-time codes derive to, and whether each was used."
    keeps = "That a batch of codes was made, and about how many of it were used."
    why = "A used code says that one person of a school or a club took part."
    covers = frozenset({"consultation.InvitationCode"})

    def groups(self) -> Iterator[ErasureGroup]:
        for page in list_published_consultations():
            closed, codes = find_closing_day(page), InvitationCode.objects.filter(batch__consultation=page)
            if closed is not None and codes.exists():
                yield ErasureGroup(
                    str(page), closed + equality_monitoring.KEPT_AFTER_CLOSE + timedelta(days=1), codes.count(), page
                )

    def erase(self, group: ErasureGroup) -> int:
        codes = InvitationCode.objects.filter(batch__consultation=group.obj).order_by("pk")
        keys = list(codes.values_list("pk", flat=True)[:ERASURE_BATCH])
        return InvitationCode.objects.filter(pk__in=keys).delete()[0]
