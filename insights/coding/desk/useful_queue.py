"""The queue of texts from which the machine learns most: those of which it is least certain, and those unlike the others,
in turn. After a random sample they taught it more than as many random ones, or than as many of every theme. What the
machine cannot read teaches it nothing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import cycle
from typing import Any
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Abs

from insights.coding.confirmation.models import ConfirmationRound
from insights.coding.desk.desk_filters import SURE, DeskFilter
from insights.corpus.models import Text

MOST = 2000  # of the least certain, and of any: a page must not rank every text


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
