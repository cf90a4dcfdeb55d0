"""Response rates of questions in the bank, from figures after disclosure control only.

Shares are rounded to five percent and shown for thirty people or more, so that no two of them give away a third
number.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from consultation.questionnaires.starting.bank import Use
from insights.reports.disclosure import DEFAULT
from insights.reports.models import Figure, Release

KINDS = ("question", "about")
STEP = 5
FEWEST = max(DEFAULT.min_base, 30)


@dataclass(frozen=True)
class Answered:
    """Percent of the people who were shown the question; None if suppressed."""

    page: Any
    answered: int | None = None
    refused: int | None = None
    of_all: bool = True
    released: bool = False


def by_use(uses: Iterable[Use]) -> list[Answered]:
    uses = list(uses)
    newest = _newest({use.page.pk for use in uses})
    tables = _tables(newest.values())
    return [_answered(use, newest.get(use.page.pk), tables) for use in uses]


def _newest(pages: set[int]) -> dict[int, Release]:
    """{consultation id: last published release}."""
    published = Release.objects.published().filter(consultation__in=pages).order_by("number")
    return {release.consultation_id: release for release in published}


def _tables(releases: Iterable[Release]) -> dict[tuple[int, str], list[dict[str, Any]]]:
    """{(release id, question key): tables}; a grid has one table per row."""
    found: dict[tuple[int, str], list[dict[str, Any]]] = {}
    for figure in Figure.objects.filter(release__in=list(releases), kind__in=KINDS):
        found.setdefault((figure.release_id, figure.key.partition(":")[0]), []).append(figure.table)
    return found


def _answered(use: Use, release: Release | None, tables: dict[tuple[int, str], list[dict[str, Any]]]) -> Answered:
    if release is None:
        return Answered(use.page)
    found = tables.get((release.pk, use.block), [])
    shown = release.people if use.of_all else None
    shares = [share(table.get("base"), shown) for table in found]
    refused = [_refused(table) for table in found]
    return Answered(use.page, _lowest(shares), _highest(refused), use.of_all, bool(found))


def share(part: int | None, whole: int | None) -> int | None:
    """Rounded percentage of two protected numbers; None if one is too small."""
    if part is None or not whole or min(part, whole) < FEWEST:
        return None
    return min(100, STEP * round(100 * part / whole / STEP))


def _refused(table: dict[str, Any]) -> int | None:
    row = next((row for row in table.get("rows", ()) if row["id"] == "na"), None)
    percent = row["percent"] if row and (table.get("base") or 0) >= FEWEST else None
    return None if percent is None else STEP * round(percent / STEP)


def _lowest(shares: list[int | None]) -> int | None:
    """Lowest share of a grid's rows; None if any is unknown."""
    known = [one for one in shares if one is not None]
    return min(known) if known and len(known) == len(shares) else None


def _highest(shares: list[int | None]) -> int | None:
    known = [one for one in shares if one is not None]
    return max(known) if known and len(known) == len(shares) else None
