"""Builds the answer clocks of consultations from stored promises, moves, results and decisions."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Min
from django.utils import timezone

from consultation import handover
from consultation.domain.calendar import ANSWER_WITHIN, add_working_days
from consultation.surveys.closing_day import find_closing_days
from insights.decisions.models import Decision
from insights.publications.answer_clock import AnswerClock, AnswerDayMove, build_answer_clock
from insights.publications.models import AnswerMoved, Results


def answer_clocks_of(consultations: Iterable[Any], today: date | None = None) -> dict[int, AnswerClock]:
    """{consultation id: clock} of those closed, or past their promised day; in a constant number of queries."""
    today = today or timezone.localdate()
    pages = {page.pk: page for page in consultations}
    closed = find_closing_days(pages.values())
    promised = {pk: day for pk, page in pages.items() if (day := _promised_day(page, closed[pk], today))}
    before = handover.list_feedback_date_moves(pages[pk] for pk in promised)
    moves: dict[int, list[Any]] = defaultdict(list)
    for row in AnswerMoved.objects.filter(consultation__in=list(promised)).order_by("pk"):
        moves[row.consultation_id].append(row)
    results, decisions = (
        dict(public.values_list(field).annotate(Min("published_on")))
        for field, public in (
            ("consultation", Results.objects.published().filter(consultation__in=list(promised))),
            ("consultations", Decision.objects.published().filter(consultations__in=list(promised))),
        )
    )
    # We have answered on the day on which both the results and a first decision were public.
    answered = {pk: max(results[pk], decisions[pk]) for pk in results.keys() & decisions.keys()}
    return {
        pk: build_answer_clock(
            promised=before[pk][0].was or day if before[pk] else day,
            moves=[AnswerDayMove(row.was, row.now, row.made_on, row.why) for row in (*before[pk], *moves[pk])],
            answered=answered.get(pk),
            today=today,
        )
        for pk, day in promised.items()
    }


def _promised_day(page: Any, closed: date | None, today: date) -> date | None:
    """The promised day once the consultation is closed or that day has passed, else None. Default: 20 working days
    after the close."""
    if closed is not None and closed < today:
        return page.feedback_date or add_working_days(closed, ANSWER_WITHIN)
    broken: bool = page.feedback_date is not None and page.feedback_date < today
    return page.feedback_date if broken else None


def answer_clock_of(consultation: Any, today: date | None = None) -> AnswerClock | None:
    """The clock of one consultation; None while it is open or has no closing day."""
    return answer_clocks_of([consultation], today).get(consultation.pk)
