"""Pairs of themes that the same people spoke of more often than chance would give, from released tables alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from insights.coding.models import ThemeEntry
from insights.releases.group_differences import GroupDifference, list_clear_differences
from insights.releases.models import Figure, Release
from insights.releases.stored_figures import OWN_CELL, WAITING, is_machine_coded
from insights.releases.theme_evidence import list_newest_releases

SAID_TOGETHER = "themes-with"


@dataclass(frozen=True)
class ThemePair:
    """`people` spoke of both, as coded: None where the corrected total of one of the two is smaller. `by_chance` would have,
    if speaking of one had nothing to do with the other."""

    labels: tuple[str, str]
    people: int | None
    by_chance: int


@dataclass(frozen=True)
class PairsOfRelease:
    """`withheld`: whether too few people, or nobody, spoke of some pairs to show a number."""

    release: Release
    looks: int
    pairs: list[ThemePair]
    withheld: bool
    machine_coded: bool


def list_releases_with_pairs() -> list[Release]:
    """The newest of each consultation that has such a table: not each release draws one."""
    return list_newest_releases(with_figures=[SAID_TOGETHER])


def list_theme_pairs(releases: Iterable[Release], point: str = "") -> list[PairsOfRelease]:
    """Of each release with such a table, in the releases' order; with `point`, pairs with a theme of that point of the
    strategy."""
    by_pk = {release.pk: release for release in releases}
    figures = Figure.objects.filter(release__in=by_pk, kind=SAID_TOGETHER, key="all")
    tables = {pk: table for pk, table in figures.values_list("release_id", "table") if not table.get("refused")}
    versions = {release.codebook_version_id for release in by_pk.values()}
    points = {
        (entry.version_id, str(entry.theme_id)): {link["sub_point"] for link in entry.links}
        for entry in ThemeEntry.objects.filter(version__in=versions)
    }
    return [
        _read_table(release, tables[pk], lambda id_, of=release.codebook_version_id: points.get((of, id_), ()), point)
        for pk, release in by_pk.items()
        if pk in tables
    ]


def _read_table(release: Release, table: dict[str, Any], points_of: Any, point: str) -> PairsOfRelease:
    def counts(one: str, other: str) -> bool:
        return not point or point in {*points_of(one), *points_of(other)}

    looks, clear = list_clear_differences(table)
    totals = {row["id"]: row["value"] for row in table["rows"]}
    found: dict[frozenset[str], ThemePair] = {}
    for one in clear:
        ids = one.row["id"], one.column["id"]
        if one.more and counts(*ids):
            found.setdefault(frozenset(ids), _build_pair(one, table, totals))
    shown: set[frozenset[str]] = set()
    hidden: set[frozenset[str]] = set()
    for row in table["rows"]:
        for column, cell in zip(table["columns"], row["cells"], strict=True):
            if cell["symbol"] not in (OWN_CELL, WAITING) and counts(row["id"], column["id"]):
                (hidden if cell["value"] is None else shown).add(frozenset((row["id"], column["id"])))
    return PairsOfRelease(release, looks, list(found.values()), bool(hidden - shown), is_machine_coded(table))


def _build_pair(one: GroupDifference, table: dict[str, Any], totals: dict[str, int | None]) -> ThemePair:
    """By chance, as many of the people of one theme would speak of the other as of everyone who wrote words."""
    whole = one.row.get("coded", one.row["value"])
    labels = sorted((str(one.row["label"]), str(one.column["label"])))
    least = min(
        (total for id_ in (one.row["id"], one.column["id"]) if (total := totals.get(id_)) is not None), default=None
    )
    people = one.share.people if least is None or one.share.people <= least else None
    return ThemePair((labels[0], labels[1]), people, round(whole * one.share.base / table["base"]))
