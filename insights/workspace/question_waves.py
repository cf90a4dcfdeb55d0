"""The figures of a question over time: over the waves that asked it in the same words, of everyone and of each group, and
over the quarters of one consultation that are over."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from consultation.domain.calendar_quarters import Quarter
from consultation.domain.confidence_intervals import wilson_interval
from insights.disclosure.disclosure_presets import rules_for
from insights.releases.models import Figure, Release
from insights.releases.stored_figures import IN_PERIOD, is_no_answer
from insights.releases.waves import MOST_WAVES, list_earlier_waves


@dataclass(frozen=True)
class QuestionOverTime:
    """`times` are (name, its release or None), oldest first; `rows` are (label, its row at each of them), None where the
    answer was not offered."""

    title: str
    times: list[tuple[str, Release | None]]
    rows: list[tuple[str, list[dict[str, Any] | None]]]
    machine_coded: bool = False  # then its cells have no interval: nobody has checked them against what people read


def list_over_waves(release: Release, figures: Iterable[Figure]) -> list[QuestionOverTime]:
    """One for each figure that an earlier wave has too; empty where there is none."""
    found = []
    for figure, releases, tables in _find_asked_again(release, figures):
        rows = [{row["label"]: row for row in table["rows"]} for table in tables]
        found.append(QuestionOverTime(figure.title, _name_waves(releases), _put_beside(figure, rows)))
    return found


def list_groups_over_waves(release: Release, figure: Figure) -> list[QuestionOverTime]:
    """A two-way table over the waves: one for each of its groups, by the words of the group."""
    found = []
    for _, releases, tables in _find_asked_again(release, [figure]):
        machine = any("coded" in row for table in tables for row in table["rows"])
        for column in figure.table["columns"]:
            if not is_no_answer(column):
                rows = [_read_group(table, column, machine) for table in tables]
                found.append(
                    QuestionOverTime(column["label"], _name_waves(releases), _put_beside(figure, rows), machine)
                )
    return found


def list_over_periods(release: Release, figures: Iterable[Figure]) -> list[QuestionOverTime]:
    """One for each figure with a number in two closed quarters or more, asked in the same words; one query."""
    tables: dict[tuple[str, str], list[tuple[Quarter, dict[str, Any]]]] = defaultdict(list)
    for one in release.figures.filter(kind=IN_PERIOD):
        slug, _, key = one.key.partition("|")
        if (quarter := Quarter.named(slug)) and one.table["base"] is not None:
            tables[key, one.title].append((quarter, one.table))
    found = []
    for figure in figures:
        told = sorted(tables[figure.key, figure.title], key=lambda pair: pair[0])[-MOST_WAVES:]
        if len(told) > 1:
            rows = [{row["label"]: row for row in table["rows"]} for _, table in told]
            times: list[tuple[str, Release | None]] = [(str(quarter), None) for quarter, _ in told]
            found.append(QuestionOverTime(figure.title, times, _put_beside(figure, rows)))
    return found


def _name_waves(releases: list[Release]) -> list[tuple[str, Release | None]]:
    return [(one.consultation.title, one) for one in releases]


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
