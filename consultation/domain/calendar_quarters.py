"""Quarters of the calendar year, as the partnership's board meets: 2026-q4 is October to December 2026."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

SLUG = re.compile(r"(\d{4})-q([1-4])")
EARLIEST = 2000  # an earlier year in an address is no quarter: `before` would fail at the year 1


@dataclass(frozen=True, order=True)
class Quarter:
    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def named(cls, slug: str) -> "Quarter | None":
        found = SLUG.fullmatch(slug)
        return cls(int(found[1]), int(found[2])) if found and int(found[1]) >= EARLIEST else None

    @classmethod
    def read(cls, text: str, today: date) -> "Quarter":
        """The quarter of an address's slug: the current one where it is missing or lies ahead."""
        found, now = cls.named(text or ""), cls.of(today)
        return min(found, now) if found else now

    @property
    def slug(self) -> str:
        return f"{self.year:04}-q{self.number}"

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> "Quarter":
        return Quarter(self.year, self.number + 1) if self.number < 4 else Quarter(self.year + 1, 1)

    @property
    def before(self) -> "Quarter":
        return Quarter.of(self.first - timedelta(days=1))

    def __str__(self) -> str:
        return f"{self.first:%B} to {self.last:%B %Y}"


def list_quarters_since(day: date, today: date) -> list[Quarter]:
    """Every quarter from that of `day` to that of `today`, the newest first."""
    found = [Quarter.of(day)]
    while found[-1].last < today:
        found.append(found[-1].next)
    return found[::-1]
