"""Batches of short answers without a flag or proposal, several on a page: the reader unticks some and clears the rest.

Each answer is leased and decided as on its own page; one undo takes the batch back.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import batched, islice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Length
from django.utils import timezone

from consultation.reading import actions, reading_drafts, reading_queue
from consultation.reading.models import Draft, Lease, Reading, ReadingDecision
from consultation.reading.staffing.reader_languages import is_readable_in, languages_read_by
from consultation.responses.models import Answer
from consultation.responses.vault import open_sealed_text, sealed_size

A_PAGE = 9  # number keys
FEWEST = 3
LONGEST = 140  # characters: read at a glance
SEALED_LONGEST = sealed_size(4 * LONGEST)  # bytes that such a text may take when sealed
LOOKED_AT = 100  # answers opened at most to find a batch
CHUNK = 500  # rows whose order is opened at once


@dataclass(frozen=True)
class ShortAnswer:
    key: int
    answer: Answer
    text: str


def _select_waiting(reader: Any, consultation: int | None) -> QuerySet[Answer]:
    """Unread answers that may fit a batch: not long, and without a draft of this reader. What the database cannot see,
    `_list_calm` and `_pick_short` open: whether they are flagged, their language and words, and what is to hide."""
    begun = Exists(Draft.objects.filter(answer=OuterRef("pk"), reader=reader))
    unread = reading_queue.unread_answers_for(reader, consultation)
    return (
        unread.filter(screening__spans__isnull=False, screening__copy=False, soon=False, reading__isnull=True)
        .exclude(begun)
        .exclude(reading_queue.EXCLUDED_FROM_FIGURES)
        .annotate(size=Length("sealed"))
        .filter(size__lte=SEALED_LONGEST)
        .select_related("screening")
        .order_by("response__day", "pk")
    )


def _list_calm(answers: QuerySet[Answer], reader: Any, most: int = LOOKED_AT) -> list[Answer]:
    """The first of these without a flag and in a language that this reader reads."""
    reads, keys = languages_read_by(reader), list[UUID]()
    for rows in batched(answers.values_list("pk", *reading_queue.ORDER_FIELDS).iterator(chunk_size=CHUNK), CHUNK):
        orders = reading_queue.open_order_rows(rows)
        keys += [key for key, order in orders.items() if not order.flagged and is_readable_in(reads, order, "")]
        if len(keys) >= most:
            break
    there = answers.in_bulk(keys[:most])
    return [there[key] for key in keys[:most] if key in there]


def _pick_short(answers: Iterable[Answer]) -> Iterator[tuple[Answer, str]]:
    """(answer, text) of those that are short and in which nothing is to hide."""
    for answer in answers:
        if not answer.screening.list_proposals() and len(text := open_sealed_text(answer.sealed)) <= LONGEST:
            yield answer, text


def has_enough_short_answers(reader: Any, consultation: int | None) -> bool:
    """Whether at least FEWEST answers wait for a batch."""
    waiting = _list_calm(_select_waiting(reader, consultation).order_by(), reader)
    return len(list(islice(_pick_short(waiting), FEWEST))) == FEWEST


def lease_short_answers(reader: Any, consultation: int | None = None) -> list[ShortAnswer]:
    """Lease up to A_PAGE answers to one question for this reader; those already leased to them come first."""
    waiting = _select_waiting(reader, consultation).select_related("response__version")
    mine = _list_calm(waiting.filter(lease__reader=reader, lease__until__gt=timezone.now()), reader, A_PAGE)
    first, _ = next(_pick_short([*mine, *_list_calm(waiting, reader)]), (None, ""))
    if first is None:
        return []
    alike = waiting.filter(question=first.question, response__version__page=first.response.version.page_id)
    found: list[ShortAnswer] = []
    others = alike.exclude(pk__in=[one.pk for one in mine])
    for answer, text in _pick_short([*mine, *_list_calm(others, reader)]):
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
