"""Change of a theme between releases of a consultation, with its interval, and its trend."""

from dataclasses import dataclass
from typing import Any

from consultation.domain.confidence_intervals import wilson_interval
from insights.disclosure.disclosure_presets import rules_for
from insights.disclosure.rules_wording import wording_of
from insights.releases.models import Release
from insights.releases.theme_evidence import theme_tables_of
from insights.workspace.group_comparison.share_statistics import Share, format_signed, share_difference

MOST_RELEASES = 6  # releases in one chart, so that it fits a phone


@dataclass(frozen=True)
class ThemeChange:
    """A change in percentage points. Many people are in both releases, so the true interval is narrower."""

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
    """The rows of `theme_rows`, each with its `change` since the previous release, if both numbers are shown."""
    return add_changes_by_release([release], {release.pk: rows})[release.pk]


def add_changes_by_release(
    releases: list[Release], rows: dict[int, list[dict[str, Any]]]
) -> dict[int, list[dict[str, Any]]]:
    """The same for many releases, in two queries."""
    last = _find_previous_releases(releases)
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


def _find_previous_releases(releases: list[Release]) -> dict[int, Release]:
    """{release id: previous published release}."""
    pages = {release.consultation_id for release in releases}
    found: dict[int, Release] = {}
    for older in Release.objects.published().filter(consultation__in=pages).order_by("number"):
        for release in releases:
            if older.consultation_id == release.consultation_id and older.number < release.number:
                found[release.pk] = older
    return found


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
    """A theme over its consultation's releases for `trend_chart`; None if there is only one release, or no number."""
    releases = list(Release.objects.published().filter(consultation=release.consultation_id).order_by("number"))[
        -MOST_RELEASES:
    ]
    tables = theme_tables_of(one.pk for one in releases)
    if len(releases) < 2:
        return None
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
        "marks": [str(one.number) for one in releases],
        "releases": releases,
        "rules": wording_of(*(one.rules for one in releases)),
    }


def _share_in_table(table: dict[str, Any] | None, theme: str) -> Share | None:
    if table is None:
        return None
    row = next((row for row in table["rows"] if row["id"] == theme), None)
    return build_share(row["value"], table["base"]) if row else None
