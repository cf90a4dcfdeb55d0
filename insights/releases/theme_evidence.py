"""What published releases say of each theme, after disclosure control: a few queries for any number of releases."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from insights.coding.models import ThemeEntry
from insights.releases.minority_views.models import MinorityVoice
from insights.releases.minority_views.policies import GRAVE
from insights.releases.models import Figure, Release
from insights.releases.stored_figures import WAITING, is_nearly_all, is_reported, weigh_row


@dataclass(frozen=True)
class ReleasedShare:
    """A theme or an answer as a release shows it: its stored `row`, among `base` people."""

    release: Release
    row: dict[str, Any]
    base: int | None

    @property
    def subject(self) -> str | int:
        """By which it is the same in other releases."""
        return self.label

    @property
    def label(self) -> str:
        return str(self.row["label"])

    @property
    def people(self) -> int | None:
        """None: hidden, because few people, nobody or nearly all spoke of it, or it waits for more reading."""
        return self.row["value"]

    @property
    def percent(self) -> int | None:
        return self.row.get("percent")

    @property
    def low(self) -> int | None:
        return self.row.get("low")

    @property
    def high(self) -> int | None:
        return self.row.get("high")

    @property
    def audience(self) -> str:
        return str(self.release.consultation.audience)

    @property
    def link(self) -> str:
        """The page of it, where it has one."""
        return ""


@dataclass(frozen=True)
class ThemeEvidence(ReleasedShare):
    """`row` is of the theme table; `base`: people with words."""

    entry: ThemeEntry
    words: str = ""  # the release's minority view on it, which two people approved

    @property
    def subject(self) -> int:
        return self.theme

    @property
    def online(self) -> bool:
        return self.entry.online

    @property
    def theme(self) -> int:
        return self.entry.theme_id

    @property
    def place(self) -> tuple[int, int]:
        """(consultation id, theme id)"""
        return self.release.consultation_id, self.theme

    @property
    def link(self) -> str:
        return self.url

    @property
    def points(self) -> list[str]:
        """Slugs of the theme's sub-points, by the release's codebook version."""
        return [link["sub_point"] for link in self.entry.links]

    @property
    def strands(self) -> set[str]:
        return {str(link["strand"]) for link in self.entry.links if link.get("strand")}

    @property
    def is_spoken_of(self) -> bool:
        """Whether the release may say that somebody spoke of it."""
        return self.is_reported or bool(self.words)

    @property
    def is_reported(self) -> bool:
        return is_reported(self.row)

    @property
    def is_nearly_all(self) -> bool:
        return is_nearly_all(self.row)

    @property
    def weight(self) -> int:
        """By which themes stand in order, most people first."""
        return weigh_row(self.row, self.base)

    @property
    def is_waiting(self) -> bool:
        """Whether it has no number yet, because people have read too few answers."""
        return bool(self.row["symbol"] == WAITING)

    @property
    def may_weigh(self) -> bool:
        """Whether it is grave and its number hidden: a few people may have spoken of it, or nobody."""
        return not self.is_spoken_of and not self.is_waiting and self.entry.gravity >= GRAVE

    @cached_property
    def url(self) -> str:
        return reverse("insights:theme", args=[self.release.pk, self.entry.theme.slug])


def list_newest_releases(
    *,
    since: date | None = None,
    until: date | None = None,
    with_figures: Sequence[str] = (),
    of_each: Callable[[Release], Any] = lambda release: release.consultation_id,
) -> list[Release]:
    """The newest published release of each consultation, or of what `of_each` tells apart, newest first. `since` and
    `until` limit the days of publication; of `with_figures`, kinds of figures, it has one at least."""
    days = {"published_on__gte": since, "published_on__lte": until}
    published = Release.objects.published().filter(**{name: day for name, day in days.items() if day})
    if with_figures:
        published = published.filter(Exists(Figure.objects.filter(release=OuterRef("pk"), kind__in=with_figures)))
    newest: dict[Any, Release] = {}
    rows = published.select_related("consultation", "codebook_version__codebook").defer("consultation__body")
    for release in rows.order_by("-published_on", "-number"):
        newest.setdefault(of_each(release), release)
    return list(newest.values())


def list_theme_evidence(
    releases: Iterable[Release], *, views: bool = False, tables: dict[int, dict[str, Any]] | None = None
) -> list[ThemeEvidence]:
    """Every theme of every release with a theme table, in the releases' order; two queries, and a third for `views`:
    the release's minority views, which a release without a table has too. `tables`: what `theme_tables_of` returns, if
    already fetched."""
    releases = list(releases)
    tables = theme_tables_of(release.pk for release in releases) if tables is None else tables
    versions = {release.codebook_version_id for release in releases}
    rows = ThemeEntry.objects.filter(version__in=versions).select_related("theme")
    entries = {(entry.version_id, str(entry.theme_id)): entry for entry in rows}
    few = MinorityVoice.objects.filter(release__in=releases).published().values_list("release", "theme", "words")
    heard = {(release, theme): words for release, theme, words in few} if views else {}
    return [
        ThemeEvidence(release, row, table.get("base"), entry, heard.get((release.pk, entry.theme_id), ""))
        for release in releases
        for table in [tables.get(release.pk, {})]
        for row in table.get("rows") or _build_rows_in_words(release, heard, entries)
        if (entry := entries.get((release.codebook_version_id, row["id"])))
    ]


def _build_rows_in_words(
    release: Release, heard: Iterable[tuple[int, int]], entries: dict[tuple[int, str], ThemeEntry]
) -> list[dict[str, Any]]:
    """Rows of the themes with a minority view, where the release shows no table of themes: so few people wrote words."""
    nothing = {"value": None, "symbol": "few people", "percent": None, "low": None, "high": None}
    found = (entries.get((release.codebook_version_id, str(theme))) for pk, theme in heard if pk == release.pk)
    return [{"id": str(entry.theme_id), "label": entry.label, **nothing} for entry in found if entry]


def theme_tables_of(releases: Iterable[int]) -> dict[int, dict[str, Any]]:
    """{release id: its theme table}."""
    figures = Figure.objects.filter(release__in=list(releases), kind="themes", key="all")
    return dict(figures.values_list("release_id", "table"))
