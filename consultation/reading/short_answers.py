"""Batches of short answers without a flag or proposal, several on a page: the reader unticks some and clears the rest.

Each answer is leased and decided as on its own page; one undo takes the batch back.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Length
from django.utils import timezone

from consultation.reading import actions, reading_drafts, reading_queue
from consultation.reading.models import Draft, Lease, Reading, ReadingDecision
from consultation.reading.staffing.reader_languages import readable_by
from consultation.responses.models import Answer
from consultation.responses.vault import open_sealed_text, sealed_size

A_PAGE = 9  # number keys
FEWEST = 3
LONGEST = 140  # characters: read at a glance
SEALED_LONGEST = sealed_size(4 * LONGEST)  # bytes that such a text may take when sealed
LOOKED_AT = 100  # answers opened at most to find a batch


@dataclass(frozen=True)
class ShortAnswer:
    key: int
    answer: Answer
    text: str


def _list_calm_unread(reader: Any, consultation: int | None) -> QuerySet[Answer]:
    """Unread answers that may fit a batch: not flagged, not long, and without a draft of this reader. What the database
    cannot see, their words and what is to hide in them, `_pick_short` opens."""
    begun = Exists(Draft.objects.filter(answer=OuterRef("pk"), reader=reader))
    calm = (
        reading_queue.unread_answers_for(reader, consultation)
        .filter(screening__flagged=False, screening__spans__isnull=False, screening__copy=False)
        .filter(soon=False, reading__isnull=True)
        .filter(readable_by(reader))
    )
    return (
        calm.exclude(begun)
        .exclude(reading_queue.EXCLUDED_FROM_FIGURES)
        .annotate(size=Length("sealed"))
        .filter(size__lte=SEALED_LONGEST)
        .select_related("screening")
    )


def _pick_short(answers: Iterable[Answer]) -> Iterator[tuple[Answer, str]]:
    """(answer, text) of those that are short and in which nothing is to hide."""
    for answer in answers:
        if not answer.screening.list_proposals() and len(text := open_sealed_text(answer.sealed)) <= LONGEST:
            yield answer, text


def has_enough_short_answers(reader: Any, consultation: int | None) -> bool:
    """Whether at least FEWEST answers wait for a batch."""
    waiting = _list_calm_unread(reader, consultation).order_by()[:LOOKED_AT]
    return len(list(islice(_pick_short(waiting), FEWEST))) == FEWEST


def lease_short_answers(reader: Any, consultation: int | None = None) -> list[ShortAnswer]:
    """Lease up to A_PAGE answers to one question for this reader; those already leased to them come first."""
    waiting = _list_calm_unread(reader, consultation).select_related("response__version")
    mine = list(waiting.filter(lease__reader=reader, lease__until__gt=timezone.now())[:A_PAGE])
    first, _ = next(_pick_short([*mine, *waiting[:LOOKED_AT]]), (None, ""))
    if first is None:
        return []
    alike = waiting.filter(question=first.question, response__version__page=first.response.version.page_id)
    found: list[ShortAnswer] = []
    for answer, text in _pick_short([*mine, *alike.exclude(pk__in=[one.pk for one in mine])[:LOOKED_AT]]):
        if answer.question == first.question and reading_queue.lease_answer(answer, reader):
            found.append(ShortAnswer(len(found) + 1, answer, text))
        if len(found) == A_PAGE:
            break
    return found


@transaction.atomic
def clear_short_answers(*, answers: Iterable[Answer], by: Any, now: datetime | None = None) -> int:
    """Clear each without redaction, unless its lease is over. Returns how many were cleared."""
    now, as_one, count = now or timezone.now(), uuid.uuid4(), 0
    for answer in answers:
        if not Lease.objects.filter(answer=answer, reader=by, until__gt=now).exists():
            continue
        actions.decide_answer(answer=answer, by=by, decision=ReadingDecision.CLEAR, spans=[], now=now)
        Reading.objects.filter(pk=answer.pk).update(together=as_one)
        count += 1
    return count


def exclude_from_batches(*, answers: Iterable[Answer], by: Any) -> None:
    """End the leases of these answers. An empty draft keeps them out of this reader's later batches."""
    for answer in answers:
        reading_drafts.save_draft(answer, by, marks=None, note="", uncovered=False)
        reading_queue.end_lease(answer, by)
