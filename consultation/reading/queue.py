"""The order of the desk, and who has which answer open."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from consultation.audit.log import record
from consultation.reading.models import Lease
from consultation.responses.models import Answer, AnswerState

LEASE = timedelta(minutes=30)
FLAGGED = Q(screening__flagged=True)
# A flag without a priority is a text that nobody could judge: before what was judged to wait.
HELD = Q(response__held=True)
COPY = Q(screening__copy=True)
# What is held may be a child on a school's network: its flags count like others, until they are a flood themselves.
# Then they come after the flags of those who count, and the weakest (two days to read them in, as for a text that nobody
# could judge) after all that those wrote, which is read within one.
FLOOD = 30
HELD_FLAGS, UNFLAGGED, HELD_WEAK, COPIES, HELD_REST = 4, 5, 6, 7, 8
FLOODED = (
    When(FLAGGED & HELD & Q(screening__priority__in=("T1", "T2")), then=Value(HELD_FLAGS)),
    When(FLAGGED & HELD, then=Value(HELD_WEAK)),
)


def _rank(flood: bool) -> Case:
    return Case(
        When(COPY, then=Value(COPIES)),
        *(FLOODED if flood else ()),
        When(FLAGGED & Q(screening__priority="T1"), then=Value(0)),
        When(FLAGGED & Q(screening__priority="T2"), then=Value(1)),
        When(FLAGGED & Q(screening__priority=""), then=Value(2)),
        When(FLAGGED, then=Value(3)),
        When(HELD, then=Value(HELD_REST)),
        default=Value(UNFLAGGED),
        output_field=IntegerField(),
    )


def in_order(answers: QuerySet[Answer]) -> QuerySet[Answer]:
    """Flag first, by priority, and what counts before what is held; then the day it came; within a day random, as the
    key is. Copies of a held text that was seen before come after all that real people wrote."""
    ranked = answers.annotate(rank=_rank(_is_flood()))
    return ranked.order_by("rank", "response__held", "response__day", "pk")


def _is_flood() -> bool:
    """More flagged texts are held than a reader gets through: those that count go first."""
    held = Answer.objects.unread().filter(FLAGGED & HELD & ~COPY, response__withdrawn=False)
    return len(held.values("pk")[: FLOOD + 1]) > FLOOD


def free_for(reader: Any, now: datetime | None = None) -> Q:
    """Not open on a colleague's desk."""
    return Q(lease__isnull=True) | Q(lease__reader=reader) | Q(lease__until__lte=now or timezone.now())


def unread_for(reader: Any, consultation: int | None = None) -> QuerySet[Answer]:
    """What this reader may open next, in the order of the desk."""
    answers = Answer.objects.unread().filter(free_for(reader), response__withdrawn=False)
    return in_order(answers.filter(response__version__page_id=consultation) if consultation else answers)


def held_for(reader: Any) -> QuerySet[Answer]:
    """Answers that colleagues asked about: never one's own."""
    answers = Answer.objects.filter(free_for(reader), state=AnswerState.HELD, response__withdrawn=False)
    return in_order(answers.exclude(reading__held_by=reader))


def take(answer: Answer, reader: Any, now: datetime | None = None) -> bool:
    """Lease an answer to a reader; False when a colleague has it. A lease ends by itself.

    A lease is what lets a reader see the words, so its beginning is what the audit log calls "raw text viewed".
    """
    now = now or timezone.now()
    try:
        with transaction.atomic():
            lease = Lease.objects.select_for_update().filter(answer=answer).first()
            if lease is not None and lease.reader_id != reader.pk and lease.until > now:
                return False
            if lease is None or lease.reader_id != reader.pk or lease.until <= now:
                record("raw text viewed", by=reader, obj=answer)
            Lease.objects.update_or_create(answer=answer, defaults={"reader": reader, "until": now + LEASE})
            return True
    except IntegrityError:  # a colleague was a moment faster
        return False


def give_back(answer: Answer, reader: Any) -> None:
    Lease.objects.filter(answer=answer, reader=reader).delete()


def first_taken(answers: QuerySet[Answer], reader: Any) -> Answer | None:
    """The first that could be leased. The one already open on this desk comes first: a reload changes nothing."""
    mine = answers.filter(lease__reader=reader, lease__until__gt=timezone.now()).first()
    for answer in [mine] if mine else answers[:20]:
        if take(answer, reader):
            return answer
    return None


def position(answers: QuerySet[Answer], answer: Answer) -> tuple[int, int, UUID | None, UUID | None]:
    """(place, of how many, the one before, the one after) in the order of the desk."""
    ids = list(answers.values_list("pk", flat=True))
    if answer.pk not in ids:
        return 1, max(len(ids), 1), None, ids[0] if ids else None
    at = ids.index(answer.pk)
    return at + 1, len(ids), ids[at - 1] if at else None, ids[at + 1] if at + 1 < len(ids) else None


def counts() -> list[dict[str, Any]]:
    """Unread and flagged answers for each consultation that has any."""
    rows = Answer.objects.unread().filter(response__withdrawn=False).values(page=F("response__version__page_id"))
    return list(
        rows.annotate(
            title=F("response__version__page__title"), unread=Count("pk"), flagged=Count("pk", filter=FLAGGED)
        ).order_by("-flagged", "title")
    )
