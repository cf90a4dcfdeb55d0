"""What one audience says clearly more, or less, often than the others do: themes over the newest release of each
consultation, and answers to a question that several were asked.

The stored interval of each share holds chance, random changes and what coding leaves in doubt; so does that of a
difference. Each consultation asks in its own words, so a difference says nothing of why.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import hypot

from consultation.domain.confidence_intervals import Z95
from insights.releases.share_statistics import ShareEstimate, bonferroni_z
from insights.releases.theme_evidence import ReleasedShare


@dataclass(frozen=True)
class PooledShare:
    """In percent, of the people of several releases; `error`: its standard error."""

    percent: float
    error: float


@dataclass(frozen=True)
class AudienceDifference:
    """`gap` is in percentage points, with its interval as if it were the only look."""

    label: str
    audience: str
    url: str
    share: PooledShare
    rest: PooledShare
    gap: ShareEstimate

    @property
    def more(self) -> bool:
        return self.gap.value > 0


def list_audience_differences(shown: Iterable[ReleasedShare]) -> tuple[int, list[AudienceDifference]]:
    """(number of looks, differences that stand after a Bonferroni correction for all of them, widest first)."""
    looks = list(_list_looks(shown))
    z = bonferroni_z(len(looks))
    clear = [one for one in looks if abs(one.gap.value) > z * hypot(one.share.error, one.rest.error)]
    return len(looks), sorted(clear, key=lambda one: (-abs(one.gap.value), one.label, one.audience))


def _list_looks(shown: Iterable[ReleasedShare]) -> Iterator[AudienceDifference]:
    """Numbers that were counted in two ways, by the machine or corrected by people, are not compared."""
    subjects: dict[tuple[str | int, bool], list[ReleasedShare]] = defaultdict(list)
    for one in shown:
        if one.base and None not in (one.percent, one.low, one.high):
            subjects[one.subject, "read" in one.row].append(one)
    for heard in subjects.values():
        audiences = {one.audience for one in heard}
        for audience in sorted(audiences) if len(audiences) > 1 else ():
            own = [one for one in heard if one.audience == audience]
            yield _compare_audiences(own, [one for one in heard if one.audience != audience])


def _compare_audiences(own: list[ReleasedShare], others: list[ReleasedShare]) -> AudienceDifference:
    share, rest = _pool_shares(own), _pool_shares(others)
    value, reach = share.percent - rest.percent, Z95 * hypot(share.error, rest.error)
    most = max(own, key=lambda one: one.people or 0)
    gap = ShareEstimate(value, value - reach, value + reach)
    return AudienceDifference(most.label, most.audience, most.link, share, rest, gap)


def _pool_shares(heard: list[ReleasedShare]) -> PooledShare:
    whole = sum(one.base or 0 for one in heard)
    parts = [((one.base or 0) / whole, one) for one in heard]
    errors = (weight * ((one.high or 0) - (one.low or 0)) / (2 * Z95) for weight, one in parts)
    return PooledShare(sum(weight * (one.percent or 0) for weight, one in parts), hypot(*errors))
