"""Deciding a flood at once: similar excluded answers are shown as wordings with their number, and one button marks all
of them as read, not used. It can be undone like any decision.

Nothing is decided unseen: answers that the page did not show or that a colleague has leased stay unread.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import compress
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from consultation.audit.audit_log import record_event
from consultation.reading import flood_similarity, reading_queue, states
from consultation.reading.actions import NeedsReason
from consultation.reading.models import Draft, Reading, ReadingDecision, ReadingOrder, Screening
from consultation.reading.staffing.reader_languages import is_readable_in, languages_read_by
from consultation.responses.models import Answer, AnswerState
from consultation.responses.vault import open_sealed_text

FEWEST = 3  # answers: fewer are read one by one
MOST_WORDINGS = 60  # on one page
UNDOABLE = tuple(state for state in states.AFTER if states.state_after(state, states.UNDO) == AnswerState.UNREAD)
CHUNK = 500  # rows in a transaction, so that a submission never waits long


@dataclass(frozen=True)
class SimilarWording:
    """Answers whose words are the same."""

    mark: str
    text: str  # as one of them was written
    keys: tuple[UUID, ...]
    flagged: bool

    @property
    def times(self) -> int:
        return len(self.keys)


def _undecided_flood_answers(reader: Any) -> QuerySet[Answer]:
    """Unread answers of a flood, with a similarity mark, that this reader may decide."""
    free = Answer.objects.unread().filter(
        reading_queue.free_for_reader(reader), reading_queue.EXCLUDED_FROM_FIGURES, response__withdrawn=False
    )
    return free.exclude(screening__alike="").filter(screening__isnull=False, reading__isnull=True)


def _open_readable(answers: QuerySet[Answer], reader: Any) -> dict[UUID, ReadingOrder]:
    """What orders the reading of those of these undecided answers whose language this reader reads."""
    reads, orders = languages_read_by(reader), reading_queue.open_answer_orders(answers.order_by("pk"))
    return {key: order for key, order in orders.items() if is_readable_in(reads, order, "")}


def count_similar_answers(answer: Answer, reader: Any) -> int:
    """How many answers may be similar to this one, itself included; 0 for fewer than FEWEST."""
    screening = Screening.objects.filter(pk=answer.pk).exclude(alike="").first()
    if screening is None or not answer.response.excluded_from_figures or answer.state != AnswerState.UNREAD:
        return 0
    times = len(_open_readable(_similar_answers(answer, flood_similarity.near_part(screening.alike), reader), reader))
    return times if times >= FEWEST else 0


def _similar_answers(answer: Answer, near: str, reader: Any) -> QuerySet[Answer]:
    """Answers to the same consultation with the same near part of the mark."""
    return _undecided_flood_answers(reader).filter(
        screening__alike__startswith=f"{near}:", response__version__page=answer.response.version.page_id
    )


def list_similar_wordings(answer: Answer, reader: Any) -> list[SimilarWording]:
    """Wordings similar to an answer, the most frequent first, without those that share its mark by chance."""
    screening = Screening.objects.filter(pk=answer.pk).exclude(alike="").first()
    if screening is None:
        return []
    rows = _similar_answers(answer, flood_similarity.near_part(screening.alike), reader).order_by("pk")
    orders = _open_readable(rows, reader)
    by_mark: dict[str, list[UUID]] = defaultdict(list)
    flagged: set[str] = set()
    for key, mark in rows.values_list("pk", "screening__alike"):
        if key in orders:
            by_mark[mark].append(key)
            if orders[key].flagged:
                flagged.add(mark)
    often = sorted(by_mark, key=lambda mark: (-len(by_mark[mark]), mark))[: MOST_WORDINGS * 2]
    sealed = Answer.objects.filter(pk__in=[by_mark[mark][0] for mark in often]).values_list("pk", "sealed")
    texts = {key: open_sealed_text(words) for key, words in sealed}
    model = flood_similarity.word_pairs(flood_similarity.normalised_words(open_sealed_text(answer.sealed)))
    found = [SimilarWording(mark, texts[by_mark[mark][0]], tuple(by_mark[mark]), mark in flagged) for mark in often]
    pairs = [flood_similarity.word_pairs(flood_similarity.normalised_words(one.text)) for one in found]
    alike = [flood_similarity.shared_pair_ratio(own, model) >= flood_similarity.CLOSE for own in pairs]
    return list(compress(found, alike))[:MOST_WORDINGS]


def record_texts_viewed(wordings: list[SimilarWording], *, by: Any) -> None:
    """Audit that raw texts were shown: one answer of each wording, and the number of all."""
    shown = [str(one.keys[0]) for one in wordings]
    record_event("raw texts viewed together", by=by, answers=shown, like=sum(one.times for one in wordings))


def decide_wordings(*, wordings: list[SimilarWording], by: Any, note: str = "") -> UUID:
    """Mark every answer of these wordings as read, not used; returns the id of the batch, for an undo.

    Flagged answers need a reason. Runs in several transactions; after an interruption the reader presses the button
    again.
    """
    if not note.strip() and any(one.flagged for one in wordings):
        raise NeedsReason("The screen flagged some of these. Say in the note why nobody needs help.")
    together, now = uuid.uuid4(), timezone.now()
    keys = sorted(key for one in wordings for key in one.keys)
    for at in range(0, len(keys), CHUNK):
        _decide_chunk(keys[at : at + CHUNK], together, by, note, now)
    return together


@transaction.atomic
def _decide_chunk(keys: list[UUID], together: UUID, by: Any, note: str, now: datetime) -> None:
    list(Answer.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    still = list(_open_readable(_undecided_flood_answers(by).filter(pk__in=keys), by))
    after = states.state_after(AnswerState.UNREAD, ReadingDecision.NOT_USED)
    Reading.objects.bulk_create(
        Reading(
            answer_id=key,
            reader=by,
            decision=ReadingDecision.NOT_USED,
            quotable=False,
            note=note.strip(),
            decided_at=now,
            together=together,
        )
        for key in still
    )
    Answer.objects.filter(pk__in=still).update(state=after)
    Draft.objects.filter(answer__in=still).delete()
    if still:
        record_event("answers not used, together", by=by, together=str(together), answers=[str(key) for key in still])


def undo_batch(*, together: UUID, by: Any, now: datetime | None = None) -> int:
    """Make a batch unread again within ten minutes. Returns how many; 0 when it is too late or another reader's."""
    mine = _undoable_readings(by, now).filter(together=together)
    keys = list(mine.order_by("pk").values_list("pk", flat=True))
    for at in range(0, len(keys), CHUNK):
        _undo_chunk(keys[at : at + CHUNK], together, by)
    return len(keys)


