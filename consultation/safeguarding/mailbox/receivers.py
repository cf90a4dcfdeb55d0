"""Answers to the rooms of safeguarding below: clocks, cards on the board and the number that waits."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver
from django.urls import reverse

from consultation.responses.vault import can_open_sealed
from consultation.safeguarding import lead_board
from consultation.safeguarding.alerts import ARRIVED, TimedItem, find_start_of_due_day
from consultation.safeguarding.clocks import T1_TIME
from consultation.safeguarding.lead_board import LeadBoardItem
from consultation.safeguarding.mailbox.actions import keep_alert_levels
from consultation.safeguarding.mailbox.models import Mailbox
from consultation.safeguarding.models import Priority
from consultation.safeguarding.signals import board_items_asked, lead_context_asked, timed_items_asked


def build_mailbox_timing(mailbox: Mailbox, due: datetime) -> TimedItem:
    """Arrival is not stored. A T1 is told on arrival, but the time of that is in no log.

    It counts as taken by nobody: whoever claimed it does not know yet that the child wrote again.
    """
    urgent = mailbox.priority == Priority.T1
    start = due - T1_TIME if urgent else find_start_of_due_day(due)
    at_once = ARRIVED if urgent else 0
    return TimedItem(mailbox, start, due, None, mailbox.agency_id, at_once, keep_levels=keep_alert_levels)


def build_mailbox_item(mailbox: Mailbox, due: datetime, now: datetime) -> LeadBoardItem:
    waiting, url = build_mailbox_timing(mailbox, due), reverse("safeguarding:mailbox", args=[mailbox.pk])
    lane = lead_board.CLAIMED if mailbox.claimed_by_id else lead_board.NEW
    steps = lead_board.list_next_escalations(waiting, now)
    return LeadBoardItem(
        "mailbox", mailbox, lane, url, mailbox.priority, mailbox.claimed_by, waiting, due < now, next_steps=steps
    )


def _select_waiting(lead: Any) -> Any:
    return Mailbox.objects.seen_by(lead).filter(clock__isnull=False)


@receiver(timed_items_asked, dispatch_uid="mailbox-clocks")
def time_mailboxes(sender: Any, **kwargs: Any) -> list[TimedItem]:
    if not can_open_sealed():  # where the desk's alerts fail, which is an alarm
        return []
    waiting = Mailbox.objects.filter(clock__isnull=False)
    return [build_mailbox_timing(mailbox, mailbox.due) for mailbox in waiting if mailbox.due]


@receiver(board_items_asked, dispatch_uid="mailbox-board")
def show_mailboxes_on_board(sender: Any, *, lead: Any, now: datetime, **kwargs: Any) -> list[LeadBoardItem]:
    """A card while a child's message waits; what waits for the child stands in the list of mailboxes alone."""
    waiting = _select_waiting(lead).select_related("claimed_by")
    return [build_mailbox_item(mailbox, mailbox.due, now) for mailbox in waiting if mailbox.due]


@receiver(lead_context_asked, dispatch_uid="mailbox-context")
def count_waiting_mailboxes(sender: Any, *, lead: Any, **kwargs: Any) -> dict[str, Any]:
    return {"mailboxes_waiting": _select_waiting(lead).count()}
