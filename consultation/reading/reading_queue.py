"""The order in which answers are read, and the leases that give each answer to one reader."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import batched
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from consultation.audit.audit_log import record_event
from consultation.reading.models import Draft, Lease, Reading, ReadingDecision, ReadingOrder, read_order
from consultation.reading.reading_order_cache import open_sealed_fields, select_cache_key
from consultation.responses.models import UNCOUNTED_CHANNELS, Answer, AnswerState
from consultation.safeguarding.models import CaseState, TriageCase

LEASE = timedelta(minutes=30)
LATER = timedelta(minutes=20)  # until an answer comes back to the reader who left it; sooner if no other waits
AT_ONCE = 8
OPEN = (AnswerState.UNREAD, AnswerState.AWAITING_COLLEAGUE)
# A seeded answer's response is excluded from figures too, but on the desk it must look like a real answer.
EXCLUDED_FROM_FIGURES = Q(response__excluded_from_figures=True, practice__isnull=True)
COPY = Q(screening__copy=True)
# An excluded answer may come from a child on a school's network, so its flags rank like others, until more than FLOOD
# of them wait. Then its T1 and T2 flags rank after all counted flags, and its weaker flags after all counted answers.
FLOOD = 30
T1, T2, T3, EXCLUDED_FLAGS, UNFLAGGED, EXCLUDED_WEAK, COPIES, EXCLUDED_REST = range(8)
PRIORITIES = {"T1": T1, "T2": T2, "T3": T3}
COUNTED, EXCLUDED, A_COPY = range(3)  # what an answer is among others, whatever it says
STANDING = Case(
    When(COPY, then=Value(A_COPY)), When(EXCLUDED_FROM_FIGURES, then=Value(EXCLUDED)),
    default=Value(COUNTED), output_field=IntegerField(),
)  # fmt: skip
NO_FLAG = ReadingOrder(False, "", "")  # of an answer that the screen has not come to


class Ranked(NamedTuple):
    """An answer with what it is sorted by."""

    rank: int
    standing: int
    day: date
    number: int  # of its key: to compare keys themselves takes long
    key: UUID
    state: str
    consultation: int


@lru_cache
def rank_answer(stored: Any, reported: bool | None, standing: int, flooded: bool) -> int:
    """The rank of an answer on the desk: flags by priority, then what is counted, then the rest of a flood."""
    order = _read_order(stored, reported)
    if standing == A_COPY:
        return COPIES
    if not order.flagged:
        return EXCLUDED_REST if standing == EXCLUDED else UNFLAGGED
    if standing == EXCLUDED and flooded:
        return EXCLUDED_FLAGS if order.priority in ("T1", "T2") else EXCLUDED_WEAK
    return PRIORITIES[order.priority]


def in_reading_order(answers: QuerySet[Answer]) -> list[Ranked]:
    """Flagged answers by priority, then the others; within a rank counted answers before excluded ones, then by day,
    then by random key. A flood's copies come after all counted answers.
    """
    fields = ("pk", "standing", "response__day", "state", "response__version__page_id", *ORDER_FIELDS)
    rows = list(answers.order_by().annotate(standing=STANDING).values_list(*fields))
    flooded, stored = _is_flooded(), open_sealed_fields("order", [(row[0], row[5]) for row in rows])
    return sorted(
        Ranked(rank_answer(said, reported, standing, flooded), standing, day, key.int, key, state, consultation)
        for (key, standing, day, state, consultation, _, reported), said in zip(rows, stored, strict=True)
    )


# What of an answer says its ReadingOrder: `open_order_rows` takes it with the key before it.
ORDER_FIELDS = (select_cache_key("screening__order"), "screening__reported")


def open_order_rows(rows: Iterable[tuple[UUID, Any, bool | None]]) -> dict[UUID, ReadingOrder]:
    kept = list(rows)
    stored = open_sealed_fields("order", [row[:2] for row in kept])
    return {key: _read_order(said, reported) for (key, _, reported), said in zip(kept, stored, strict=True)}


@lru_cache
def _read_order(stored: Any, reported: bool | None) -> ReadingOrder:
    return NO_FLAG if reported is None else read_order(stored, reported)


def open_answer_orders(answers: QuerySet[Answer]) -> dict[UUID, ReadingOrder]:
    """{answer: what orders its reading}; without a flag where the screen has not come to it."""
    return open_order_rows(answers.values_list("pk", *ORDER_FIELDS))


def _is_flooded() -> bool:
    """Whether more than FLOOD flagged answers wait that are excluded from figures, without copies."""
    held = Answer.objects.unread().filter(EXCLUDED_FROM_FIGURES & ~COPY, response__withdrawn=False)
    found = 0
    for some in batched(held.values_list("pk", *ORDER_FIELDS).iterator(chunk_size=500), 500):
        found += sum(order.flagged for order in open_order_rows(some).values())
        if found > FLOOD:
            return True
    return False


def visible_to(reader: Any) -> Q:
    """Excludes answers whose case is hidden from this reader's agency; every view of the desk filters by it (D7)."""
    return ~Q(case__in=TriageCase.objects.hidden_from(reader))


