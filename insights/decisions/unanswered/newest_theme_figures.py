"""Themes in the newest published release of each consultation, after disclosure control."""

from dataclasses import dataclass
from typing import Any

from insights.coding.models import ThemeEntry
from insights.releases.minority_views.models import MinorityVoice
from insights.releases.models import Figure, Release

GRAVE = 2  # "some worry" and above


@dataclass(frozen=True)
class SpokenTheme:
    """A theme as a release shows it. `people` None: hidden, because few people or nobody spoke of it."""

    release: Release
    entry: ThemeEntry
    people: int | None
    percent: int | None
    low: int | None
    high: int | None
    voice: bool = False  # the release holds a minority voice on it, which two people approved

    @property
    def weighs(self) -> bool:
        """Whether the release may say that somebody spoke of it."""
        return self.people is not None or self.voice

    @property
    def may_weigh(self) -> bool:
        """Whether it is grave and its number hidden: a few people may have spoken of it, or nobody."""
        return not self.weighs and self.entry.gravity >= GRAVE

    @property
    def strands(self) -> set[str]:
        return {str(link["strand"]) for link in self.entry.links if link.get("strand")}


def list_newest_releases() -> list[Release]:
    """The newest published release of each consultation."""
    found: dict[int, Release] = {}
    published = Release.objects.published().select_related("consultation").defer("consultation__body")
    for release in published.order_by("-published_on", "-number"):
        found.setdefault(release.consultation_id, release)
    return list(found.values())


def list_spoken_themes(releases: list[Release]) -> list[SpokenTheme]:
    """Every theme with a figure in these releases."""
    tables = _theme_tables([release.pk for release in releases])
    versions = {release.codebook_version_id for release in releases}
    entries = {
        (entry.version_id, str(entry.theme_id)): entry
        for entry in ThemeEntry.objects.filter(version__in=versions).select_related("theme")
    }
    voices = set(MinorityVoice.objects.shown().filter(release__in=releases).values_list("release_id", "theme_id"))
    return [
        SpokenTheme(
            release,
            entries[release.codebook_version_id, row["id"]],
            people=row.get("value"),
            **{name: row.get(name) for name in ("percent", "low", "high")},
            voice=(release.pk, int(row["id"])) in voices,
        )
        for release in releases
        for row in tables.get(release.pk, [])
        if (release.codebook_version_id, row["id"]) in entries
    ]


def theme_rows_in(releases: set[int]) -> dict[tuple[int, int], dict[str, Any]]:
    """{(release id, theme id): row of the figure}."""
    return {(pk, int(row["id"])): row for pk, rows in _theme_tables(list(releases)).items() for row in rows}


def _theme_tables(releases: list[int]) -> dict[int, list[dict[str, Any]]]:
    figures = Figure.objects.filter(release__in=releases, kind="themes", key="all")
    return {pk: table.get("rows", []) for pk, table in figures.values_list("release_id", "table")}
