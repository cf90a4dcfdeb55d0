"""Compare two groups theme by theme, from released figures alone.

A group is everyone with text answers in a release, or one column of its themes by a facet; its name in the address is
`<release>` or `<release>.<facet>.<column>`. Groups that share people are refused: their difference would disclose a
third group that was never released.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from consultation.domain.confidence_intervals import wilson_interval
from insights.disclosure.disclosure_presets import rules_for
from insights.releases.models import Figure, Release
from insights.workspace.group_comparison.share_statistics import (
    Share,
    ShareEstimate,
    bonferroni_z,
    share_difference,
    share_ratio,
)

NOT_A_GROUP = "not-given"


class CannotCompare(Exception):
    """The two groups cannot be compared; the message says why in plain words."""


@dataclass(frozen=True)
class ComparedGroup:
    name: str
    label: str
    release: Release
    facet: str
    column: str
    base: int
    people: dict[str, int | None]  # by theme; None: hidden
    labels: dict[str, str]

    def beside(self, other: "ComparedGroup") -> str:
        """A label that tells the two groups apart, with the consultation if they differ in it."""
        if self.release.consultation_id == other.release.consultation_id:
            return self.label
        title: str = self.release.consultation.title
        return f"{self.label}, {title}" if self.facet else title


@dataclass(frozen=True)
class ComparedTheme:
    """One theme in both groups. `clear`: the gap excludes 0; `likely`: so does its Bonferroni interval."""

    theme: str
    label: str
    one: Share | None
    other: Share | None
    gap: ShareEstimate | None = None
    lift: ShareEstimate | None = None
    clear: bool = False
    likely: bool = False

    def as_row(self) -> dict[str, Any]:
        """A row for `dots_chart`."""
        return {"label": self.label, "a": _build_chart_point(self.one), "b": _build_chart_point(self.other)}


def _build_chart_point(share: Share | None) -> dict[str, Any]:
    if share is None:
        return {"value": None, "percent": None, "low": None, "high": None}
    low, high = wilson_interval(share.people, share.base, noise=rules_for().noise).percent()
    return {"value": share.people, "percent": share.percent, "low": low, "high": high}


def list_groups(releases: Iterable[Release]) -> dict[str, ComparedGroup]:
    """{name: group} of these releases, in one query."""
    by_release: dict[int, list[Figure]] = {release.pk: [] for release in releases}
    for figure in Figure.objects.filter(release__in=by_release, kind__in=("themes", "themes-by")):
        by_release[figure.release_id].append(figure)
    found = [
        group
        for release in releases
        for figure in by_release[release.pk]
        for group in _groups_in_figure(release, figure)
    ]
    return {group.name: group for group in found}


def _groups_in_figure(release: Release, figure: Figure) -> list[ComparedGroup]:
    table = figure.table
    if "refused" in table or not table["rows"]:
        return []
    labels = {row["id"]: row["label"] for row in table["rows"]}
    if figure.kind == "themes":
        people = {row["id"]: row["value"] for row in table["rows"]}
        return _build_group(release, "", "", "Everyone", table["base"], people, labels)
    return [
        group
        for at, (column, total) in enumerate(zip(table["columns"], table["column_totals"], strict=True))
        if column["id"] != NOT_A_GROUP
        for group in _build_group(
            release,
            figure.key,
            column["id"],
            column["label"],
            total["value"],
            {row["id"]: row["cells"][at]["value"] for row in table["rows"]},
            labels,
        )
    ]


def _build_group(
    release: Release,
    facet: str,
    column: str,
    label: str,
    base: int | None,
    people: dict[str, int | None],
    labels: dict[str, str],
) -> list[ComparedGroup]:
    """[group]; [] if its base is hidden or too small for percentages."""
    if base is None or base < rules_for().min_base:
        return []
    name = f"{release.pk}.{facet}.{column}" if facet else str(release.pk)
    return [ComparedGroup(name, label, release, facet, column, base, people, labels)]


def compare_groups(one: ComparedGroup, other: ComparedGroup) -> list[ComparedTheme]:
    """Themes of both groups, widest gap first, hidden numbers last. Raises CannotCompare."""
    _require_no_overlap(one, other)
    labels = {**other.labels, **one.labels}
    shared = [theme for theme in labels if theme in one.people and theme in other.people]
    shares = {theme: (_share_of_theme(one, theme), _share_of_theme(other, theme)) for theme in shared}
    looks = sum(a is not None and b is not None for a, b in shares.values())
    lines = [_compare_theme(theme, labels[theme], *shares[theme], looks) for theme in shared]
    seen = [line for line in lines if line.one or line.other]
    return sorted(seen, key=lambda line: (line.gap is None, -abs(line.gap.value) if line.gap else 0, line.label))


def _require_no_overlap(one: ComparedGroup, other: ComparedGroup) -> None:
    if one.name == other.name:
        raise CannotCompare("These are the same group. Choose another beside it.")
    if one.release.consultation_id != other.release.consultation_id:
        return
    if one.release.pk != other.release.pk:
        raise CannotCompare("Many people are in both releases. A theme's own page shows how it moved between them.")
    if one.facet != other.facet or not one.facet:
        raise CannotCompare("Some people are in both groups. Choose two groups of one question, or two consultations.")


def _share_of_theme(group: ComparedGroup, theme: str) -> Share | None:
    value = group.people[theme]
    return None if value is None else Share(min(value, group.base), group.base)


def _compare_theme(theme: str, label: str, one: Share | None, other: Share | None, looks: int) -> ComparedTheme:
    if one is None or other is None:
        return ComparedTheme(theme, label, one, other)
    gap = share_difference(one, other)
    together = share_difference(one, other, bonferroni_z(looks))
    return ComparedTheme(
        theme,
        label,
        one,
        other,
        gap,
        share_ratio(one, other),
        clear=not gap.includes(0),
        likely=not together.includes(0),
    )
