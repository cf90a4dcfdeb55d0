"""How many of a round's people say so, and whether it changed. `tell_change` alone makes a claim of change.

The people of two rounds are different samples: nothing joins a person's answers before to those after.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any

from consultation.domain.confidence_intervals import difference_interval, format_points, wilson_interval
from insights.disclosure.disclosure_rules import DisclosureRules, fewer_than

LEAST_PEOPLE = 30  # who answered, in a round or in a group of it: below that there is no number
FEWER_THAN = re.compile(fewer_than(r"(\d+)"))
MORE, FEWER, UNTOLD = "more", "fewer", ""


@dataclass(frozen=True)
class RoundShare:
    """Percent of the `people` who answered, and where it would lie for everyone asked, 19 times out of 20."""

    percent: int
    low: int
    high: int
    people: int


@dataclass(frozen=True)
class RoundChange:
    """In percentage points, with its interval. `claim`: MORE or FEWER, or UNTOLD where the rounds' intervals overlap."""

    points: int
    low: int
    high: int
    claim: str

    @property
    def in_points(self) -> str:
        return format_points(self.points, self.low, self.high)


def read_share(cells: Iterable[Mapping[str, Any]], people: int | None, rules: DisclosureRules) -> RoundShare | None:
    """The share of those in any of `cells`, which are shown numbers; None where too few answered, or a number is hidden
    that may be large. One that is hidden because it is small may stand for nobody or for as many as are ever hidden: the
    interval includes both."""
    found = [_bound_count(cell, rules) for cell in cells]
    bounds = [bound for bound in found if bound]
    if people is None or people < LEAST_PEOPLE or len(bounds) < len(found):
        return None
    least, most = (min(people, sum(bound[at] for bound in bounds)) for at in (0, 1))
    noise = sqrt(len(found) * rules.variance)
    low, high = (wilson_interval(count, people, noise=noise) for count in (least, most))
    return RoundShare(round(100 * (least + most) / 2 / people), round(100 * low.low), round(100 * high.high), people)


def _bound_count(cell: Mapping[str, Any], rules: DisclosureRules) -> tuple[int, int] | None:
    """(least, most) that a shown number stands for; None where a hidden one may be large: rules without noise hide
    large numbers for the sake of small ones, under the same sign."""
    if cell["value"] is not None:
        return cell["value"], cell["value"]
    named = FEWER_THAN.fullmatch(cell["symbol"]) if rules.perturb else None
    return (0, int(named[1]) - 1) if named else None


def tell_change(before: RoundShare, after: RoundShare) -> RoundChange:
    """The change between two rounds, with its interval (Newcombe's square and add). There is a claim only where the
    intervals of the rounds do not even touch, as they are shown."""
    low, high = difference_interval((after.percent, after.low, after.high), (before.percent, before.low, before.high))
    claim = MORE if after.low > before.high else FEWER if after.high < before.low else UNTOLD
    return RoundChange(after.percent - before.percent, round(low), round(high), claim)
