from datetime import date, timedelta

from consultation.channels.invitation_codes.models import InvitationCode
from consultation.responses import equality_monitoring
from consultation.surveys.closing_day import AfterCloseErasure


class InvitationCodesErasure(AfterCloseErasure):
    slug = "codes"
    line, keep = "equality rows", "90 days after the close"
    removes = "What one-time codes derive to, and whether each was used."
    keeps = "That a batch of codes was made, and about how many of it were used."
    why = "A used code says that one person of a school or a club took part."
    covers = frozenset({"consultation.InvitationCode"})
    rows, of_page = InvitationCode.objects, "batch__consultation"

    def erasure_day(self, closed: date) -> date:
        return closed + equality_monitoring.KEPT_AFTER_CLOSE + timedelta(days=1)
