"""The coding queue: the texts that a filter selects, in order, with a step to the next and the previous text.

A position is a text, not a number, so codes, new texts and withdrawals do not shift it. A confirmation sample comes
first, in an order of which the machine knows nothing. Texts that the sweep has not placed yet (less than a minute old)
come last.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import cycle
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Abs, Coalesce, Left

from insights.coding.confirmation.models import ConfirmationRound
from insights.coding.desk.desk_filters import SURE, USEFUL, DeskFilter
from insights.coding.desk.desk_sort_keys import UNKNOWN_QUESTION, question_part_of
from insights.corpus.models import Text

MOST_NEW = 500  # unplaced texts shown at the end; further ones appear after the sweep
SAMPLED, PLACED, UNPLACED = range(3)
MOST = 2000  # of the least certain, and of any: a page must not rank every text


@dataclass(frozen=True)
class _Stretch:
    """A part of the queue, ordered by these fields; the last one is unique."""

    texts: QuerySet[Text]
    fields: tuple[str, ...]

    def walk(self, at: Sequence[Any] | None, most: int, *, back: bool = False, inclusive: bool = False) -> list[Text]:
        """The next texts, nearest first: from the beginning, or beyond the place `at`, a value for each field."""
        texts = self.texts
        if at:
            texts = texts.filter(self._lies_beyond(at, "lt" if back else "gt", inclusive))
        return list(texts.order_by(*(f"-{field}" if back else field for field in self.fields))[:most])

    def _lies_beyond(self, at: Sequence[Any], way: str, inclusive: bool) -> Q:
        found, same = Q(), Q()
        for field, value in zip(self.fields, at, strict=True):
            last = field == self.fields[-1]
            found |= same & Q(**{f"{field}__{way}{'e' if last and inclusive else ''}": value})
            same &= Q(**{field: value})
        return found


@dataclass(frozen=True)
class CodingQueue:
    consultation: Any
    filter: DeskFilter
    user: Any

    @cached_property
    def _limit(self) -> int:
        return int(ConfirmationRound.objects.find_limit(self.consultation))

    def is_in_sample(self, text: Text) -> bool:
        return text.draw < self._limit

    @cached_property
    def _unplaced_ids(self) -> list[UUID]:
        """Ids of unplaced texts, a query of its own: with the filter, the database would scan every text."""
        unplaced = Text.objects.of(self.consultation).filter(place=None, draw__gte=self._limit).order_by("pk")
        return list(unplaced.values_list("pk", flat=True)[:MOST_NEW])

    def _select(self, **chosen: Any) -> QuerySet[Text]:
        return self.filter.filter_texts(Text.objects.filter(**chosen).select_related("place"), self.user)

    def _stretch(self, number: int) -> _Stretch:
        if number == SAMPLED:
            # Ids are derived from the text and a secret (`Answer.id`): a person's texts are neighbours by chance alone.
            question = Left(Coalesce("place__key", Value(UNKNOWN_QUESTION)), len(UNKNOWN_QUESTION))
            sampled = self._select(version__page=self.consultation, draw__lt=self._limit).annotate(asked=question)
            return _Stretch(sampled if self._limit else sampled.none(), ("asked", "pk"))
        if number == PLACED:
            others = self._select(place__consultation=self.consultation, draw__gte=self._limit)
            return _Stretch(others, ("place__key",))
        texts = self._select(pk__in=self._unplaced_ids) if self._unplaced_ids else Text.objects.none()
        return _Stretch(texts, ("pk",))

    def _locate(self, at: Text) -> tuple[int, tuple[Any, ...]]:
        """(stretch, place in it)."""
        key = at.place.key if getattr(at, "place", None) else None
        if self.is_in_sample(at):
            return SAMPLED, (question_part_of(key or UNKNOWN_QUESTION), at.pk)
        return (PLACED, (key,)) if key else (UNPLACED, (at.pk,))

    def after(self, at: Text | None, most: int, *, inclusive: bool = False) -> list[Text]:
        """The next texts of the queue after `at`; from the beginning without it."""
        first, place = self._locate(at) if at else (SAMPLED, None)
        rows: list[Text] = []
        for number in range(first, UNPLACED + 1):
            if len(rows) < most:
                own = place if number == first else None
                rows += self._stretch(number).walk(own, most - len(rows), inclusive=inclusive)
        return rows

    def before(self, at: Text, most: int) -> list[Text]:
        """The last texts before `at`, in the order of the queue."""
        last, place = self._locate(at)
        rows: list[Text] = []
        for number in range(last, SAMPLED - 1, -1):
            if len(rows) < most:
                rows += self._stretch(number).walk(place if number == last else None, most - len(rows), back=True)
        return rows[::-1]


@dataclass(frozen=True)
class PlacedText:
    pk: UUID
    question: str
    lead: int | None
    sure: float


def order_useful(texts: Iterable[PlacedText]) -> list[UUID]:
    """Uncertain and different texts in turn: nearest to the threshold, and one of each question and likeliest theme after
    another. A text's place hangs on no code of a person, so coding moves nobody."""
    rows = sorted(texts, key=lambda text: text.pk)
    seen: Counter[tuple[str, int]] = Counter()
    rounds = {}
    for text in rows:
        kind = (text.question, text.lead or 0)
        rounds[text.pk] = (seen[kind], *kind)
        seen[kind] += 1
    uncertain = [text.pk for text in sorted(rows, key=lambda text: abs(text.sure - SURE))]
    different = sorted(rounds, key=lambda pk: rounds[pk])
    return _take_turns(uncertain, different)


