"""What a release says of places, by area and by type of place: for meetings on licensing, transport and planning."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from consultation import handover
from consultation.surveys.questionnaire_schema import Questionnaire, localised_text
from insights.coding.models import ThemeEntry
from insights.releases.crossed_questions import question_by_key
from insights.releases.models import Figure, Release
from insights.releases.stored_figures import is_machine_coded
from insights.workspace.place_summary.closed_labels import read_place_theme, read_place_type, read_unsafe_answer

SPOKE_OF = "Spoke of it"


@dataclass(frozen=True)
class PlaceRow:
    """`total` and `cells`, one for each area, are as the release froze them."""

    place: str
    said: str
    total: dict[str, Any]
    cells: list[dict[str, Any]]

    @property
    def is_shown(self) -> bool:
        return any(one["value"] is not None for one in (self.total, *self.cells))


@dataclass(frozen=True)
class PlaceTable:
    release: Release
    areas: list[str]
    rows: list[PlaceRow]
    tables: list[dict[str, Any]]  # the frozen ones behind it, for the disclosure log

    @property
    def machine_coded(self) -> bool:
        return any(is_machine_coded(table) for table in self.tables)


def list_place_tables(releases: Iterable[Release]) -> list[PlaceTable]:
    """One of each release that has an area and a number on a type of place, in the releases' order."""
    releases = list(releases)
    versions = handover.load_newest_versions({release.consultation_id for release in releases})
    found = []
    for release in releases:
        if version := versions.get(release.consultation_id):
            table = _build_table(release, Questionnaire(version.content))
            found += [table] if table.rows else []
    return found


def _build_table(release: Release, questionnaire: Questionnaire) -> PlaceTable:
    area = next((item["id"] for item in questionnaire.questions if item.get("about_you") == "area"), None)
    if area is None:
        return PlaceTable(release, [], [], [])
    figures = {(one.kind, one.key): one for one in Figure.objects.filter(release=release, key__startswith=area)}
    rows: list[PlaceRow] = []
    used: list[Figure] = []
    for figure, more in (
        *_read_themes(figures.get(("themes-by", area)), release),
        *(found for item in questionnaire.questions for found in _read_grid(figures, area, item)),
    ):
        rows += more
        used.append(figure)
    areas = [column["label"] for column in used[0].table["columns"]] if used else []
    return PlaceTable(release, areas, [row for row in rows if row.is_shown], [one.table for one in used])


def _read_themes(figure: Figure | None, release: Release) -> Iterator[tuple[Figure, list[PlaceRow]]]:
    if figure is None or figure.table.get("refused"):
        return
    entries = ThemeEntry.objects.filter(version=release.codebook_version_id).select_related("theme")
    labels = {str(one.theme_id): read_place_theme(one.theme.slug, one.place_types) for one in entries}
    rows = [row for row in figure.table["rows"] if labels.get(row["id"])]
    yield figure, [PlaceRow(labels[row["id"]], SPOKE_OF, row, row["cells"]) for row in rows]


def _read_grid(
    figures: dict[tuple[str, str], Figure], area: str, item: dict[str, Any]
) -> Iterator[tuple[Figure, list[PlaceRow]]]:
    """For each row of the question that is a type of place: the answers that call it unsafe."""
    for asked in item["rows"]:
        place = read_place_type(localised_text(asked["text"], "en"))
        figure = figures.get(("question-by", question_by_key(area, f"{item['id']}:{asked['id']}")))
        if place and figure is not None and not figure.table.get("refused"):
            rows = [(read_unsafe_answer(row["label"]), row) for row in figure.table["rows"]]
            yield figure, [PlaceRow(place, said, row, row["cells"]) for said, row in rows if said]
