"""What the self-assessment looks at: the seven "Hear by Right" standards with their twenty indicators (P5), from
standards.yaml, and the principles of "Journey to Excellence" that two people have adopted here."""

from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any

import yaml

from insights.commitments.models import Commitment

JOURNEY = "Journey to Excellence"
FILE = Path(__file__).with_name("standards.yaml")


@dataclass(frozen=True)
class Indicator:
    """`says` and `decisions`: of a principle, its text and the public decisions that show it."""

    id: str
    title: str
    says: str = ""
    decisions: tuple[Any, ...] = ()
    is_principle: bool = False


@dataclass(frozen=True)
class Standard:
    id: str
    title: str
    says: str
    indicators: tuple[Indicator, ...]


@cache
def load_standards() -> tuple[Standard, ...]:
    rows = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return tuple(
        Standard(row["id"], row["title"], row["says"], tuple(Indicator(**each) for each in row["indicators"]))
        for row in rows
    )


def load_principles() -> Standard | None:
    """None where no principle is adopted."""
    found = Commitment.objects.principles().published().prefetch_related("decisions").order_by("pk")
    principles = tuple(
        Indicator(
            f"principle-{one.pk}",
            one.name,
            one.what,
            tuple(filter(attrgetter("is_public"), one.decisions.all())),
            True,
        )
        for one in found
    )
    return Standard("journey", JOURNEY, "What we hold to", principles) if principles else None


def list_standards() -> list[Standard]:
    """All that is looked at today."""
    principles = load_principles()
    return [*load_standards(), *([principles] if principles else [])]


def find_indicator(key: str) -> Indicator | None:
    return next((each for standard in list_standards() for each in standard.indicators if each.id == key), None)
