"""The figures of a question over the waves that asked it in the same words: of everyone, and of each group."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from consultation.domain.confidence_intervals import wilson_interval
from insights.disclosure.disclosure_presets import rules_for
from insights.releases.models import Figure, Release
from insights.releases.stored_figures import is_no_answer
from insights.workspace.waves import list_earlier_waves


@dataclass(frozen=True)
class QuestionOverWaves:
    """`rows` are (label, its rows in each of `releases`, oldest first); None: that wave did not offer the answer."""

    title: str
    releases: list[Release]
    rows: list[tuple[str, list[dict[str, Any] | None]]]
    machine_coded: bool = False  # then its cells have no interval: nobody has checked them against what people read


def list_over_waves(release: Release, figures: Iterable[Figure]) -> list[QuestionOverWaves]:
    """One for each figure that an earlier wave has too; empty where there is none."""
    found = []
    for figure, releases, tables in _find_asked_again(release, figures):
        rows = [{row["label"]: row for row in table["rows"]} for table in tables]
        found.append(QuestionOverWaves(figure.title, releases, _put_beside(figure, rows)))
    return found


def list_groups_over_waves(release: Release, figure: Figure) -> list[QuestionOverWaves]:
    """A two-way table over the waves: one for each of its groups, by the words of the group."""
    found = []
    for _, releases, tables in _find_asked_again(release, [figure]):
        machine = any("coded" in row for table in tables for row in table["rows"])
        for column in figure.table["columns"]:
            if not is_no_answer(column):
                rows = [_read_group(table, column, machine) for table in tables]
                found.append(QuestionOverWaves(column["label"], releases, _put_beside(figure, rows), machine))
    return found


def _find_asked_again(
    release: Release, figures: Iterable[Figure]
) -> Iterable[tuple[Figure, list[Release], list[dict[str, Any]]]]:
    """(figure, releases, their tables), oldest first, the figure's own last. A question whose words were changed is
    another question, whatever its id."""
    figures, waves = list(figures), list_earlier_waves([release])[release.pk]
    keys, kinds = {figure.key for figure in figures}, {figure.kind for figure in figures}
    same = Figure.objects.filter(release__in=waves, key__in=keys, kind__in=kinds) if waves else ()
    earlier = {(one.release_id, one.kind, one.key, one.title): one for one in same}
    for figure in figures:
        asked = [(wave, earlier.get((wave.pk, figure.kind, figure.key, figure.title))) for wave in waves]
        found = [(wave, one.table) for wave, one in asked if one is not None]
        if found:
            yield figure, [*(wave for wave, _ in found), release], [*(table for _, table in found), figure.table]


def _put_beside(figure: Figure, found: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any] | None]]]:
    return [(row["label"], [rows.get(row["label"]) for rows in found]) for row in figure.table["rows"]]


def _read_group(table: dict[str, Any], column: dict[str, str], machine: bool) -> dict[str, Any]:
    """{label: its cell among the people of this group, with its interval unless a machine coded it}; empty
    where the wave has no such group."""
    places = [at for at, each in enumerate(table["columns"]) if each["label"] == column["label"]]
    return {
        row["label"]: _add_interval(row["cells"][at], None if machine else table["column_totals"][at]["value"])
        for at in places
        for row in table["rows"]
    }


def _add_interval(cell: dict[str, Any], people: int | None) -> dict[str, Any]:
    if cell["percent"] is None or not people:
        return cell
    low, high = wilson_interval(min(cell["value"], people), people, noise=rules_for().noise).percent()
    return cell | {"low": low, "high": high}