def _take_turns(one: Iterable[UUID], other: Iterable[UUID]) -> list[UUID]:
    """All ids once: the first of one list that is not taken yet, then of the other. Both hold the same ids."""
    found: dict[UUID, None] = {}
    for source in cycle((iter(one), iter(other))):
        following = next((pk for pk in source if pk not in found), None)
        if following is None:
            return list(found)
        found[following] = None
    return []


@dataclass(frozen=True)
class UsefulQueue:
    """The texts from which the machine learns most: those of which it is least certain, and those unlike the others, in
    turn. After a random sample they taught it more than as many random ones, or than as many of every theme. What the
    machine cannot read teaches it nothing."""

    consultation: Any
    filter: DeskFilter
    user: Any

    def is_in_sample(self, text: Text) -> bool:
        return False

    @cached_property
    def _ids(self) -> list[UUID]:
        limit = ConfirmationRound.objects.find_limit(self.consultation)
        texts = Text.objects.filter(place__consultation=self.consultation, place__unread=False, draw__gte=limit)
        rows = texts.values_list("pk", "question", "place__lead", "place__sure")
        uncertain = rows.order_by(Abs(F("place__sure") - SURE), "pk")[:MOST]
        return order_useful(PlacedText(*row) for row in {*uncertain, *rows.order_by("pk")[:MOST]})

    @cached_property
    def _selected(self) -> set[UUID]:
        texts = Text.objects.filter(pk__in=self._ids)
        return set(self.filter.filter_texts(texts, self.user).values_list("pk", flat=True))

    def after(self, at: Text | None, most: int, *, inclusive: bool = False) -> list[Text]:
        """The next texts of the queue after `at`; from the beginning without it."""
        start = self._ids.index(at.pk) + (not inclusive) if at and at.pk in self._ids else 0
        return self._fetch([pk for pk in self._ids[start:] if pk in self._selected][:most])

    def before(self, at: Text, most: int) -> list[Text]:
        """The last texts before `at`, in the order of the queue."""
        end = self._ids.index(at.pk) if at.pk in self._ids else 0
        return self._fetch([pk for pk in self._ids[:end] if pk in self._selected][-most:])

    def _fetch(self, ids: list[UUID]) -> list[Text]:
        found = Text.objects.select_related("place").in_bulk(ids)
        return [found[pk] for pk in ids if pk in found]


def open_coding_queue(consultation: Any, chosen: DeskFilter, user: Any) -> CodingQueue | UsefulQueue:
    return (UsefulQueue if chosen.show == USEFUL else CodingQueue)(consultation, chosen, user)