def free_for_reader(reader: Any) -> Q:
    """Visible to this reader, and not leased to a colleague."""
    free = Q(lease__isnull=True) | Q(lease__reader=reader) | Q(lease__until__lte=timezone.now())
    return visible_to(reader) & free


def _left_for_later_by(reader: Any) -> Exists:
    return Exists(Draft.objects.filter(answer=OuterRef("pk"), reader=reader, later__gt=timezone.now()))


def _filter_by_consultation(answers: QuerySet[Answer], consultation: int | None) -> QuerySet[Answer]:
    return answers.filter(response__version__page_id=consultation) if consultation else answers


def list_waiting(reader: Any, consultation: int | None = None) -> tuple[list[UUID], list[UUID]]:
    """(T1 answers of every consultation, those that a colleague asked about too; unread ones of this consultation) that
    this reader may open and decide, each in reading order, without those just left for later."""
    free = Answer.objects.undecided().filter(free_for_reader(reader), response__withdrawn=False)
    mine = Q(state=AnswerState.AWAITING_COLLEAGUE, reading__colleague_asked_by=reader)
    waiting = in_reading_order(free.exclude(mine).exclude(_left_for_later_by(reader)))
    unread = (each for each in waiting if each.state == AnswerState.UNREAD)
    return (
        [each.key for each in waiting if each.rank == T1],
        [each.key for each in unread if consultation in (None, each.consultation)],
    )


def unread_answers_for(reader: Any, consultation: int | None) -> QuerySet[Answer]:
    """Unread answers that this reader may open, without those just left for later."""
    answers = Answer.objects.unread().filter(free_for_reader(reader), response__withdrawn=False)
    return _filter_by_consultation(answers.exclude(_left_for_later_by(reader)), consultation)


def list_awaiting_colleague(reader: Any) -> list[UUID]:
    """Answers about which colleagues asked, in reading order, without this reader's own questions and those just left
    for later."""
    asked = _questions_of_colleagues(reader).exclude(_left_for_later_by(reader))
    return [each.key for each in in_reading_order(asked)]


def has_awaiting_colleague(reader: Any) -> bool:
    return _questions_of_colleagues(reader).exists()


def is_any_held(reader: Any) -> bool:
    """Whether a colleague was asked about any answer that this reader may see, by whomever."""
    held = Answer.objects.filter(visible_to(reader), state=AnswerState.AWAITING_COLLEAGUE, response__withdrawn=False)
    return held.exists()


def _questions_of_colleagues(reader: Any) -> QuerySet[Answer]:
    free = Answer.objects.filter(free_for_reader(reader), response__withdrawn=False)
    return free.filter(state=AnswerState.AWAITING_COLLEAGUE).exclude(reading__colleague_asked_by=reader)


def readings_decided_by(reader: Any) -> QuerySet[Reading]:
    """This reader's decisions, without those hidden from their agency since."""
    hidden = TriageCase.objects.hidden_from(reader)
    return Reading.objects.filter(reader_id=reader.pk).exclude(answer__case__in=hidden)


def can_be_taken_back(since: datetime) -> Q:
    """Filter of readings that sent an answer to the leads, none of whom has claimed it. A seeded one, which has no case,
    counts from `since` on."""
    case = {
        "answer__case__state": CaseState.NEW,
        "answer__case__agency": None,
        "answer__case__moved_at": F("decided_at"),
    }
    sent = Q(decision=ReadingDecision.TRIAGE, answer__state=AnswerState.TRIAGE)
    return sent & (Q(**case) | Q(answer__practice__isnull=False, decided_at__gt=since))


