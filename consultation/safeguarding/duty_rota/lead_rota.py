"""The duty rota: a lead and a backup for each working day. Without either, alerts go to every lead."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils import timezone

from consultation.safeguarding.clocks import LONDON, is_working_time, next_working_moment
from consultation.safeguarding.duty_rota.models import DutyDay
from consultation.safeguarding.duty_rota.working_week import get_working_week

SEE_TRIAGE = "consultation.see_triage"


def list_leads() -> Any:
    """Users who may see the triage queue, by name."""
    found = get_user_model().objects.with_perm(SEE_TRIAGE, backend="django.contrib.auth.backends.ModelBackend")
    return found.order_by("last_name", "first_name", "email")


@dataclass(frozen=True)
class DayDuty:
    """Lead and backup of one day; None when missing or no longer a lead."""

    day: date
    opens: datetime | None
    closes: datetime | None
    lead: Any = None
    backup: Any = None
    name: str = ""  # of a day off

    @property
    def works(self) -> bool:
        return self.opens is not None

    @property
    def gap(self) -> str:
        missing = [name for name, person in (("lead", self.lead), ("backup", self.backup)) if person is None]
        return f"No {' and no '.join(missing)}" if self.works and missing else ""


def list_duties(since: date, days: int) -> list[DayDuty]:
    """The duty of each of `days` days from `since` on."""
    rota, working = {row.day: row for row in DutyDay.objects.filter(day__gte=since)}, get_working_week()
    people: dict[int | None, Any] = {lead.pk: lead for lead in list_leads()}
    duties = []
    for day in (since + timedelta(days=number) for number in range(days)):
        row, (opens, closes) = rota.get(day), working.day(day) or (None, None)
        lead, backup = (people.get(row.lead_id), people.get(row.backup_id)) if row else (None, None)
        duties.append(DayDuty(day, opens, closes, lead, backup))
    return duties


def find_current_duty(now: datetime | None = None) -> DayDuty:
    """The duty now; outside working hours, the next one."""
    day = next_working_moment(now or timezone.now(), get_working_week()).astimezone(LONDON).date()
    return list_duties(day, 1)[0]


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
