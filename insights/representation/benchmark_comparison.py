"""Compares a group's share of the answers with its share of a benchmark, from shown figures only.

A shown number is changed a little (disclosure.perturbation), so a share has a range even before sampling
error: the smallest and the largest share that the shown numbers allow, with Wilson's interval around each. The
representation ratio of the two shares (1: as many as expected) has the same range. Groups keep the question's order.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from consultation.domain.confidence_intervals import wilson_interval
from insights.disclosure.disclosure_rules import MOST_NOISE, NEARLY_ALL, SMALLEST_SHOWN
from insights.representation.dimensions import NOT_SAID
from insights.representation.models import EVERYONE, Benchmark, BenchmarkBasis, normalise_label

MOST_HIDDEN = SMALLEST_SHOWN - 1 + MOST_NOISE  # most people in a group that is hidden for being small
LEAST_BASE = 30  # least base of a percentage
FEW_OUTSIDE = 10  # fewer invited people who did not answer could be identified

LESS, NEAR, MORE, MISSING, NO_NUMBER, WHOLE = "less", "near", "more", "missing", "no-number", "whole"
UNKNOWN, BESIDE = "unknown", "beside"
VERDICT_LABELS = {
    LESS: "Heard less than its share",
    NEAR: "No clear difference",
    MORE: "Heard more than its share",
    MISSING: "Not heard from yet, or hardly",
    UNKNOWN: "Too few to say yet",
    BESIDE: "Hidden: too few, or nearly everyone",
    NO_NUMBER: "The benchmark has no number for it",
    WHOLE: "Nearly everyone has answered",
    "": "",
}
NOT_HEARD = (LESS, MISSING)


@dataclass(frozen=True)
class GroupShare:
    """One group. Percentages are whole numbers; None: hidden or unknown."""

    id: str
    label: str
    value: int | None
    symbol: str = ""  # why no number
    percent: int | None = None
    low: int | None = None
    high: int | None = None
    number: int | None = None
    expected: int | None = None  # percent of the benchmark
    ratio: tuple[float, float, float] | None = None
    verdict: str = ""

    @property
    def words(self) -> str:
        return VERDICT_LABELS[self.verdict]

    @property
    def not_heard(self) -> bool:
        return self.verdict in NOT_HEARD

    @property
    def is_unheard(self) -> bool:
        """Whether fewer people of it than may be shown have answered, whatever a benchmark says."""
        return self.value is None and bool(self.symbol) and self.symbol != NEARLY_ALL


@dataclass(frozen=True)
class BenchmarkComparison:
    benchmark: Benchmark | None
    rows: list[GroupShare]
    not_said: GroupShare | None
    elsewhere: list[str]  # groups of the benchmark that the consultation does not ask about

    @property
    def not_heard(self) -> list[GroupShare]:
        return [row for row in self.rows if row.not_heard]


@dataclass(frozen=True)
class ShareBase:
    """The people who gave their group: as shown, and the fewest and most that the shown numbers allow."""

    shown: int
    fewest: int
    most: int


def share_base_of(total: int, not_said: int | None, asked: bool) -> ShareBase:
    """`asked`: people could leave the question out; `not_said` is the shown number who did, None where hidden."""
    low, high = (
        (0, 0)
        if not asked
        else (0, MOST_HIDDEN)
        if not_said is None
        else (not_said - MOST_NOISE, not_said + MOST_NOISE)
    )
    return ShareBase(total - (not_said or 0), max(0, total - MOST_NOISE - high), total + MOST_NOISE - low)


def share_of(group: dict[str, Any]) -> GroupShare:
    """A group of a stored figure, not yet compared."""
    return GroupShare(group["id"], group["label"], group["value"], group.get("symbol", ""))


def compare_figure(figure: dict[str, Any], benchmark: Benchmark | None = None) -> BenchmarkComparison:
    """Every group of a stored figure, compared with the benchmark where there is one."""
    groups = [group for group in figure["groups"] if group["id"] != NOT_SAID]
    unsaid = next((group for group in figure["groups"] if group["id"] == NOT_SAID), None)
    numbers = benchmark.numbers if benchmark else {}
    rows = [
        GroupShare(
            g["id"], g["label"], g["value"], g.get("symbol", ""), number=numbers.get(normalise_label(g["label"]))
        )
        for g in groups
    ]
    if figure["key"] == EVERYONE:
        rows = [_compare_everyone(rows[0], benchmark)]
    elif figure["total"] is not None:
        base = share_base_of(figure["total"], unsaid and unsaid["value"], unsaid is not None)
        whole = sum(row.number or 0 for row in rows)
        few = {group["id"] for group in groups if group.get("symbol") != NEARLY_ALL}
        rows = [_compare_group(row, base, whole, benchmark, row.id in few) for row in rows]
    else:
        rows = [replace(row, verdict=UNKNOWN) for row in rows]
    known = {normalise_label(group["label"]) for group in groups}
    elsewhere = [g["label"] for g in benchmark.groups if normalise_label(g["label"]) not in known] if benchmark else []
    return BenchmarkComparison(
        benchmark,
        rows,
        unsaid and share_of(unsaid),
        elsewhere,
    )


def _has_few_outside(row: GroupShare) -> bool:
    return None not in (row.value, row.number) and row.number - row.value < FEW_OUTSIDE + MOST_NOISE  # type: ignore[operator]


def _compare_everyone(row: GroupShare, benchmark: Benchmark | None) -> GroupShare:
    """The percentage of all people there are: no sample, so no interval; hidden where the few others stand out."""
    if row.value is None:
        return replace(row, verdict=UNKNOWN)
    if benchmark is None or not row.number:
        return row
    if _has_few_outside(row):
        return replace(row, value=None, verdict=WHOLE)
    return replace(row, percent=round(100 * row.value / row.number))


def _compare_group(row: GroupShare, base: ShareBase, whole: int, benchmark: Benchmark | None, few: bool) -> GroupShare:
    if benchmark is not None and benchmark.basis == BenchmarkBasis.INVITED and _has_few_outside(row):
        return replace(row, value=None, verdict=WHOLE)
    if row.value is not None and base.fewest >= LEAST_BASE:
        low, high = _share_range(row.value, base)
        share = min(1.0, row.value / base.shown)
        row = replace(row, percent=round(100 * share), low=round(100 * low), high=round(100 * high))
    hidden = UNKNOWN if few else BESIDE
    if benchmark is None:
        return replace(row, verdict="" if row.value is not None else hidden)
    if row.number is None or not whole:
        return replace(row, verdict=NO_NUMBER)
    return _judge_share(row, base, row.number / whole, few, hidden)


def _share_range(value: int, base: ShareBase) -> tuple[float, float]:
    """(low, high) as parts of one: Wilson's interval around the smallest and the largest share allowed."""
    least, most = max(0, value - MOST_NOISE), value + MOST_NOISE
    low = wilson_interval(min(least, base.most), base.most).low
    return low, wilson_interval(min(most, base.fewest), base.fewest).high


