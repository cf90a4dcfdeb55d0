"""Builds the answer clocks of consultations from stored promises, moves, results and decisions."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Min
from django.utils import timezone

from consultation import handover
from insights.decisions.models import Decision
from insights.results.clock import WORKING_DAYS, Clock, Move, clock
from insights.results.models import AnswerMoved, Results


def clocks_of(consultations: Iterable[Any], today: date | None = None) -> dict[int, Clock]:
    """{consultation id: clock} of those closed, or past their promised day; in a constant number of queries."""
    today = today or timezone.localdate()
    pages = {page.pk: page for page in consultations}
    promised = {pk: day for pk, page in pages.items() if (day := _promised(page, today))}
    before = handover.answer_moved_while_open(pages[pk] for pk in promised)
    moves = _moves(promised)
    answered = _answered(promised)
    return {
        pk: clock(
            promised=before[pk][0].was or day if before[pk] else day,
            moves=[*map(_move, before[pk]), *moves.get(pk, [])],
            answered=answered.get(pk),
            today=today,
        )
        for pk, day in promised.items()
    }


def _promised(page: Any, today: date) -> date | None:
    """The promised day once the consultation is closed or that day has passed, else None. Default: 20 working days
    after the close."""
    closed = handover.closed_on(page)
    if closed is not None and closed < today:
        return page.feedback_date or handover.after_working_days(closed, WORKING_DAYS)
    broken: bool = page.feedback_date is not None and page.feedback_date < today
    return page.feedback_date if broken else None


def clock_of(consultation: Any, today: date | None = None) -> Clock | None:
    """The clock of one consultation; None while it is open or has no closing day."""
    return clocks_of([consultation], today).get(consultation.pk)


def _moves(pages: Iterable[int]) -> dict[int, list[Move]]:
    found: dict[int, list[Move]] = {}
    for row in AnswerMoved.objects.filter(consultation__in=list(pages)).order_by("pk"):
        found.setdefault(row.consultation_id, []).append(_move(row))
    return found


def _move(row: Any) -> Move:
    return Move(row.was, row.now, row.made_on, row.why)


def _answered(pages: Iterable[int]) -> dict[int, date]:
    """{consultation id: day on which both the results and a first decision were public}."""
    ids = list(pages)
    results = dict(
        Results.objects.published().filter(consultation__in=ids).values_list("consultation").annotate(Min("published_on"))
    )  # fmt: skip
    decisions = dict(
        Decision.objects.published().filter(consultations__in=ids).values_list("consultations").annotate(Min("published_on"))
    )  # fmt: skip
    return {pk: max(results[pk], decisions[pk]) for pk in results.keys() & decisions.keys()}
