"""The duty rota: a lead and a backup for each working day. Without either, alerts go to every lead."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from consultation.safeguarding.clocks import LONDON, WorkingWeek, is_working_time, working_start
from consultation.safeguarding.duty.hours import week
from consultation.safeguarding.duty.models import DutyDay

SEE = "consultation.see_triage"


def leads() -> Any:
    """Users who may see the triage queue, by name."""
    found = get_user_model().objects.with_perm(SEE, backend="django.contrib.auth.backends.ModelBackend")
    return found.order_by("last_name", "first_name", "email")


@dataclass(frozen=True)
class Duty:
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


def duties(since: date, days: int) -> list[Duty]:
    """The duty of each of `days` days from `since` on."""
    rota, working = {row.day: row for row in DutyDay.objects.filter(day__gte=since)}, week()
    people = {lead.pk: lead for lead in leads()}
    return [_duty(since + timedelta(days=number), rota, people, working) for number in range(days)]


def _duty(day: date, rota: dict[date, DutyDay], people: dict[int, Any], working: WorkingWeek) -> Duty:
    row, hours = rota.get(day), working.day(day)
    lead = people.get(row.lead_id or 0) if row else None
    backup = people.get(row.backup_id or 0) if row else None
    return Duty(day, hours[0] if hours else None, hours[1] if hours else None, lead, backup)


def on_duty(now: datetime | None = None) -> Duty:
    """The duty now; outside working hours, the next one."""
    day = working_start(now or timezone.now(), week()).astimezone(LONDON).date()
    return duties(day, 1)[0]


def is_open(now: datetime | None = None) -> bool:
    return is_working_time(now or timezone.now(), week())


def gaps(since: date, days: int) -> list[Duty]:
    return [duty for duty in duties(since, days) if duty.gap]