@transaction.atomic
def _undo_chunk(keys: list[UUID], together: UUID, by: Any) -> None:
    locked = Answer.objects.select_for_update().filter(pk__in=keys, state__in=UNDOABLE).order_by("pk")
    back = list(locked.values_list("pk", flat=True))
    Reading.objects.filter(pk__in=back).delete()
    Answer.objects.filter(pk__in=back).update(state=AnswerState.UNREAD)
    record_event("decision undone, together", by=by, together=str(together), answers=[str(key) for key in back])


def _undoable_readings(reader: Any, now: datetime | None) -> QuerySet[Reading]:
    """Batch decisions that this reader can still undo."""
    since = (now or timezone.now()) - timedelta(minutes=settings.RELEASE_AFTER_MINUTES)
    return Reading.objects.filter(
        reader=reader, decided_at__gt=since, together__isnull=False, answer__state__in=UNDOABLE
    )


def list_undoable_batches(reader: Any, now: datetime | None = None) -> Iterator[tuple[UUID, datetime, int, str]]:
    """(batch id, decided at, number, decision label) of each batch that can be undone, the latest first."""
    rows = _undoable_readings(reader, now).values("together", "decision")
    for row in rows.annotate(at=Max("decided_at"), times=Count("pk")).order_by("-at"):
        if row["together"]:  # always true; for the type checker
            yield row["together"], row["at"], row["times"], ReadingDecision(row["decision"]).label
