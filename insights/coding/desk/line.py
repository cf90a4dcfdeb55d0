"""The line of texts that a filter selects, walked from one text to the next.

A place is found by the text itself, never by a number, so coding, new answers and withdrawals move nobody's place.
Texts that a sweep has not placed yet (less than a minute old) stand at the end.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from insights.coding.desk.filters import Filter
from insights.intake.models import Text

MOST_NEW = 500  # that stand at the end before a sweep places them; if more came at once, they wait for it


@dataclass(frozen=True)
class Line:
    consultation: Any
    filter: Filter
    user: Any

    def _placed(self) -> QuerySet[Text]:
        texts = Text.objects.filter(place__consultation=self.consultation).select_related("place")
        return self.filter.apply(texts, self.user)

    @cached_property
    def _new(self) -> list[UUID]:
        """Looked up once and by itself: a filter would be tried on every text to find that none is new."""
        return list(
            Text.objects.of(self.consultation)
            .filter(place=None)
            .order_by("pk")
            .values_list("pk", flat=True)[:MOST_NEW]
        )

    def _unplaced(self) -> QuerySet[Text]:
        if not self._new:
            return Text.objects.none()
        return self.filter.apply(Text.objects.filter(pk__in=self._new).select_related("place"), self.user)

    def after(self, at: Text | None, most: int, *, inclusive: bool = False) -> list[Text]:
        """The next texts of the line; from its beginning without `at`."""
        way = "gte" if inclusive else "gt"
        if at is not None and _key(at) is None:
            return list(self._unplaced().filter(**{f"pk__{way}": at.pk}).order_by("pk")[:most])
        placed = self._placed().order_by("place__key")
        rows = list((placed.filter(**{f"place__key__{way}": _key(at)}) if at else placed)[:most])
        return rows + (list(self._unplaced().order_by("pk")[: most - len(rows)]) if len(rows) < most else [])

    def before(self, at: Text, most: int) -> list[Text]:
        """The texts just before, in the line's own order."""
        rows, placed = [], self._placed().order_by("-place__key")
        if _key(at) is None:
            rows = list(self._unplaced().filter(pk__lt=at.pk).order_by("-pk")[:most])
        else:
            placed = placed.filter(place__key__lt=_key(at))
        rows += list(placed[: most - len(rows)]) if len(rows) < most else []
        return rows[::-1]


def _key(text: Text | None) -> str | None:
    place = getattr(text, "place", None)
    return place.key if place else None
