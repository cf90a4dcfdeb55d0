"""The desk line: the texts that a filter selects, in order, with a step to the next and the previous text.

A position is a text, not a number, so codes, new texts and withdrawals do not shift it. Texts that the sweep has not
placed yet (less than a minute old) come last.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from insights.coding.desk.desk_filters import DeskFilter
from insights.corpus.models import Text

MOST_NEW = 500  # unplaced texts shown at the end; further ones appear after the sweep


@dataclass(frozen=True)
class DeskLine:
    consultation: Any
    filter: DeskFilter
    user: Any

    def _filter_placed_texts(self) -> QuerySet[Text]:
        texts = Text.objects.filter(place__consultation=self.consultation).select_related("place")
        return self.filter.filter_texts(texts, self.user)

    @cached_property
    def _unplaced_ids(self) -> list[UUID]:
        """Ids of unplaced texts, a query of its own: with the filter, the database would scan every text."""
        unplaced = Text.objects.of(self.consultation).filter(place=None).order_by("pk")
        return list(unplaced.values_list("pk", flat=True)[:MOST_NEW])

    def _filter_unplaced_texts(self) -> QuerySet[Text]:
        if not self._unplaced_ids:
            return Text.objects.none()
        texts = Text.objects.filter(pk__in=self._unplaced_ids).select_related("place")
        return self.filter.filter_texts(texts, self.user)

    def after(self, at: Text | None, most: int, *, inclusive: bool = False) -> list[Text]:
        """The next texts of the line after `at`; from the beginning without it."""
        way = "gte" if inclusive else "gt"
        if at is not None and _sort_key_of(at) is None:
            return list(self._filter_unplaced_texts().filter(**{f"pk__{way}": at.pk}).order_by("pk")[:most])
        placed = self._filter_placed_texts().order_by("place__key")
        rows = list((placed.filter(**{f"place__key__{way}": _sort_key_of(at)}) if at else placed)[:most])
        if len(rows) < most:
            rows += self._filter_unplaced_texts().order_by("pk")[: most - len(rows)]
        return rows

    def before(self, at: Text, most: int) -> list[Text]:
        """The last texts before `at`, in the order of the line."""
        rows, placed = [], self._filter_placed_texts().order_by("-place__key")
        if _sort_key_of(at) is None:
            rows = list(self._filter_unplaced_texts().filter(pk__lt=at.pk).order_by("-pk")[:most])
        else:
            placed = placed.filter(place__key__lt=_sort_key_of(at))
        rows += list(placed[: most - len(rows)]) if len(rows) < most else []
        return rows[::-1]


def _sort_key_of(text: Text | None) -> str | None:
    place = getattr(text, "place", None)
    return place.key if place else None
