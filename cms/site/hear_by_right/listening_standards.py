"""The seven "Hear by Right" standards and their twenty indicators (P5), from standards.yaml."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("standards.yaml")


@dataclass(frozen=True)
class Indicator:
    id: str
    title: str


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


@cache
def indicators_by_id() -> dict[str, Indicator]:
    return {each.id: each for standard in load_standards() for each in standard.indicators}
