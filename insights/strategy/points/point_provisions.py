"""Points of the strategy with the provisions that serve them, as rows of the database show them today."""

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from consultation.domain import strategy_points
from consultation.strategy_provisions import Provision, list_provisions


@dataclass(frozen=True)
class ServedPoint:
    """`check`: what the domain's table demands of the product for this point; `offer`: what the product does for it."""

    slug: str
    number: str
    text: str
    check: str
    offer: str
    provisions: list[Provision]

    @property
    def holds(self) -> bool:
        """Whether each provision has a row in the database; a point without provisions does not hold."""
        return bool(self.provisions) and all(one.holds for one in self.provisions)

    def as_seen_by(self, user: Any) -> "ServedPoint":
        """Without the provisions whose rows this user may not know of, and what this user may not start."""
        seen = [
            one if not one.may_start or user.has_perm(one.may_start) else replace(one, start="")
            for one in self.provisions
            if not one.seen_with or user.has_perm(one.seen_with)
        ]
        return replace(self, provisions=seen)

    @property
    def in_use(self) -> int:
        return sum(one.holds for one in self.provisions)


def list_served_points() -> list[ServedPoint]:
    """All 34, in the order of the strategy."""
    numbers, texts = strategy_points.number_by_sub_point(), strategy_points.text_by_sub_point()
    checks, offers = strategy_points.check_by_sub_point(), strategy_points.offer_by_sub_point()
    provisions = defaultdict(list)
    for one in list_provisions():
        provisions[one.point].append(one)
    return [
        ServedPoint(slug, numbers[slug], text, checks[slug], offers[slug], provisions[slug])
        for slug, text in texts.items()
    ]


def get_served_point(slug: str) -> ServedPoint:
    """Raises KeyError for a slug that is no point of the strategy."""
    return {point.slug: point for point in list_served_points()}[slug]