def is_excluded_from_figures(answer: Answer) -> bool:
    """Whether the reader is told that the answer came fast or among very many. A seeded answer must not stand out, and
    what a group or an objection says is in no figure for another reason."""
    if answer.response.channel in UNCOUNTED_CHANNELS or not answer.response.excluded_from_figures:
        return False
    return Answer.objects.filter(pk=answer.pk, practice__isnull=True).exists()


def left_for_later(reader: Any, consultation: int | None) -> QuerySet[Answer]:
    """Answers that this reader left and may open again, the latest first."""
    answers = Answer.objects.filter(free_for_reader(reader), state__in=OPEN, response__withdrawn=False)
    left = answers.filter(drafts__reader=reader, drafts__later__isnull=False)
    return _filter_by_consultation(left, consultation).order_by("-drafts__later", "pk")


def lease_answer(answer: Answer, reader: Any, now: datetime | None = None) -> bool:
    """Lease an answer to a reader for 30 minutes; False when a colleague has it or it was decided meanwhile.

    A new lease lets the reader see the words, so it is audited as "raw text viewed". Of two readers at once one gets
    the lease: a single statement decides.
    """
    now = now or timezone.now()
    leases, until = Lease.objects.filter(answer=answer), now + LEASE
    with transaction.atomic():
        if not Answer.objects.filter(visible_to(reader), pk=answer.pk).exists():
            return False
        if leases.filter(reader=reader, until__gt=now).update(until=until):
            return True
        if not leases.filter(Q(reader=reader) | Q(until__lte=now)).update(reader=reader, until=until):
            Lease.objects.bulk_create([Lease(answer=answer, reader=reader, until=until)], ignore_conflicts=True)
            if not leases.filter(reader=reader).exists():
                return False
        if not Answer.objects.filter(pk=answer.pk, state=answer.state).exists():  # decided a moment ago
            leases.delete()
            return False
        record_event("raw text viewed", by=reader, obj=answer)
    return True


def end_lease(answer: Answer, reader: Any) -> None:
    Lease.objects.filter(answer=answer, reader=reader).delete()


def end_all_leases(reader: Any) -> int:
    """End a reader's leases when they take a break. Returns how many."""
    return Lease.objects.filter(reader=reader, until__gt=timezone.now()).delete()[0]


def lease_first_free(answers: QuerySet[Answer], reader: Any, keys: list[UUID] | None = None) -> Answer | None:
    """Lease the first of these answers that is free, in the order of `keys`, or else in their own. One already leased to
    this reader comes first, so that a reload changes nothing."""
    keys = list(answers.values_list("pk", flat=True)) if keys is None else keys
    leased = set(Lease.objects.filter(reader=reader, until__gt=timezone.now()).values_list("pk", flat=True))
    mine = [key for key in keys if key in leased]
    for some in batched([*mine, *keys], AT_ONCE):
        there = answers.order_by().defer("sealed").in_bulk(some)
        taken = next((there[key] for key in some if key in there and lease_answer(there[key], reader)), None)
        if taken is not None:
            return taken
    return None


def count_waiting_by_consultation(reader: Any) -> list[dict[str, Any]]:
    """[{page, title, unread, flagged}] of each consultation with unread answers; seeded answers are not counted."""
    waiting = Answer.objects.unread().filter(visible_to(reader), response__withdrawn=False, practice__isnull=True)
    pages = ("response__version__page_id", "response__version__page__title")
    rows = list(waiting.values_list("pk", *pages, *ORDER_FIELDS))
    stored = open_sealed_fields("order", [(row[0], row[3]) for row in rows])
    unread = Counter(row[1:3] for row in rows)
    flagged = Counter(row[1:3] for row, said in zip(rows, stored, strict=True) if _read_order(said, row[4]).flagged)
    found = [
        {"page": page, "title": title, "unread": number, "flagged": flagged[page, title]}
        for (page, title), number in unread.items()
    ]
    return sorted(found, key=lambda row: (-row["flagged"], row["title"]))
