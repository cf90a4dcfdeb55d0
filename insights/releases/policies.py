"""Whether a release may be made now and by these rules; and which figures keep their old value."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from insights.disclosure.disclosure_presets import list_loosened_rules, rules_for
from insights.disclosure.disclosure_rules import DisclosureRules
from insights.releases.models import Release
from insights.releases.stored_figures import recount_percents

DAYS_BETWEEN_RELEASES = 28


def why_not_release_now(consultation: Any, previous: Release | None, today: date) -> str:
    """Why no release may be made, before anyone is counted; "" where one may."""
    if previous is None:
        return ""
    if previous.status != "published":
        return "The release before this one still waits for a second person. Publish or discard it first."
    if consultation.is_open(today) and (today - previous.made_on).days < DAYS_BETWEEN_RELEASES:
        return "While a consultation is open, a release can be made once a month."
    return ""


def check_enough_people(
    previous: Release | None, people: int, newcomers: int | None, needed: int, rules: DisclosureRules
) -> None:
    """Raise ValidationError for fewer than `needed` new people. `newcomers` None: the ledger is gone, so shown totals
    are compared."""
    if people < rules.min_base:
        raise ValidationError(f"Fewer than {rules.min_base} people have answered, so nothing can be shown yet.")
    if previous is None:
        return
    if newcomers is None:
        too_few = previous.people is not None and abs(people - previous.people) < needed + rules_for().round_to // 2
    else:
        too_few = newcomers < needed
    if too_few:
        raise ValidationError("Too few people have answered since the last release. A new one could give them away.")


def why_not_looser_rules(rules: DisclosureRules, before: DisclosureRules | None, by: Any, agreed_by: Any) -> str:
    """Why these rules may not be used: rules looser than the previous release's need a second person's agreement."""
    more = list_loosened_rules(rules, before) if before else []
    if not more or (agreed_by is not None and agreed_by != by):
        return ""
    return f"These rules let out more than those of the last release: {'; '.join(more)}. A second person must agree."


def keep_small_moves(table: dict[str, Any], before: dict[str, Any], rules: DisclosureRules | None = None) -> bool:
    """Restore the old value of each figure that moved by the threshold or less, and return whether any was.

    For figures whose people are not known: fewer than ten people move a rounded figure by ten at most. The base is a
    figure too. Percents are recalculated from shown numbers: those of the new numbers would disclose them.
    """
    most = rules_for(rules).threshold
    kept = _keep_old_value(table, before, most, "base") | _keep_old_cells(
        table, before, table["column_totals"], before["column_totals"], most
    )
    rows = {row["id"]: row for row in before["rows"]}
    for row in table["rows"]:
        if then := rows.get(row["id"]):
            kept |= _keep_old_value(row, then, most) | _keep_old_cells(
                table, before, row.get("cells", []), then.get("cells", []), most
            )
    if kept:
        recount_percents(table, rules)
    return kept


def _keep_old_cells(
    table: dict[str, Any], before: dict[str, Any], cells: list[Any], old: list[Any], most: int
) -> bool:
    """Compares by column id, since columns may have been added or removed."""
    then = dict(zip((column["id"] for column in before["columns"]), old, strict=False))
    now = zip((column["id"] for column in table["columns"]), cells, strict=False)
    return sum(_keep_old_value(cell, then[id_], most) for id_, cell in now if id_ in then) > 0


def _keep_old_value(now: dict[str, Any], then: dict[str, Any], most: int, name: str = "value") -> bool:
    if now[name] is None or then[name] is None or now[name] == then[name]:
        return False
    if abs(now[name] - then[name]) > most:
        return False
    now[name] = then[name]
    return True
