"""Response rates of questions in the bank, from figures after disclosure control only.

Shares are rounded to five percent and shown for thirty people or more, so that no two of them give away a third
number.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.dispatch import receiver

from consultation.surveys.starting_points.question_bank import QuestionUse, ResponseRate, response_rates_asked
from insights.disclosure.disclosure_presets import rules_for
from insights.releases.models import Figure, Release
from insights.releases.stored_figures import NO_ANSWER

KINDS = ("question", "about")
ROUNDING_STEP = 5
FEWEST = max(rules_for().min_base, 30)


@receiver(response_rates_asked)
def list_response_rates(uses: Sequence[QuestionUse], **_: Any) -> list[ResponseRate]:
    published = Release.objects.published().filter(consultation__in={use.page.pk for use in uses}).order_by("number")
    newest = {release.consultation_id: release for release in published}  # the last of each consultation
    tables = _group_tables(newest.values())
    return [_build_response_rate(use, newest.get(use.page.pk), tables) for use in uses]


def _group_tables(releases: Iterable[Release]) -> dict[tuple[int, str], list[dict[str, Any]]]:
    """{(release id, question key): tables}; a grid has one table per row."""
    found: dict[tuple[int, str], list[dict[str, Any]]] = {}
    for figure in Figure.objects.filter(release__in=list(releases), kind__in=KINDS):
        found.setdefault((figure.release_id, figure.key.partition(":")[0]), []).append(figure.table)
    return found


def _build_response_rate(
    use: QuestionUse, release: Release | None, tables: dict[tuple[int, str], list[dict[str, Any]]]
) -> ResponseRate:
    if release is None:
        return ResponseRate(use.page)
    found = tables.get((release.pk, use.block), [])
    shown = release.people if use.of_all else None
    shares = [rounded_share(table.get("base"), shown) for table in found]
    refused = [_refused_share(table) for table in found]
    lowest, highest = _pick_share(min, shares), _pick_share(max, refused)
    return ResponseRate(use.page, lowest, highest, use.of_all, bool(found))


def rounded_share(part: int | None, whole: int | None) -> int | None:
    """Rounded percentage of two protected numbers; None if one is too small."""
    if part is None or not whole or min(part, whole) < FEWEST:
        return None
    return min(100, ROUNDING_STEP * round(100 * part / whole / ROUNDING_STEP))


def _refused_share(table: dict[str, Any]) -> int | None:
    row = next((row for row in table.get("rows", ()) if row["id"] == NO_ANSWER), None)
    percent = row["percent"] if row and (table.get("base") or 0) >= FEWEST else None
    return None if percent is None else ROUNDING_STEP * round(percent / ROUNDING_STEP)


def _pick_share(pick: Callable[[list[int]], int], shares: list[int | None]) -> int | None:
    """Lowest or highest share of a grid's rows; None if any is unknown."""
    known = [one for one in shares if one is not None]
    return pick(known) if known and len(known) == len(shares) else None
