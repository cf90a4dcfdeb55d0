"""Change of a theme between waves of a consultation, with its interval, and its trend."""

from dataclasses import dataclass
from typing import Any

from consultation.domain.confidence_intervals import difference_interval, format_signed
from insights.disclosure.rules_wording import wording_of
from insights.releases.models import Release
from insights.releases.share_statistics import Share, share_difference
from insights.releases.stored_figures import is_estimated
from insights.releases.theme_evidence import theme_tables_of
from insights.releases.waves import list_earlier_waves

COUNTED_OTHERWISE = (
    "Themes of an earlier wave were counted in another way, so they are not compared with these: one of the two counted "
    "what a machine proposed, the other is corrected by what people read."
)


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
    if not last:
        return rows
    tables = theme_tables_of(release.pk for release in last.values())
    return {
        release.pk: [
            row | _compare_row(row, last[release.pk], tables.get(last[release.pk].pk)) if release.pk in last else row
            for row in rows[release.pk]
        ]
        for release in releases
    }


def _compare_row(row: dict[str, Any], release: Release, table: dict[str, Any] | None) -> dict[str, Any]:
    """{"change", "unlike"}: the change, if there is one, and whether the two waves were counted in different ways."""
    was = _find_row(table, row["id"])
    if table is None or was is None or row["value"] is None or was["value"] is None:
        return {"change": None, "unlike": False}
    if is_estimated(table) != ("read" in row):
        return {"change": None, "unlike": True}
    return {"change": _estimate_change(release, row, row["base"], was, table["base"]), "unlike": False}


def _estimate_change(
    release: Release, row: dict[str, Any], base: int | None, was: dict[str, Any], base_then: int | None
) -> ThemeChange | None:
    now, before = _build_share(row, base), _build_share(was, base_then)
    if now is None or before is None:
        return None
    found = share_difference(now, before)
    # The stored intervals of both numbers include the doubt of an estimate.
    low, high = difference_interval(
        (100 * now.part, row["low"], row["high"]), (100 * before.part, was["low"], was["high"])
    )
    return ThemeChange(release, found.value, min(found.low, low), max(found.high, high))


def explain_no_change(rows: list[dict[str, Any]]) -> str:
    """Why these rows of `add_changes` tell no change; "" where they may."""
    return COUNTED_OTHERWISE if any(row.get("unlike") for row in rows) else ""


def _find_row(table: dict[str, Any] | None, theme: str) -> dict[str, Any] | None:
    return next((row for row in table["rows"] if row["id"] == theme), None) if table else None


def _build_share(row: dict[str, Any], base: int | None) -> Share | None:
    """The share from shown numbers; None if one is hidden or the base is too small for percentages."""
    if base is None or row.get("percent") is None:
        return None
    return Share(min(row["value"], base), base)


def build_theme_trend(release: Release, theme: int, name: str) -> dict[str, Any] | None:
    """A theme over the waves for `trend_chart`; None if there is only one wave, or no number. Waves whose themes were
    counted otherwise are left out, and `unlike` says why."""
    waves = [*list_earlier_waves([release])[release.pk], release]
    if len(waves) < 2:
        return None
    tables = theme_tables_of(one.pk for one in waves)
    counted = {
        pk: is_estimated(table)
        for pk, table in tables.items()
        if any(row["value"] is not None for row in table["rows"])
    }
    newest = next((counted[one.pk] for one in reversed(waves) if one.pk in counted), None)
    if newest is None:
        return None
    releases = [one for one in waves if counted.get(one.pk, newest) == newest]
    rows = [_find_row(tables.get(one.pk), str(theme)) or {} for one in releases]
    unlike = COUNTED_OTHERWISE if len(releases) < len(waves) else ""
    if not any(row.get("percent") is not None for row in rows):
        return None
    line = {
        "name": name,
        "percents": [row.get("percent") for row in rows],
        "lows": [row.get("low") for row in rows],
        "highs": [row.get("high") for row in rows],
        "symbols": [row.get("symbol", "") for row in rows],
    }
    return {
        "series": [line] if len(releases) > 1 else [],
        "marks": [f"{one.made_on:%b %Y}" for one in releases],
        "releases": releases,
        "unlike": unlike,
        "rules": wording_of(*(one.rules for one in releases)),
    }
