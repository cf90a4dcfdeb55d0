"""How well a question was answered, from figures that went through disclosure control, and from nothing else.

Shares are rounded to five in a hundred and shown for thirty people or more: a bank of questions needs no more, and two
of its numbers never give a third.
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
    """Percent of those who were shown a question; None where that is not to be told."""

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
    """The last published release of each consultation."""
    published = Release.objects.published().filter(consultation__in=pages).order_by("number")
    return {release.consultation_id: release for release in published}


def _tables(releases: Iterable[Release]) -> dict[tuple[int, str], list[dict[str, Any]]]:
    """By release and question; a grid has one table for each of its rows."""
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
    """Of two protected numbers."""
    if part is None or not whole or min(part, whole) < FEWEST:
        return None
    return min(100, STEP * round(100 * part / whole / STEP))


def _refused(table: dict[str, Any]) -> int | None:
    row = next((row for row in table.get("rows", ()) if row["id"] == "na"), None)
    percent = row["percent"] if row and (table.get("base") or 0) >= FEWEST else None
    return None if percent is None else STEP * round(percent / STEP)


def _lowest(shares: list[int | None]) -> int | None:
    """Of the rows of a grid; unknown where one of them is."""
    known = [one for one in shares if one is not None]
    return min(known) if known and len(known) == len(shares) else None


def _highest(shares: list[int | None]) -> int | None:
    known = [one for one in shares if one is not None]
    return max(known) if known and len(known) == len(shares) else None
