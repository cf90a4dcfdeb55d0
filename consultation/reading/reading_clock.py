"""The clocks of flagged answers: when each begins, stands and ends. A slot is sealed, as it tells who was flagged."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from consultation.reading import policies
from consultation.reading.models import ReadingOrder, Screening, read_order
from consultation.reading.reading_order_cache import open_due_slots, open_sealed_fields, select_cache_key
from consultation.responses.models import RUNNING_CLOCK, STANDING_CLOCK, Answer, AnswerState
from consultation.safeguarding.clocks import write_slot
from consultation.safeguarding.duty_rota.working_week import get_working_week
from consultation.safeguarding.models import CaseState

logger = logging.getLogger(__name__)
REPORTED_ORDER, NO_FLAG = ReadingOrder(True, "T2", ""), ReadingOrder(False, "", "")


def order_due(order: ReadingOrder, now: datetime) -> datetime | None:
    """The slot in which a flagged answer is due by the area's own week; None without a flag."""
    return policies.flagged_read_due(flagged=order.flagged, priority=order.priority, now=now, week=get_working_week())


def earlier_slot(*slots: datetime | None) -> datetime | None:
    return min((slot for slot in slots if slot), default=None)


def move_with_clock(answer: Answer, state: str, now: datetime, *, reported: bool = False) -> None:
    """Save a move to another state, with its clock: the one rule for every move, so that none drops a clock or gives more
    time. A running or standing clock stays as it is; one that has ended begins anew.

    A reported name needs no key, as planners' processes have none: it is due as a T2, and the sweep
    `start_missing_clocks` shortens that where its flag asks for less.
    """
    answer.move_to(state)
    rows = Screening.objects.filter(pk=answer.pk)
    if state in RUNNING_CLOCK:
        for row in rows.filter(clock__isnull=True):
            order = REPORTED_ORDER if reported else row.reading_order
            rows.update(clock=write_slot(order_due(order, now)))
    elif state not in STANDING_CLOCK:
        rows.update(clock=None)


def start_missing_clocks(now: datetime | None = None) -> int:
    """Sweep: start the clock of flagged, undecided answers that have none, as a fault must not hide one, and that of a
    reported answer whose flag asks for an earlier slot. Returns how many had none by a fault."""
    now, found = now or timezone.now(), 0
    undecided = Screening.objects.filter(answer__in=Answer.objects.undecided())
    rows = list(undecided.values_list("pk", select_cache_key("order"), select_cache_key("clock"), "reported"))
    orders = open_sealed_fields("order", [row[:2] for row in rows])
    clocks = open_sealed_fields("clock", [(row[0], row[2]) for row in rows])
    for (key, *_, reported), stored, clock in zip(rows, orders, clocks, strict=True):
        order = read_order(stored, reported) if reported or not clock else NO_FLAG
        if order.flagged:
            found += _start_clock(key, order_due(order, now)) and not reported
    if found:
        logger.error("%d flagged answers had no clock", found)
    return found


@transaction.atomic
def _start_clock(key: UUID, asked: datetime | None) -> bool:
    """Set this slot; False where the answer has an earlier one, or was decided meanwhile."""
    row = Screening.objects.filter(pk=key, answer__in=Answer.objects.undecided())
    if not row.select_for_update(of=("self",)).exists():
        return False
    had = open_due_slots(row)[key]
    return earlier_slot(had, asked) != had and bool(row.update(clock=write_slot(asked)))


@transaction.atomic
def erase_ended_clocks(now: datetime | None = None) -> int:
    """Sweep: erase the due slots of decisions that can no longer be undone. Returns how many.

    What was sent to the leads may be taken back until one of them claims it.
    """
    over = (now or timezone.now()) - timedelta(minutes=settings.RELEASE_AFTER_MINUTES)
    ended = Answer.objects.filter(state__in=STANDING_CLOCK, reading__decided_at__lte=over)
    ended = ended.exclude(Q(state=AnswerState.TRIAGE, case__state=CaseState.NEW))
    return Screening.objects.filter(pk__in=ended.values("pk"), clock__isnull=False).update(clock=None)
