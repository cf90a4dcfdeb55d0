"""Pairs of themes that the same people spoke of, from released tables alone: those said together more often than chance
would give, and, with themes of one point of the strategy, each pair that has a number or is said of nearly all."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from insights.coding.models import ThemeEntry
from insights.disclosure.disclosure_rules import NEARLY_ALL, NEARLY_ALL_OF_ROW
from insights.releases.group_differences import list_clear_differences
from insights.releases.models import Figure, Release
from insights.releases.stored_figures import OWN_CELL, WAITING, is_machine_coded
from insights.releases.theme_evidence import list_newest_releases

SAID_TOGETHER = "themes-with"


@dataclass(frozen=True)
class ThemePair:
    """`people` spoke of both, as coded: None where the corrected total of one of the two is smaller. `by_chance` would have,
    if speaking of one had nothing to do with the other. `is_clear`: whether the difference is more than chance."""

    labels: tuple[str, str]
    people: int | None
    by_chance: int
    is_clear: bool
    nearly_all: bool = False  # of those who spoke of one: there is no number then

    @property
    def is_shown(self) -> bool:
        return self.people is not None or self.nearly_all


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
    """Of each release with such a table, in the releases' order, the clear ones; with `point`, each pair with a theme of
    that point of the strategy that is told, the clear ones first."""
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
    found: dict[frozenset[str], ThemePair] = {}
    for one in clear:
        ids = one.row["id"], one.column["id"]
        if one.more and counts(*ids):
            pair = _build_pair(one.row, one.column, one.share.people, one.share.base, table, is_clear=True)
            found.setdefault(frozenset(ids), pair)
    more: dict[frozenset[str], ThemePair] = {}
    hidden: set[frozenset[str]] = set()
    for row in table["rows"]:
        for column, cell, total in zip(table["columns"], row["cells"], table["column_totals"], strict=True):
            if cell["symbol"] in (OWN_CELL, WAITING) or not counts(row["id"], column["id"]):
                continue
            both = frozenset((row["id"], column["id"]))
            if cell["symbol"] in (NEARLY_ALL, NEARLY_ALL_OF_ROW):
                pair = _build_pair(row, column, 0, total["value"], table, is_clear=False)
                more[both] = replace(pair, people=None, nearly_all=True)
            elif cell["value"] is None:
                hidden.add(both)
            else:
                more[both] = _build_pair(row, column, cell["value"], total["value"], table, is_clear=False)
    others = sorted(
        (more[both] for both in more.keys() - found.keys()), key=lambda pair: (-(pair.people or 0), pair.labels)
    )
    pairs = [*found.values(), *(others if point else ())]
    return PairsOfRelease(release, looks, pairs, bool(hidden - more.keys()), is_machine_coded(table))


def _build_pair(
    row: dict[str, Any], column: dict[str, Any], both: int, of: int | None, table: dict[str, Any], *, is_clear: bool
) -> ThemePair:
    """By chance, as many of the people of one theme would speak of the other as of everyone who wrote words."""
    totals = [each["value"] for each in table["rows"] if each["id"] in (row["id"], column["id"])]
    least = min((total for total in totals if total is not None), default=both)
    labels = sorted((str(row["label"]), str(column["label"])))
    by_chance = round((row.get("coded") or row["value"] or 0) * (of or 0) / table["base"])
    return ThemePair((labels[0], labels[1]), both if both <= least else None, by_chance, is_clear)
