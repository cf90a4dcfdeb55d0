"""What a release says of places, by area and by type of place: for meetings on licensing, transport and planning."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from consultation import handover
from consultation.domain.place_types import name_place_types
from consultation.surveys.questionnaire_schema import Questionnaire, localised_text
from insights.coding.models import ThemeEntry
from insights.releases.crossed_questions import question_by_key
from insights.releases.models import Figure, Release
from insights.releases.stored_figures import is_machine_coded
from insights.releases.theme_evidence import list_newest_releases
from insights.workspace.place_summary.place_labels import read_place_type, read_theme_words, read_unsafe_answer

type Figures = dict[tuple[str, str], Figure]  # of one release, by kind and key


@dataclass(frozen=True)
class PlaceRow:
    """`total` and `cells`, one for each area, are as the release froze them, and `of`: the people of all areas and of each,
    of whom they are parts."""

    place: str
    said: str
    total: dict[str, Any]
    cells: list[dict[str, Any]]
    of: list[dict[str, Any]]

    @property
    def is_shown(self) -> bool:
        return any(one["value"] is not None for one in (self.total, *self.cells))


@dataclass(frozen=True)
class PlaceTable:
    """`left_out`: rows of its questions that speak of no one type of place."""

    release: Release
    areas: list[str]
    rows: list[PlaceRow]
    left_out: int
    tables: list[dict[str, Any]]  # the frozen ones behind it, for the disclosure log

    @property
    def machine_coded(self) -> bool:
        return any(is_machine_coded(table) for table in self.tables)

    @property
    def shows_areas(self) -> bool:
        """Whether any area has a number; without one it says nothing about places in areas."""
        return any(cell["value"] is not None for row in self.rows for cell in row.cells)


@dataclass(frozen=True)
class AskedPlace:
    """A row of a question about places, and the key of its figure by area; `place` is "" where it is no one type."""

    place: str
    key: str


def list_place_tables(releases: Iterable[Release]) -> tuple[list[PlaceTable], list[Release]]:
    """(one of each release that has a number on a type of place in an area, the releases that may show no area): both in
    the releases' order, in three queries."""
    releases = list(releases)
    versions = handover.load_newest_versions({release.consultation_id for release in releases})
    asked = {
        release.pk: Questionnaire(versions[release.consultation_id].content)
        for release in releases
        if release.consultation_id in versions
    }
    areas = {pk: area for pk, one in asked.items() if (area := _find_area(one))}
    places = {pk: list(_list_asked_places(asked[pk], area)) for pk, area in areas.items()}
    figures = _load_figures(areas, places)
    entries = _load_entries(releases)
    found, without = [], []
    for release in releases:
        if (area := areas.get(release.pk)) is None:
            continue
        of = figures[release.pk]
        table = _build_table(release, of, area, places[release.pk], entries[release.codebook_version_id])
        if table.shows_areas and not _is_refused(of.get(("about", area))):
            found.append(table)
        elif table.rows or any(_is_refused(one) for one in of.values()):
            without.append(release)
    return found, without


def _find_area(asked: Questionnaire) -> str | None:
    return next((item["id"] for item in asked.questions if item.get("about_you") == "area"), None)


def _is_refused(figure: Figure | None) -> bool:
    return figure is not None and bool(figure.table.get("refused"))


def _list_asked_places(asked: Questionnaire, area: str) -> Iterator[AskedPlace]:
    for item in asked.questions:
        for row in item["rows"] if item.get("place_types") else ():
            place = read_place_type(localised_text(row["text"], "en"), item["place_types"])
            yield AskedPlace(place, question_by_key(area, f"{item['id']}:{row['id']}"))


def list_releases_by_group() -> list[Release]:
    """The newest of each consultation, or the newest that has tables by group: not each release draws them."""
    with_tables = list_newest_releases(with_figures=["themes-by", "question-by"])
    of = {release.consultation_id: release for release in with_tables}
    return [of.get(release.consultation_id, release) for release in list_newest_releases()]


def _load_figures(areas: dict[int, str], places: dict[int, list[AskedPlace]]) -> dict[int, Figures]:
    keys = {*areas.values(), *(one.key for asked in places.values() for one in asked)}
    found: dict[int, Figures] = defaultdict(dict)
    kinds = ("about", "themes-by", "question-by")
    for one in Figure.objects.filter(release__in=areas, kind__in=kinds, key__in=keys):
        found[one.release_id][one.kind, one.key] = one
    return found


def _load_entries(releases: list[Release]) -> dict[int, dict[str, ThemeEntry]]:
    """{codebook version: {theme id, as figures store it: its entry}} of themes about types of place."""
    found: dict[int, dict[str, ThemeEntry]] = defaultdict(dict)
    versions = {release.codebook_version_id for release in releases}
    for entry in ThemeEntry.objects.filter(version__in=versions).exclude(place_types=[]).select_related("theme"):
        found[entry.version_id][str(entry.theme_id)] = entry
    return found


def _build_table(
    release: Release, figures: Figures, area: str, places: list[AskedPlace], entries: dict[str, ThemeEntry]
) -> PlaceTable:
    themes = figures.get(("themes-by", area))
    read = [(figures.get(("question-by", one.key)), one.place) for one in places]
    used = [(figure, list(_read_grid(figure, place))) for figure, place in read if figure and place]
    if themes is not None:
        used.insert(0, (themes, list(_read_themes(themes, entries))))
    used = [(figure, rows) for figure, rows in used if not _is_refused(figure)]
    return PlaceTable(
        release,
        [column["label"] for column in used[0][0].table["columns"]] if used else [],
        [row for _, rows in used for row in rows if row.is_shown],
        sum(figure is not None and not place for figure, place in read),
        [figure.table for figure, _ in used],
    )


def _read_themes(figure: Figure, entries: dict[str, ThemeEntry]) -> Iterator[PlaceRow]:
    for row in figure.table["rows"]:
        if entry := entries.get(row["id"]):
            place = "; ".join(name_place_types(entry.place_types))
            yield PlaceRow(place, read_theme_words(entry.theme.slug), row, row["cells"], _list_bases(figure.table))


def _read_grid(figure: Figure, place: str) -> Iterator[PlaceRow]:
    """The answers that call the place unsafe."""
    for row in figure.table["rows"]:
        if said := read_unsafe_answer(row["label"]):
            yield PlaceRow(place, said, row, row["cells"], _list_bases(figure.table))


def _list_bases(table: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"value": table["base"], "symbol": ""}, *table["column_totals"]]
