"""Telling people that a case waits too long (D6): the other leads at half and all of its time, the head of service
at one and a half. A message says "item waiting" and nothing else: anyone may look at a telephone."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from consultation.audit.log import record
from consultation.safeguarding import board, clocks
from consultation.safeguarding.models import TriageCase

LEVELS = (150, 100, 50)
HEAD_OF_SERVICE = 150
MESSAGE = "item waiting"


def level(share: float) -> int:
    """The highest level that a share of the time has reached."""
    return next((each for each in LEVELS if share * 100 >= each), 0)


@transaction.atomic
def alert_waiting(now: datetime | None = None) -> int:
    """Sweep: tell whoever has to know and was not told yet. Returns how many cases that was about."""
    now = now or timezone.now()
    recipients: set[str] = set()
    told = 0
    for case in TriageCase.objects.select_for_update().filter(state__in=board.ON_THE_CLOCK):
        reached = level(clocks.share_used(case.opened_at, case.due_at, now))
        if reached > case.alerted:
            case.alerted = reached
            case.save(update_fields=["alerted"])
            record("triage alerted", obj=case, percent=reached)
            recipients |= set(_recipients(case, reached))
            told += 1
    for address in sorted(recipients):
        transaction.on_commit(partial(send_mail, MESSAGE, MESSAGE, None, [address]))
    return told


def _recipients(case: TriageCase, reached: int) -> Iterable[str]:
    head = settings.HEAD_OF_SERVICE_EMAIL
    if reached == HEAD_OF_SERVICE and head:
        yield head
    leads = get_user_model().objects.with_perm(
        "consultation.see_triage", backend="django.contrib.auth.backends.ModelBackend"
    )
    yield from leads.exclude(pk=case.claimed_by_id).values_list("email", flat=True)
