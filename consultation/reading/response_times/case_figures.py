"""Times of cases, from the moments of staff's own acts: opened, words first seen, first referral."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from consultation.domain.calendar_quarters import Quarter
from consultation.reading.response_times.read_figures import nearest_rank
from consultation.safeguarding import states
from consultation.safeguarding.clocks import working_time_between
from consultation.safeguarding.duty_rota.working_week import get_working_week
from consultation.safeguarding.models import CaseNote, Priority, TriageCase

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Waits:
    """How long cases waited for one step, in working hours."""

    cases: int
    median: float | None
    nine_in_ten: float | None
    late: int  # after the case was due, and still waiting past it


@dataclass(frozen=True)
class CaseTimes:
    priority: str
    opened: int
    first_view: Waits
    referral: Waits


def list_case_times(quarter: Quarter, cases: Any, now: datetime | None = None) -> list[CaseTimes]:
    """By priority, of those of `cases` that were opened, or opened again, in this quarter."""
    now = now or timezone.now()
    found: dict[str, list[TriageCase]] = defaultdict(list)
    opened = cases.filter(opened_at__date__range=(quarter.first, quarter.last)).exclude(outcome=states.TAKEN_BACK)
    for case in opened.prefetch_related("notes", "referrals"):
        found[case.priority].append(case)
    return [_build_case_times(priority, found[priority], now) for priority in Priority.values]


def _build_case_times(priority: str, cases: list[TriageCase], now: datetime) -> CaseTimes:
    views = [(case, _first_since(case, _list_views(case))) for case in cases]
    referrals = [(case, _first_since(case, [one.sent_at for one in case.referrals.all()])) for case in cases]
    unseen = sum(seen is None and case.state in states.RUNNING_CLOCK and case.due_at < now for case, seen in views)
    return CaseTimes(priority, len(cases), _build_waits(views, unseen), _build_waits(referrals, 0))


def _list_views(case: TriageCase) -> list[datetime]:
    return [note.written_at for note in case.notes.all() if note.kind == CaseNote.Kind.SEEN]


def _first_since(case: TriageCase, moments: Iterable[datetime]) -> datetime | None:
    return min((moment for moment in moments if moment >= case.opened_at), default=None)


def _build_waits(steps: list[tuple[TriageCase, datetime | None]], still_waiting: int) -> Waits:
    done = [(case, moment) for case, moment in steps if moment is not None]
    week = get_working_week()
    hours = sorted(round(working_time_between(case.opened_at, moment, week) / HOUR, 1) for case, moment in done)
    ranked = [(each, 1) for each in hours]
    late = sum(moment > case.due_at for case, moment in done) + still_waiting
    return Waits(len(done), nearest_rank(ranked, 50), nearest_rank(ranked, 90), late)