def _judge_share(row: GroupShare, base: ShareBase, share: float, few: bool, hidden: str) -> GroupShare:
    row = replace(row, expected=round(100 * share))
    if row.value is None:
        hidden_people = min(MOST_HIDDEN, base.fewest)
        missing = few and base.fewest >= LEAST_BASE and wilson_interval(hidden_people, base.fewest).high < share
        return replace(row, verdict=MISSING if missing else hidden)
    if row.percent is None or not share:
        return replace(row, verdict=UNKNOWN if share else MORE)
    low, high = _share_range(row.value, base)
    middle, least, most = (round(part / share, 1) for part in (row.value / base.shown, low, high))
    verdict = LESS if high < share else MORE if low > share else NEAR
    return replace(row, ratio=(middle, least, most), verdict=verdict)


def hide_groups(comparison: BenchmarkComparison, hidden: Set[str]) -> BenchmarkComparison:
    """The same comparison with the numbers of these groups (ids) hidden."""
    nothing: dict[str, Any] = dict.fromkeys(("value", "percent", "low", "high", "ratio"))
    rows = [
        replace(row, **nothing, verdict=row.verdict if row.verdict == WHOLE else BESIDE) if row.id in hidden else row
        for row in comparison.rows
    ]
    return replace(comparison, rows=rows)


def groups_not_heard(comparisons: Sequence[BenchmarkComparison]) -> list[GroupShare]:
    """Groups not heard by any benchmark of one figure: each once, in the order of the question."""
    found: dict[str, GroupShare] = {}
    for comparison in comparisons:
        for row in comparison.not_heard:
            found.setdefault(row.id, row)
    return list(found.values())
