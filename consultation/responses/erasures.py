from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.utils import timezone

from consultation.audit.erasure_types import Erasure, ErasureGroup, erase_batch
from consultation.responses import equality_monitoring
from consultation.responses.models import Answer, AnswerState, EqualityRow, Response, Tombstone
from consultation.surveys.closing_day import AfterCloseErasure, find_closing_day, list_published_consultations

NOT_READ = (AnswerState.UNREAD, AnswerState.AWAITING_COLLEAGUE)
UNREAD_REASON = "Some words were never read, or a colleague was asked about them. They must be read first."
OPEN_CASE_REASON = "Some words belong to a case that is not closed."


class EqualityErasure(Erasure):
    slug = "equality"
    line, keep = "equality rows", "90 days after the close"
    removes = "The equality answers of each person, and what fewer than ten people left behind unwritten."
    keeps = "The figures made of them after disclosure control: who we heard from."
    why = "They were asked to see who was heard. Once that is counted, no row is needed."
    covers = frozenset({"consultation.EqualityRow", "consultation.Response.sealed_equality"})

    def __init__(self, aggregate: Callable[[Any], None]) -> None:
        """`aggregate` computes the figures of a consultation from its rows; called before they are erased."""
        self.aggregate = aggregate

    def groups(self) -> Iterator[ErasureGroup]:
        for page in list_published_consultations():
            closed = find_closing_day(page)
            if closed is None:
                continue
            rows = EqualityRow.objects.filter(consultation=page).count()
            waiting = Response.objects.of(page).filter(sealed_equality__isnull=False).count()
            if rows + waiting:
                on = closed + equality_monitoring.KEPT_AFTER_CLOSE + timedelta(days=1)
                yield ErasureGroup(str(page), on, rows + waiting, page)

    def erase(self, group: ErasureGroup) -> int:
        self.aggregate(group.obj)
        return equality_monitoring.erase_equality_rows(group.obj)


class ResponseErasure(AfterCloseErasure):
    slug = "rows"
    line, keep = "redacted text and codes", "3 years after the close"
    removes = "The row of each person: closed answers, language, day, and all that hangs on it."
    keeps = "Published figures and decisions, and the questionnaire as it was asked."
    why = "After three years a new consultation says more than the old rows do."
    covers = frozenset({"consultation.Response", "consultation.SecondLook.answer"})
    learned_from = True
    MONTHS = 36
    rows, of_page = Response.objects, "version__page"

    def held_back(self, page: Any) -> str:
        return UNREAD_REASON if self._find_unfinished_answers(page).exists() else ""

    def _find_unfinished_answers(self, page: Any) -> Any:
        """Answers whose text is overdue for erasure but was never read, or belongs to an open case."""
        return Answer.objects.of(page).exclude(sealed=b"").filter(state__in=(*NOT_READ, AnswerState.TRIAGE))

    def erase(self, group: ErasureGroup) -> int:
        """Erase responses, except those with a text that nobody has read or settled."""
        unfinished = self._find_unfinished_answers(group.obj).values("response_id")
        return erase_batch(self.rows_of(group.obj).exclude(pk__in=unfinished))


class DeletionMarkerErasure(Erasure):
    slug = "tombstones"
    line, keep = "backups", "until no backup can hold what they stand for"
    removes = "The notes that something was taken out, by which a restored backup is cleaned again."
    keeps = "Nothing."
    why = "A backup is kept for 35 days; after that nothing can come back."
    covers = frozenset({"consultation.Tombstone"})

    def groups(self) -> Iterator[ErasureGroup]:
        for day in Tombstone.objects.order_by("keep_until").values_list("keep_until", flat=True).distinct():
            yield ErasureGroup("Taken out earlier", day, Tombstone.objects.filter(keep_until=day).count())

    def erase(self, group: ErasureGroup) -> int:
        return Tombstone.objects.filter(keep_until__lte=min(group.on, timezone.localdate())).delete()[0]
