"""Telling a lead that an agency should have decided by now. The board shows it, too."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from consultation.audit.audit_log import record_event
from consultation.notifications.notify import notify_all
from consultation.safeguarding.duty_rota import lead_rota
from consultation.safeguarding.models import is_hidden_from
from consultation.safeguarding.referrals.models import CaseReferral


def tell_late_referrals(now: datetime | None = None) -> int:
    """Sweep, in working hours: tell once of each referral that is late, one message a person. Returns the number told.

    It counts as told only when a message left; asking the agency again for a later day starts anew.
    """
    now = now or timezone.now()
    if not lead_rota.is_working_now(now):
        return 0
    late = CaseReferral.objects.filter(decided_at=None, told_late=False, chase_on__lt=timezone.localdate(now))
    wanted = {each: list_whom_to_tell(each, now) for each in late.select_related("case", "sent_by")}
    told = notify_all(set().union(*wanted.values()), now, retried=True)
    return sum(_mark_told(each) for each, people in wanted.items() if people & told)


def list_whom_to_tell(referral: CaseReferral, now: datetime) -> set[str]:
    """The address of the lead who made it, else of the lead on duty, else of the backup; else those of every lead who is
    here, else of the head of service. Nobody from whom the case is hidden."""
    duty, here = lead_rota.find_current_duty(now), lead_rota.list_reachable_leads(now)
    people = [lead for lead in here if not is_hidden_from(referral.case, lead)]
    first = [each for each in (referral.sent_by, duty.lead, duty.backup) if each in people][:1]
    return {lead.email for lead in first or people} or set(filter(None, [settings.HEAD_OF_SERVICE_EMAIL]))


@transaction.atomic
def _mark_told(referral: Any) -> int:
    marked: int = CaseReferral.objects.filter(pk=referral.pk, told_late=False).update(told_late=True)
    if marked:
        record_event("triage referral late", obj=referral.case)
    return marked
