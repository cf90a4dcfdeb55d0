"""The line of texts that a filter selects, walked from one text to the next.

A place is found by the text itself, never by a number, so coding, new answers and withdrawals move nobody's place.
Texts that a sweep has not placed yet (less than a minute old) stand at the end.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from insights.coding.desk.filters import Filter
from insights.intake.models import Text


@dataclass(frozen=True)
class Line:
    consultation: Any
    filter: Filter
    user: Any

    def _placed(self) -> QuerySet[Text]:
        texts = Text.objects.filter(place__consultation=self.consultation).select_related("place")
        return self.filter.apply(texts, self.user)

    def _unplaced(self) -> QuerySet[Text]:
        texts = Text.objects.of(self.consultation).filter(place=None).select_related("place")
        return self.filter.apply(texts, self.user)

    def after(self, at: Text | None, most: int, *, inclusive: bool = False) -> list[Text]:
        """The next texts of the line; from its beginning without `at`."""
        rows, unplaced, way = [], self._unplaced(), "gte" if inclusive else "gt"
        if at is not None and _key(at) is None:
            unplaced = unplaced.filter(**{f"pk__{way}": at.pk})
        else:
            placed = self._placed().order_by("place__key")
            rows = list((placed.filter(**{f"place__key__{way}": _key(at)}) if at else placed)[:most])
        return rows + (list(unplaced.order_by("pk")[: most - len(rows)]) if len(rows) < most else [])

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
