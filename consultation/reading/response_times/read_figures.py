"""Figures of first reads: for staff by priority, and the one that the board and everyone see.

The public figure is a share of all answers. Nothing in it tells that any of them were flagged or triaged (D8).
"""

import time
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from consultation.domain.calendar_quarters import Quarter
from consultation.domain.process_cache import register_cache
from consultation.reading.reading_queue import ORDER_FIELDS, open_order_rows
from consultation.reading.response_times.models import FirstReadTally
from consultation.reading.staffing.late_reading import find_last_finished_working_day, list_overdue
from consultation.responses.models import Answer, AnswerState, Channel

CACHE_SECONDS = 3600.0
MIN_BASE = 30  # answers; a share of fewer is not told
PRIORITIES = ("T1", "T2", "T3", "")


@dataclass(frozen=True)
class FirstReads:
    """First reads of one priority. Median and nine in ten in steps: hours for T1, else working days."""

    priority: str
    answers: int
    median: int | None
    nine_in_ten: int | None
    late: int
    overdue: int  # unread and past their time


@dataclass(frozen=True)
class ReadShare:
    """How many in 100 answers of a quarter were read in the promised time."""

    quarter: Quarter
    percent: int


def nearest_rank[V](weighted: list[tuple[V, int]], percent: int) -> V | None:
    """The value at this percentile, by nearest rank, of [(value, how often)] in ascending order; None of none."""
    left = ceil(sum(times for _, times in weighted) * percent / 100)
    for value, times in weighted:
        left -= times
        if left <= 0 and times:
            return value
    return None


def find_read_share(quarter: Quarter | None = None, now: datetime | None = None) -> ReadShare | None:
    """The one public figure, of the last full quarter if none is named; None where fewer than MIN_BASE answers stand
    behind it. Answers past the day by which any is read count as not in time before anybody has read them: a process
    that shows it holds no key, and cannot say which were due sooner."""
    now = now or timezone.now()
    quarter = quarter or Quarter.of(timezone.localdate(now)).before
    tally = FirstReadTally.objects.filter(quarter=quarter.first)
    read = tally.aggregate(all=Sum("answers", default=0), kept=Sum("answers", filter=Q(late=False), default=0))
    unread = _select_unread(quarter).filter(response__day__lt=find_last_finished_working_day(now))
    base = read["all"] + unread.count()
    return ReadShare(quarter, 100 * read["kept"] // base) if base >= MIN_BASE else None


_cached_shares: dict[date, tuple[float, ReadShare | None]] = {}
register_cache(_cached_shares.clear)


def get_cached_read_share(quarter: Quarter | None = None) -> ReadShare | None:
    """`find_read_share` as of an hour ago at most, for pages that many open: to find it counts answers."""
    quarter = quarter or Quarter.of(timezone.localdate()).before
    found_at, share = _cached_shares.get(quarter.first, (-CACHE_SECONDS, None))
    if time.monotonic() - found_at >= CACHE_SECONDS:
        found_at, share = _cached_shares[quarter.first] = time.monotonic(), find_read_share(quarter)
    return share


def list_first_reads(quarter: Quarter, now: datetime | None = None) -> list[FirstReads]:
    """The figures of each priority."""
    rows = FirstReadTally.objects.filter(quarter=quarter.first)
    overdue = _count_overdue(quarter, now or timezone.now())
    return [_build_first_reads(one, rows.filter(priority=one), overdue[one]) for one in PRIORITIES]


def _build_first_reads(priority: str, rows: QuerySet[FirstReadTally], overdue: int) -> FirstReads:
    waits = list(rows.values_list("steps").annotate(times=Sum("answers")).order_by("steps"))
    late = rows.filter(late=True).aggregate(number=Sum("answers", default=0))["number"]
    total = sum(times for _, times in waits)
    return FirstReads(priority, total, nearest_rank(waits, 50), nearest_rank(waits, 90), late, overdue)


def _select_unread(quarter: Quarter) -> QuerySet[Answer]:
    """Answers of the quarter that nobody has read, of those that are counted when read."""
    unread = Answer.objects.filter(
        state=AnswerState.UNREAD, response__withdrawn=False, response__excluded_from_figures=False,
        response__day__range=(quarter.first, quarter.last), practice__isnull=True,
    )  # fmt: skip
    return unread.exclude(response__channel=Channel.IMPORT).exclude(screening__read_counted=True)


def _count_overdue(quarter: Quarter, now: datetime) -> Counter[str]:
    orders = open_order_rows(list_overdue(_select_unread(quarter), now, "pk", *ORDER_FIELDS))
    return Counter(order.priority if order.flagged else "" for order in orders.values())
