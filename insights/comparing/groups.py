"""Compare two groups theme by theme, from released figures alone.

A group is everyone with text answers in a release, or one column of its themes by a facet; its name in the address is
`<release>` or `<release>.<facet>.<column>`. Groups that share people are refused: their difference would disclose a
third group that was never released.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from insights.comparing.statistics import Estimate, Share, difference, lift, z_for
from insights.reports.disclosure.rules import DEFAULT
from insights.reports.intervals import wilson
from insights.reports.models import Figure, Release

NOT_A_GROUP = "not-given"


class CannotCompare(Exception):
    """The two groups cannot be compared; the message says why in plain words."""


@dataclass(frozen=True)
class Group:
    name: str
    label: str
    release: Release
    facet: str
    column: str
    base: int
    people: dict[str, int | None]  # by theme; None: hidden
    labels: dict[str, str]

    def beside(self, other: "Group") -> str:
        """A label that tells the two groups apart, with the consultation if they differ in it."""
        if self.release.consultation_id == other.release.consultation_id:
            return self.label
        title: str = self.release.consultation.title
        return f"{self.label}, {title}" if self.facet else title


@dataclass(frozen=True)
class Line:
    """One theme in both groups. `clear`: the gap excludes 0; `likely`: so does its Bonferroni interval."""

    theme: str
    label: str
    one: Share | None
    other: Share | None
    gap: Estimate | None = None
    lift: Estimate | None = None
    clear: bool = False
    likely: bool = False

    def as_row(self) -> dict[str, Any]:
        """A row for `dots_chart`."""
        return {"label": self.label, "a": _point(self.one), "b": _point(self.other)}


def _point(share: Share | None) -> dict[str, Any]:
    if share is None:
        return {"value": None, "percent": None, "low": None, "high": None}
    low, high = wilson(share.people, share.base).percent()
    return {"value": share.people, "percent": share.percent, "low": low, "high": high}


def groups_of(releases: Iterable[Release]) -> dict[str, Group]:
    """{name: group} of these releases, in one query."""
    by_release: dict[int, list[Figure]] = {release.pk: [] for release in releases}
    for figure in Figure.objects.filter(release__in=by_release, kind__in=("themes", "themes-by")):
        by_release[figure.release_id].append(figure)
    found = [group for release in releases for figure in by_release[release.pk] for group in _of(release, figure)]
    return {group.name: group for group in found}


def _of(release: Release, figure: Figure) -> list[Group]:
    table = figure.table
    if "refused" in table or not table["rows"]:
        return []
    labels = {row["id"]: row["label"] for row in table["rows"]}
    if figure.kind == "themes":
        people = {row["id"]: row["value"] for row in table["rows"]}
        return _group(release, "", "", "Everyone", table["base"], people, labels)
    return [
        group
        for at, (column, total) in enumerate(zip(table["columns"], table["column_totals"], strict=True))
        if column["id"] != NOT_A_GROUP
        for group in _group(
            release,
            figure.key,
            column["id"],
            column["label"],
            total["value"],
            {row["id"]: row["cells"][at]["value"] for row in table["rows"]},
            labels,
        )
    ]


def _group(
    release: Release,
    facet: str,
    column: str,
    label: str,
    base: int | None,
    people: dict[str, int | None],
    labels: dict[str, str],
) -> list[Group]:
    """[group]; [] if its base is hidden or too small for percentages."""
    if base is None or base < DEFAULT.min_base:
        return []
    name = f"{release.pk}.{facet}.{column}" if facet else str(release.pk)
    return [Group(name, label, release, facet, column, base, people, labels)]


def compare(one: Group, other: Group) -> list[Line]:
    """Themes of both groups, widest gap first, hidden numbers last. Raises CannotCompare."""
    _check_apart(one, other)
    labels = {**other.labels, **one.labels}
    shared = [theme for theme in labels if theme in one.people and theme in other.people]
    shares = {theme: (_share(one, theme), _share(other, theme)) for theme in shared}
    looks = sum(a is not None and b is not None for a, b in shares.values())
    lines = [_line(theme, labels[theme], *shares[theme], looks) for theme in shared]
    seen = [line for line in lines if line.one or line.other]
    return sorted(seen, key=lambda line: (line.gap is None, -abs(line.gap.value) if line.gap else 0, line.label))


def _check_apart(one: Group, other: Group) -> None:
    if one.name == other.name:
        raise CannotCompare("These are the same group. Choose another beside it.")
    if one.release.consultation_id != other.release.consultation_id:
        return
    if one.release.pk != other.release.pk:
        raise CannotCompare("Many people are in both releases. A theme's own page shows how it moved between them.")
    if one.facet != other.facet or not one.facet:
        raise CannotCompare("Some people are in both groups. Choose two groups of one question, or two consultations.")


def _share(group: Group, theme: str) -> Share | None:
    value = group.people[theme]
    return None if value is None else Share(min(value, group.base), group.base)


def _line(theme: str, label: str, one: Share | None, other: Share | None, looks: int) -> Line:
    if one is None or other is None:
        return Line(theme, label, one, other)
    gap = difference(one, other)
    together = difference(one, other, z_for(looks))
    return Line(
        theme, label, one, other, gap, lift(one, other), clear=not gap.around(0), likely=not together.around(0)
    )
