"""Consultations with late reading (D5): flagged answers by their own clock, all others by one working day, and so words
that a youth panel wrote about a draft.

Only the day of an unflagged answer is known, so it is late when the first working day after that day has ended.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import compress
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from consultation.reading.reading_order_cache import open_sealed_fields, select_cache_key
from consultation.responses.models import Answer
from consultation.responses.vault import can_open_sealed
from consultation.safeguarding.clocks import LONDON, MAX_IDLE_DAYS, write_slot
from consultation.safeguarding.duty_rota.working_week import get_working_week
from consultation.surveys.models import ConsultationPage
from consultation.surveys.youth_panel.models import PanelRound


@dataclass(frozen=True)
class LateConsultation:
    page: ConsultationPage
    answers: int
    since: date  # the day on which the oldest of them came
    has_panel_words: bool = False  # some are late, and counted with no answer


def list_late_consultations(now: datetime | None = None) -> list[LateConsultation]:
    """Consultations with answers not read in time, the oldest first. Seeded answers do not count."""
    now = now or timezone.now()
    waiting = Answer.objects.undecided().filter(response__withdrawn=False, practice__isnull=True)
    days: dict[int, list[date]] = defaultdict(list)
    for page, day in list_overdue(waiting, now, "response__version__page_id", "response__day"):
        days[page].append(day)
    panels = _map_late_panels(now)
    pages = ConsultationPage.objects.defer("body").in_bulk(days.keys() | panels.keys())
    made = [
        LateConsultation(page, len(days[pk]), min([*days[pk], *panels.get(pk, ())]), pk in panels)
        for pk, page in pages.items()
    ]
    return sorted(made, key=lambda each: (each.since, each.page.title))


def _map_late_panels(now: datetime) -> dict[int, list[date]]:
    """{consultation: days} since which words of a youth panel wait for a reader, where it is longer than they may."""
    finished, found = find_last_finished_working_day(now), defaultdict[int, list[date]](list)
    for one in PanelRound.objects.with_unread_words():
        if one.unread_since < finished:
            found[one.consultation_id].append(one.unread_since)
    return found


def list_overdue(answers: QuerySet[Answer], now: datetime, *fields: Any) -> list[tuple[Any, ...]]:
    """These fields of those of these undecided answers whose time is over. A process without a key knows their day alone,
    and so tells a flagged one later."""
    rows = list(answers.values_list("pk", select_cache_key("screening__clock"), "response__day", *fields))
    clocks = open_sealed_fields("clock", [row[:2] for row in rows]) if can_open_sealed() else [None] * len(rows)
    finished, over = find_last_finished_working_day(now), write_slot(now)
    late = ((clock < over if clock else row[2] < finished) for row, clock in zip(rows, clocks, strict=True))
    return [row[3:] for row in compress(rows, late)]


def find_last_finished_working_day(now: datetime) -> date:
    working, day = get_working_week(), now.astimezone(LONDON).date()
    for _ in range(MAX_IDLE_DAYS):
        hours = working.day(day)
        if hours is not None and hours[1] <= now:
            return day
        day -= timedelta(days=1)
    raise ValueError("nobody worked in the year before this")
