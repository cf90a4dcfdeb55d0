"""What the newest published release of each consultation shows of its themes. Only figures after disclosure control."""

from dataclasses import dataclass
from typing import Any

from insights.coding.models import ThemeEntry
from insights.reports.models import Figure, Release
from insights.reports.voices.models import MinorityVoice

GRAVE = 2  # from "some worry" on


@dataclass(frozen=True)
class Spoken:
    """A theme as a release shows it. `people` None: hidden, and it looks the same whether few spoke of it or nobody."""

    release: Release
    entry: ThemeEntry
    people: int | None
    percent: int | None
    low: int | None
    high: int | None
    voice: bool = False  # what few people said of it stands in the release, in words that two people approved

    @property
    def weighs(self) -> bool:
        """Somebody spoke of it, as far as a release may say so."""
        return self.people is not None or self.voice

    @property
    def may_weigh(self) -> bool:
        """Grave, with a hidden number: perhaps a few people spoke of it, perhaps nobody."""
        return not self.weighs and self.entry.gravity >= GRAVE

    @property
    def strands(self) -> set[str]:
        return {str(link["strand"]) for link in self.entry.links if link.get("strand")}


def newest() -> list[Release]:
    """The newest published release of each consultation."""
    found: dict[int, Release] = {}
    published = Release.objects.published().select_related("consultation").defer("consultation__body")
    for release in published.order_by("-published_on", "-number"):
        found.setdefault(release.consultation_id, release)
    return list(found.values())


def spoken(releases: list[Release]) -> list[Spoken]:
    """Every theme of these releases that has a figure there."""
    tables = _tables([release.pk for release in releases])
    versions = {release.codebook_version_id for release in releases}
    entries = {
        (entry.version_id, str(entry.theme_id)): entry
        for entry in ThemeEntry.objects.filter(version__in=versions).select_related("theme")
    }
    voices = set(MinorityVoice.objects.shown().filter(release__in=releases).values_list("release_id", "theme_id"))
    return [
        Spoken(
            release,
            entries[release.codebook_version_id, row["id"]],
            **_numbers(row),
            voice=(release.pk, int(row["id"])) in voices,
        )
        for release in releases
        for row in tables.get(release.pk, [])
        if (release.codebook_version_id, row["id"]) in entries
    ]


def seen_in(releases: set[int]) -> dict[tuple[int, int], dict[str, Any]]:
    """{(release, theme): its row}."""
    return {(pk, int(row["id"])): row for pk, rows in _tables(list(releases)).items() for row in rows}


def _tables(releases: list[int]) -> dict[int, list[dict[str, Any]]]:
    figures = Figure.objects.filter(release__in=releases, kind="themes", key="all")
    return {pk: table.get("rows", []) for pk, table in figures.values_list("release_id", "table")}


def _numbers(row: dict[str, Any]) -> dict[str, Any]:
    return {"people": row.get("value")} | {name: row.get(name) for name in ("percent", "low", "high")}
