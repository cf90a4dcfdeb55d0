"""Change of a theme between waves of a consultation, with its interval, and its trend."""

from dataclasses import dataclass
from typing import Any

from consultation.domain.confidence_intervals import wilson_interval
from insights.disclosure.disclosure_presets import rules_for
from insights.disclosure.rules_wording import wording_of
from insights.releases.models import Release
from insights.releases.theme_evidence import theme_tables_of
from insights.workspace.group_comparison.share_statistics import Share, format_signed, share_difference
from insights.workspace.waves import list_earlier_waves


@dataclass(frozen=True)
class ThemeChange:
    """A change in percentage points since an earlier wave, whose newest release is `release`."""

    release: Release
    value: float
    least: float
    most: float

    @property
    def clear(self) -> bool:
        return not self.least <= 0 <= self.most

    @property
    def points(self) -> str:
        points = round(self.value)
        return f"{format_signed(points)} {'point' if abs(points) == 1 else 'points'}"

    @property
    def low(self) -> str:
        return format_signed(self.least)

    @property
    def high(self) -> str:
        return format_signed(self.most)


def add_changes(release: Release, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of `theme_rows`, each with its `change` since the wave before, if both numbers are shown."""
    return add_changes_by_release([release], {release.pk: rows})[release.pk]


def add_changes_by_release(
    releases: list[Release], rows: dict[int, list[dict[str, Any]]]
) -> dict[int, list[dict[str, Any]]]:
    """The same for many releases, in three queries."""
    last = {pk: waves[-1] for pk, waves in list_earlier_waves(releases).items() if waves}
    tables = theme_tables_of(release.pk for release in last.values())
    return {
        release.pk: [
            row | {"change": _estimate_change(row, last.get(release.pk), tables.get(last[release.pk].pk))}
            if release.pk in last
            else row
            for row in rows[release.pk]
        ]
        for release in releases
    }


def _estimate_change(row: dict[str, Any], release: Release | None, table: dict[str, Any] | None) -> ThemeChange | None:
    now, was = build_share(row["value"], row["base"]), _share_in_table(table, row["id"])
    if release is None or now is None or was is None:
        return None
    found = share_difference(now, was)
    return ThemeChange(release, found.value, found.low, found.high)


def build_share(value: int | None, base: int | None) -> Share | None:
    """The share from shown numbers; None if one is hidden or the base is too small for percentages."""
    if value is None or base is None or base < rules_for().min_base:
        return None
    return Share(min(value, base), base)


def build_theme_trend(release: Release, theme: int, name: str) -> dict[str, Any] | None:
    """A theme over the waves for `trend_chart`; None if there is only one wave, or no number."""
    releases = [*list_earlier_waves([release])[release.pk], release]
    if len(releases) < 2:
        return None
    tables = theme_tables_of(one.pk for one in releases)
    shares = [_share_in_table(tables.get(one.pk), str(theme)) for one in releases]
    if not any(shares):
        return None
    ends = [
        wilson_interval(one.people, one.base, noise=rules_for().noise).percent() if one else (None, None)
        for one in shares
    ]
    line = {
        "name": name,
        "percents": [one.percent if one else None for one in shares],
        "lows": [low for low, _ in ends],
        "highs": [high for _, high in ends],
    }
    return {
        "series": [line],
        "marks": [f"{one.made_on:%b %Y}" for one in releases],
        "releases": releases,
        "rules": wording_of(*(one.rules for one in releases)),
    }


def _share_in_table(table: dict[str, Any] | None, theme: str) -> Share | None:
    if table is None:
        return None
    row = next((row for row in table["rows"] if row["id"] == theme), None)
    return build_share(row["value"], table["base"]) if row else None
