"""May this release happen now? And: figures that only a few people moved keep their old value."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from insights.reports.disclosure import DEFAULT
from insights.reports.figures import count_percents
from insights.reports.models import Release

MONTH = 28


def check_may_release(consultation: Any, previous: Release | None, people: int, today: date) -> None:
    """An open consultation releases at most monthly, and never for fewer than ten new people."""
    if people < DEFAULT.min_base:
        raise ValidationError(f"Fewer than {DEFAULT.min_base} people have answered, so nothing can be shown yet.")
    if previous is None:
        return
    if previous.status != "published":
        raise ValidationError(
            "The release before this one still waits for a second person. Publish or discard it first."
        )
    if consultation.is_open(today) and (today - previous.made_on).days < MONTH:
        raise ValidationError("While a consultation is open, a release can be made once a month.")
    if previous.people is not None and abs(people - previous.people) < DEFAULT.threshold + DEFAULT.round_to // 2:
        raise ValidationError("Too few people have answered since the last release. A new one could give them away.")


def keep_figures_that_few_people_moved(release: Release, previous: Release) -> None:
    """Differencing over time: a figure that moved by one step of rounding keeps the value that was shown before.

    A change of fewer than ten people moves a rounded figure by ten at most; such a figure is not news, and
    subtracting it from the old one could single them out.
    """
    old = {(figure.kind, figure.key): figure.table for figure in previous.figures.all()}
    for figure in release.figures.all():
        before = old.get((figure.kind, figure.key))
        if before and keep_small_moves(figure.table, before):
            figure.save(update_fields=["table"])


def keep_small_moves(table: dict[str, Any], before: dict[str, Any]) -> bool:
    """Put back the old value of each figure that moved by one step; whether any did.

    The whole is a figure too. Percents are counted anew from what is shown: those of the new numbers would tell them.
    """
    kept = _keep(table, before, "base") | _keep_cells(table, before, table["column_totals"], before["column_totals"])
    rows = {row["id"]: row for row in before["rows"]}
    for row in table["rows"]:
        if then := rows.get(row["id"]):
            kept |= _keep(row, then) | _keep_cells(table, before, row.get("cells", []), then.get("cells", []))
    if kept:
        count_percents(table)
    return kept


def _keep_cells(table: dict[str, Any], before: dict[str, Any], cells: list[Any], old: list[Any]) -> bool:
    """By the columns' ids: a choice that was added or taken out moves none into another's place."""
    then = dict(zip((column["id"] for column in before["columns"]), old, strict=False))
    now = zip((column["id"] for column in table["columns"]), cells, strict=False)
    return sum(_keep(cell, then[id_]) for id_, cell in now if id_ in then) > 0


def _keep(now: dict[str, Any], then: dict[str, Any], name: str = "value") -> bool:
    if now[name] is None or then[name] is None or now[name] == then[name]:
        return False
    if abs(now[name] - then[name]) > DEFAULT.threshold:
        return False
    now[name] = then[name]
    return True
