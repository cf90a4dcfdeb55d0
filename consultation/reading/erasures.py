"""Retention of answers: raw text is erased a year after the close, or 90 days after the results if that is earlier;
redacted text three years after the close."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from consultation.audit.erasure_types import Erasure, ErasureGroup, lock_batch
from consultation.reading.copied_texts.models import FirstWording
from consultation.reading.models import Draft, Lease, OriginalOpened, Reading, Screening
from consultation.responses.erasures import NOT_READ, OPEN_CASE_REASON, UNREAD_REASON
from consultation.responses.models import Answer, AnswerState
from consultation.safeguarding.models import CaseState, TriageCase
from consultation.surveys.closing_day import (
    AfterCloseErasure,
    add_months,
    find_closing_day,
    list_published_consultations,
)


class RawTextErasure(Erasure):
    slug = "raw-words"
    line, keep = "raw free text", "12 months after the close, or 90 days after the results if that is earlier"
    removes = "Words as they were written, what the screen said of them, where names stood, and why they were opened."
    keeps = "The redacted text that a reader cleared, and that the answer was read."
    why = "Once the words are cleared and the results are out, nobody needs the names that were in them."
    # Includes rows that are erased earlier, together with their answer.
    covers = frozenset(
        {
            "consultation.Answer.sealed",
            "consultation.Draft",
            "consultation.FirstWording",
            "consultation.Lease",
            "consultation.OriginalOpened",
            "consultation.Reading.language",
            "consultation.Reading.note",
            "consultation.Reading.spans",
            "consultation.Screening",
        }
    )
    learned_from = True
    MONTHS, AFTER_RESULTS = 12, timedelta(days=90)

    def __init__(self, results_on: Callable[[Any], date | None]) -> None:
        """`results_on`: the day on which the first results after the close of a consultation were published."""
        self.results_on = results_on

    def groups(self) -> Iterator[ErasureGroup]:
        for page in list_published_consultations():
            closed, kept = find_closing_day(page), self._find_kept_texts(page).count()
            if closed is not None and kept:
                yield ErasureGroup(str(page), self.day(page, closed), kept, page, self._held_back(page))

    def day(self, page: Any, closed: date) -> date:
        year, results = add_months(closed, self.MONTHS), self.results_on(page)
        return min(year, results + self.AFTER_RESULTS) if results else year

    def _find_kept_texts(self, page: Any) -> QuerySet[Answer]:
        return Answer.objects.of(page).exclude(sealed=b"")

    def _held_back(self, page: Any) -> str:
        if self._find_kept_texts(page).filter(state__in=NOT_READ).exists():
            return UNREAD_REASON
        return OPEN_CASE_REASON if self._find_kept_texts(page).filter(self._open_case()).exists() else ""

    @staticmethod
    def _open_case() -> Q:
        unfinished = TriageCase.objects.exclude(state=CaseState.CLOSED).filter(answer__isnull=False)
        return Q(pk__in=unfinished.values("answer_id"))

    def erase(self, group: ErasureGroup) -> int:
        """Unread answers stay and are reported: a cry for help must not be erased unread because a year is over."""
        may_go = (
            self._find_kept_texts(group.obj)
            .exclude(state__in=(*NOT_READ, AnswerState.CLEARED))
            .exclude(self._open_case())
        )
        keys = lock_batch(may_go)
        Screening.objects.filter(pk__in=keys).delete()
        for model in (Draft, FirstWording, OriginalOpened):
            model.objects.filter(answer__in=keys).delete()
        Lease.objects.filter(pk__in=keys).delete()
        Reading.objects.filter(pk__in=keys).update(spans=[], note="", language="")
        return Answer.objects.filter(pk__in=keys).update(sealed=b"")


class ClearedTextErasure(AfterCloseErasure):
    slug = "cleared"
    line, keep = "redacted text and codes", "3 years after the close"
    removes = "The redacted text that a reader cleared, and that it is there to be taken."
    keeps = "That it was read and released."
    why = "The themes and decisions stand on their own by then."
    covers = frozenset({"consultation.Reading.text"})
    MONTHS = 36
    rows, of_page = Reading.objects.exclude(text="", released=False), "answer__response__version__page"

    def erase(self, group: ErasureGroup) -> int:
        """Runs before insights erases its copy; otherwise insights would take the row again as newly released."""
        keys = lock_batch(self.rows_of(group.obj))
        return Reading.objects.filter(pk__in=keys).update(text="", released=False, release_at=None)


class WordingErasure(AfterCloseErasure):
    slug = "wordings"
    line, keep = "digests of wordings", "2 days after the close"
    removes = "The keyed digests by which the same words are found in two answers."
    keeps = "That a person is held from figures as a copy, so that an officer can count them in."
    why = "A form that was open at the close can be sent for one more day. Then no copy can come."
    covers = frozenset({"consultation.FirstWording"})
    rows, of_page = FirstWording.objects, "answer__response__version__page"

    def erasure_day(self, closed: date) -> date:
        return closed + timedelta(days=2)
