"""The figures of a question over the waves that asked it in the same words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from insights.releases.models import Figure, Release
from insights.workspace.waves import list_earlier_waves


@dataclass(frozen=True)
class QuestionOverWaves:
    """`rows` are (label, its rows in each of `releases`, oldest first); None: that wave did not offer the answer."""

    title: str
    releases: list[Release]
    rows: list[tuple[str, list[dict[str, Any] | None]]]


def list_over_waves(release: Release, figures: Iterable[Figure]) -> list[QuestionOverWaves]:
    """One for each figure that an earlier wave has too; empty where there is none."""
    waves = list_earlier_waves([release])[release.pk]
    if not waves:
        return []
    found = Figure.objects.filter(release__in=waves, kind__in=("question", "about"))
    earlier = {(figure.release_id, figure.kind, figure.key): figure for figure in found}
    return [over for figure in figures if (over := _compare(release, waves, figure, earlier))]


def _compare(
    release: Release, waves: list[Release], figure: Figure, earlier: dict[Any, Figure]
) -> QuestionOverWaves | None:
    """A question whose words were changed is another question, whatever its id."""
    asked = [
        (wave, same)
        for wave in waves
        if (same := earlier.get((wave.pk, figure.kind, figure.key))) and same.title == figure.title
    ]
    if not asked:
        return None
    tables = [{row["label"]: row for row in one.table["rows"]} for one in (*(same for _, same in asked), figure)]
    rows = [(row["label"], [table.get(row["label"]) for table in tables]) for row in figure.table["rows"]]
    return QuestionOverWaves(figure.title, [*(wave for wave, _ in asked), release], rows)
