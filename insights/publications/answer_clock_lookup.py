"""Builds the answer clocks of consultations from stored promises, moves, results and decisions."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Min
from django.utils import timezone

from consultation import handover
from consultation.domain.calendar import ANSWER_WITHIN, add_working_days
from consultation.surveys.closing_day import find_closing_day
from insights.decisions.models import Decision
from insights.publications.answer_clock import AnswerClock, AnswerDayMove, build_answer_clock
from insights.publications.models import AnswerMoved, Results


def answer_clocks_of(consultations: Iterable[Any], today: date | None = None) -> dict[int, AnswerClock]:
    """{consultation id: clock} of those closed, or past their promised day; in a constant number of queries."""
    today = today or timezone.localdate()
    pages = {page.pk: page for page in consultations}
    promised = {pk: day for pk, page in pages.items() if (day := _promised_day(page, today))}
    before = handover.list_feedback_date_moves(pages[pk] for pk in promised)
    moves = _moves_by_consultation(promised)
    answered = _days_of_answer(promised)
    return {
        pk: build_answer_clock(
            promised=before[pk][0].was or day if before[pk] else day,
            moves=[*map(_build_move, before[pk]), *moves.get(pk, [])],
            answered=answered.get(pk),
            today=today,
        )
        for pk, day in promised.items()
    }


def _promised_day(page: Any, today: date) -> date | None:
    """The promised day once the consultation is closed or that day has passed, else None. Default: 20 working days
    after the close."""
    closed = find_closing_day(page)
    if closed is not None and closed < today:
        return page.feedback_date or add_working_days(closed, ANSWER_WITHIN)
    broken: bool = page.feedback_date is not None and page.feedback_date < today
    return page.feedback_date if broken else None


def answer_clock_of(consultation: Any, today: date | None = None) -> AnswerClock | None:
    """The clock of one consultation; None while it is open or has no closing day."""
    return answer_clocks_of([consultation], today).get(consultation.pk)


def _moves_by_consultation(pages: Iterable[int]) -> dict[int, list[AnswerDayMove]]:
    found: dict[int, list[AnswerDayMove]] = {}
    for row in AnswerMoved.objects.filter(consultation__in=list(pages)).order_by("pk"):
        found.setdefault(row.consultation_id, []).append(_build_move(row))
    return found


def _build_move(row: Any) -> AnswerDayMove:
    return AnswerDayMove(row.was, row.now, row.made_on, row.why)


def _days_of_answer(pages: Iterable[int]) -> dict[int, date]:
    """{consultation id: day on which both the results and a first decision were public}."""
    ids = list(pages)
    results = dict(
        Results.objects.published().filter(consultation__in=ids).values_list("consultation").annotate(Min("published_on"))
    )  # fmt: skip
    decisions = dict(
        Decision.objects.published().filter(consultations__in=ids).values_list("consultations").annotate(Min("published_on"))
    )  # fmt: skip
    return {pk: max(results[pk], decisions[pk]) for pk in results.keys() & decisions.keys()}
