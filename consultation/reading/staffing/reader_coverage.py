"""Coverage of a consultation: a named reader, a lead and a backup on every working day.

The period runs from the opening (not before the go-live date) until five working days after the close. Calendar days
would not do: five days after 23 December is a bank holiday, and nobody would read the last answers. England's bank
holidays and set days off need nobody. A consultation without a last day needs the next four weeks, always.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from consultation.access import list_people_with
from consultation.domain.calendar import bank_holidays
from consultation.reading.staffing.models import NamedReader
from consultation.safeguarding.clocks import MAX_IDLE_DAYS, WorkingWeek
from consultation.safeguarding.duty_rota import absences, lead_rota
from consultation.safeguarding.duty_rota.models import DayOff
from consultation.safeguarding.duty_rota.working_week import get_working_week
from consultation.surveys.models import ConsultationPage

READ = "consultation.flag_to_triage"  # a permission of readers that leads do not have
AFTER_CLOSE = 5  # working days
WITHOUT_END = 28  # days
DAY = timedelta(days=1)


def list_trained_readers() -> Any:
    """Everyone with the reader's permission, by name."""
    return list_people_with(READ)


def list_reachable_readers(now: datetime | None = None) -> Any:
    """Trained readers who may be told of something now: those who are not on leave."""
    return list_trained_readers().exclude(pk__in=absences.list_unreachable(now))


@dataclass(frozen=True)
class CoverageDay:
    """One day of a consultation with its duty rota and readers."""

    duty: lead_rota.DayDuty
    readers: list[Any] = field(default_factory=list)
    name: str = ""  # of a holiday or day off

    @property
    def day(self) -> date:
        return self.duty.day

    @property
    def missing(self) -> list[str]:
        if not self.duty.works:
            return []
        there = {"reader": self.readers, "lead": self.duty.lead, "backup": self.duty.backup}
        return [name for name, somebody in there.items() if not somebody]

    @property
    def says(self) -> str:
        return f"No {' and no '.join(self.missing)}" if self.missing else ""


def last_day_after_close(closes: date, working: WorkingWeek) -> date:
    """The fifth working day after a close."""
    day, left = closes, AFTER_CLOSE
    for _ in range(MAX_IDLE_DAYS):
        if not left:
            return day
        day += DAY
        left -= working.day(day) is not None
    raise ValueError("nobody works in the year after this")


def covered_period(page: ConsultationPage, today: date) -> tuple[date, date]:
    """The first and last day that need coverage, from today on."""
    # Not of a live page: a scheduled correction does not change when it opened.
    goes_live = timezone.localdate(page.go_live_at) if page.go_live_at and not page.live else today
    since = max(today, page.opens or today, goes_live)
    if page.closes:
        return since, last_day_after_close(page.closes, get_working_week())
    return since, since + (WITHOUT_END - 1) * DAY


def list_coverage_days(page: ConsultationPage, today: date) -> list[CoverageDay]:
    """Each day that needs coverage, in order; empty once the period is over."""
    return coverage_days_by_page([page], today)[page.pk]


def list_coverage_gaps(page: ConsultationPage, today: date) -> list[CoverageDay]:
    return [day for day in list_coverage_days(page, today) if day.missing]


def coverage_days_by_page(pages: Iterable[ConsultationPage], today: date) -> dict[int, list[CoverageDay]]:
    """{page id: its days}. Loads rota and readers once for all pages."""
    spans = {page.pk: covered_period(page, today) for page in pages}
    ahead = {pk: (since, until) for pk, (since, until) in spans.items() if since <= until}
    if not ahead:
        return {pk: [] for pk in spans}
    first, last = min(since for since, _ in ahead.values()), max(until for _, until in ahead.values())
    duties, off = lead_rota.list_duties(first, (last - first).days + 1), _names_of_days_off(first, last)
    named, away = _named_readers_between(first, last), absences.map_absences(first, last)
    found: dict[int, list[CoverageDay]] = {pk: [] for pk in spans}
    for pk, (since, until) in ahead.items():
        here = [one for one in named if one.page_id in (None, pk)]
        found[pk] = [
            CoverageDay(duty, _readers_on_day(duty.day, here, away), "" if duty.works else off.get(duty.day, ""))
            for duty in duties[(since - first).days : (until - first).days + 1]
        ]
    return found


def list_readers_on_day(day: date, pages: Iterable[int]) -> list[Any]:
    """The readers named for this day and any of these consultations who are not on leave."""
    named = [one for one in _named_readers_between(day, day) if one.page_id is None or one.page_id in pages]
    return _readers_on_day(day, named, absences.map_absences(day, day))


def _named_readers_between(since: date, until: date) -> list[NamedReader]:
    """Readers named in this period who still have the permission; losing it leaves a gap at once."""
    found = NamedReader.objects.filter(first_day__lte=until, last_day__gte=since)
    return list(found.filter(reader__in=list_trained_readers()).select_related("reader"))


def _readers_on_day(day: date, named: Iterable[NamedReader], away: Mapping[date, set[int]]) -> list[Any]:
    here = [one for one in named if one.reader_id not in away.get(day, ())]
    there = {one.reader_id: one.reader for one in here if one.first_day <= day <= one.last_day}
    return list(there.values())


def _names_of_days_off(since: date, until: date) -> dict[date, str]:
    years = range(since.year, until.year + 1)
    banks = {day: "Bank holiday" for year in years for day in bank_holidays(year)}
    return banks | {row.day: row.name for row in DayOff.objects.filter(day__range=(since, until))}
