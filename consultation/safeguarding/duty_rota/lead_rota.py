"""The duty rota: a lead and a backup for each working day. Without either, alerts go to every lead who is here."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from consultation.access import list_people_with
from consultation.safeguarding.clocks import LONDON, is_working_time, next_working_moment
from consultation.safeguarding.duty_rota import absences
from consultation.safeguarding.duty_rota.models import DutyDay
from consultation.safeguarding.duty_rota.working_week import get_working_week

SEE_TRIAGE = "consultation.see_triage"


def list_leads() -> Any:
    """Users who may see the triage queue, by name."""
    return list_people_with(SEE_TRIAGE)


def list_reachable_leads(now: datetime | None = None) -> Any:
    """Leads who may be told of something now: those who are not on leave."""
    return list_leads().exclude(pk__in=absences.list_unreachable(now))


@dataclass(frozen=True)
class DayDuty:
    """Lead and backup of one day; None when missing, on leave or no longer a lead."""

    day: date
    opens: datetime | None
    closes: datetime | None
    lead: Any = None
    backup: Any = None
    absent: tuple[str, ...] = ()  # a sentence about each who stands in the rota and is not here

    @property
    def works(self) -> bool:
        return self.opens is not None

    @property
    def gap(self) -> str:
        missing = [name for name, person in (("lead", self.lead), ("backup", self.backup)) if person is None]
        return f"No {' and no '.join(missing)}" if self.works and missing else ""


def list_duties(since: date, days: int) -> list[DayDuty]:
    until, working = since + timedelta(days=days - 1), get_working_week()
    rows = DutyDay.objects.filter(day__range=(since, until)).select_related("lead", "backup")
    rota, away = {row.day: row for row in rows}, absences.map_absences(since, until)
    leads, duties = {lead.pk for lead in list_leads()}, []
    for day in (since + timedelta(days=number) for number in range(days)):
        row, (opens, closes) = rota.get(day), working.day(day) or (None, None)
        named = [row.lead, row.backup] if row else [None, None]
        lead, backup = (one if one and one.pk in leads - away[day] else None for one in named)
        absent = [_describe_absence(one, one.pk in leads) for one in named if one and one not in (lead, backup)]
        duties.append(DayDuty(day, opens, closes, lead, backup, tuple(absent) if opens else ()))
    return duties


def _describe_absence(person: Any, is_lead: bool) -> str:
    return f"{person} is on leave." if is_lead else f"{person} is not a lead any more."


def list_days_of(lead: Any) -> list[date]:
    """The days ahead on which this lead stands in the rota."""
    rows = DutyDay.objects.filter(Q(lead=lead) | Q(backup=lead), day__gte=timezone.localdate())
    return list(rows.values_list("day", flat=True))


def find_current_duty(now: datetime | None = None) -> DayDuty:
    """The duty now; outside working hours, the next one."""
    day = next_working_moment(now or timezone.now(), get_working_week()).astimezone(LONDON).date()
    return list_duties(day, 1)[0]


def list_on_duty(now: datetime | None = None) -> list[Any]:
    """Lead and backup on duty; all leads if neither is here. Empty if every lead is on leave."""
    duty, here = find_current_duty(now), list(list_reachable_leads(now))
    return [person for person in (duty.lead, duty.backup) if person in here] or here


def is_working_now(now: datetime | None = None) -> bool:
    return is_working_time(now or timezone.now(), get_working_week())


def describe_out_of_hours(now: datetime | None = None) -> dict[str, Any]:
    """Outside working hours {on: the next duty, emergency_team: whom to call}, for pages of readers and leads; in them
    {}."""
    if is_working_now(now):
        return {}
    return {"on": find_current_duty(now), "emergency_team": settings.EMERGENCY_DUTY_TEAM}


def list_rota_gaps(since: date, days: int) -> list[DayDuty]:
    return [duty for duty in list_duties(since, days) if duty.gap]
