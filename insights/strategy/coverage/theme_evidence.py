"""The themes of the newest releases as evidence: a few queries for any number of releases, none on answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from insights.coding.models import ThemeEntry
from insights.releases.models import Figure, Release


@dataclass(frozen=True)
class ThemeEvidence:
    """One theme of one release. `value` None: hidden or nobody; `base`: people with words."""

    release: Release
    entry: ThemeEntry
    row: dict[str, Any]
    base: int | None

    @property
    def theme(self) -> int:
        return self.entry.theme_id

    @property
    def value(self) -> int | None:
        return self.row["value"]

    @property
    def audience(self) -> str:
        return self.release.consultation.audience

    @property
    def points(self) -> list[str]:
        """Slugs of the theme's sub-points, by the release's codebook version."""
        return [link["sub_point"] for link in self.entry.links]


def newest_releases() -> list[Release]:
    """The newest published release of each consultation, newest first."""
    newest: dict[int, Release] = {}
    rows = Release.objects.published().select_related("consultation", "codebook_version").defer("consultation__body")
    for release in rows.order_by("-published_on", "-number"):
        newest.setdefault(release.consultation_id, release)
    return list(newest.values())


def list_theme_evidence(releases: Iterable[Release]) -> list[ThemeEvidence]:
    """Every theme of every release with a theme table, in the releases' order; two queries."""
    releases = list(releases)
    entries = theme_entries_of(releases)
    return [
        ThemeEvidence(release, entries[release.codebook_version_id, int(row["id"])], row, figure.table["base"])
        for release, figure in theme_figures(releases)
        for row in figure.table["rows"]
    ]


def theme_figures(releases: list[Release]) -> list[tuple[Release, Figure]]:
    rows = Figure.objects.filter(release__in=[release.pk for release in releases], kind="themes", key="all")
    found = {figure.release_id: figure for figure in rows}
    return [(release, found[release.pk]) for release in releases if release.pk in found]


def theme_entries_of(releases: list[Release]) -> dict[tuple[int, int], ThemeEntry]:
    """{(codebook version id, theme id): entry}."""
    versions = {release.codebook_version_id for release in releases}
    rows = ThemeEntry.objects.filter(version__in=versions).select_related("theme")
    return {(entry.version_id, entry.theme_id): entry for entry in rows}
