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
        """Without the provisions whose rows this user may not know of, and without links that would be refused."""
        return replace(self, provisions=[one.as_seen_by(user) for one in self.provisions if one.is_seen_by(user)])

    @property
    def test(self) -> str:
        """The file of the test that asserts the check."""
        return f"tests/strategy/test_{self.slug.replace('-', '_')}.py"

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
