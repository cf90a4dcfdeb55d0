"""Actions on leave. What an absent lead has goes to the stand-in, else to who is on duty, else back to the board, where
the next alert tells whoever is left, in the end the head of service."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultation.access import NotAllowed, refuse_for
from consultation.audit.audit_log import record_event
from consultation.safeguarding.duty_rota import absences, lead_rota
from consultation.safeguarding.duty_rota.actions import give_duty_to
from consultation.safeguarding.duty_rota.models import Leave
from consultation.safeguarding.reassignment import actions as reassignment

WORKS_HERE = "consultation.read_raw"  # a permission of readers and leads
DECIDES = "consultation.decide_triage"
LONGEST = timedelta(days=366)


def list_leave_ahead() -> Any:
    """Leave that has not ended, the earliest first."""
    return Leave.objects.filter(last_day__gte=timezone.localdate()).select_related("person", "stand_in")


@transaction.atomic
def add_leave(
    *,
    person: Any,
    first_day: date,
    last_day: date,
    by: Any,
    stand_in: Any | None = None,
    now: datetime | None = None,
) -> Leave:
    """Write down leave of this person. The stand-in gets their days on the rota, and what they have when it begins."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    _check_may_write(person, by)
    refuse_for(_explain_days(first_day, last_day, today))
    if Leave.objects.touching(first_day, last_day).filter(person=person).exists():
        raise NotAllowed("Leave on some of these days is written down already.")
    if stand_in is not None and not _can_stand_in(stand_in, person, max(first_day, today)):
        raise NotAllowed("Choose a lead who is here then.")
    leave: Leave = Leave.objects.create(person=person, first_day=first_day, last_day=last_day, stand_in=stand_in)
    record_event("leave added", by=by, obj=leave, person=person.pk, since=str(first_day), until=str(last_day))
    if stand_in is not None:
        give_duty_to(of=person, to=stand_in, by=by, since=max(first_day, today), until=last_day)
    if first_day <= today:
        _begin_leave(leave, by, now)
    return leave


def _check_may_write(person: Any, by: Any) -> None:
    """Everyone writes down their own leave, and a lead that of any lead or reader, who may be ill."""
    if by != person and not by.has_perm(DECIDES):
        raise NotAllowed("Only a lead writes down somebody else's leave.")
    if not person.has_perm(WORKS_HERE):
        raise NotAllowed("Choose a lead or a reader.")


def _explain_days(first_day: date, last_day: date, today: date) -> str:
    """Why this is no leave; empty when it is."""
    if last_day < first_day:
        return "The last day is before the first."
    if last_day < today:
        return "These days have passed."
    return "That is longer than a year. End the account instead." if last_day - first_day > LONGEST else ""


def _can_stand_in(stand_in: Any, person: Any, day: date) -> bool:
    leads = lead_rota.list_leads().exclude(pk__in=absences.map_absences(day, day)[day])
    return stand_in != person and stand_in in leads


@transaction.atomic
def end_leave(*, leave: Leave, by: Any) -> None:
    """The person is here again from today on, or the leave does not take place. Their days on the rota count again,
    but for those that somebody took over."""
    _check_may_write(leave.person, by)
    yesterday = timezone.localdate() - timedelta(days=1)
    record_event("leave ended", by=by, obj=leave, person=leave.person_id, until=str(yesterday))
    if leave.first_day > yesterday:
        leave.delete()
        return
    leave.last_day = min(leave.last_day, yesterday)
    leave.save(update_fields=["last_day"])


def hand_over_absent_leads(now: datetime | None = None) -> int:
    """Sweep: pass on what is with leads who are on leave today. Returns how many leads had something."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    found = Leave.objects.touching(today, today).select_related("person", "stand_in")
    holding = [leave for leave in found if len(reassignment.list_assigned_items(leave.person))]
    for leave in holding:
        _begin_leave(leave, None, now)
    return len(holding)


def _begin_leave(leave: Leave, by: Any, now: datetime) -> None:
    assignee = _choose_assignee(leave, now)
    reassignment.reassign_items_of(lead=leave.person, to=assignee, by=by, why=reassignment.ON_LEAVE, now=now)


def _choose_assignee(leave: Leave, now: datetime) -> Any | None:
    """The stand-in, else the backup and then the lead on duty; nobody if none of them is here."""
    duty, here = lead_rota.find_current_duty(now), list(reassignment.list_assignees(leave.person))
    return next((one for one in (leave.stand_in, duty.backup, duty.lead) if one in here), None)
