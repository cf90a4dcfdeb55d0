"""The table of a poll ("Did you hear back?", a member check, "Did this change anything for you?"): a live picture."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from insights.disclosure.disclosure_presets import rules_for
from insights.disclosure.disclosure_rules import MOST_NOISE
from insights.releases.stored_figures import freeze_refusal, freeze_table

LABELS = {"yes": "Yes", "partly": "In part", "no": "No", "dk": "I don’t know"}
TOO_FEW = "Too few to say yet. Numbers show from about 30 replies up."


def renew_poll_table(
    replies: Sequence[tuple[UUID, str]], poll: str, today: date, *, frozen: int = 0, made_on: date | None = None
) -> dict[str, Any] | None:
    """The table of a poll as in Figure.table, from (id, choice) of each reply; None where the one that was frozen on
    `made_on` of `frozen` replies stays, or where no noise could let anything show.

    These replies are drawn once: a refusal is a table, too, and stays until enough others replied. Asked anew each day,
    with other noise, nearly every refusal would end in numbers.
    """
    from insights.disclosure import TableRefused  # numpy loads with these
    from insights.disclosure.live_tables import may_renew, protect_live_table

    if len(replies) < rules_for().min_base - MOST_NOISE:
        return None
    if made_on is not None and not may_renew(poll, len(replies), frozen, made_on, today):
        return None
    groups = {choice: [who for who, chosen in replies if chosen == choice] for choice in LABELS}
    try:
        return freeze_table(protect_live_table(groups, poll, today), LABELS, {})
    except TableRefused as refusal:
        return freeze_refusal(str(refusal))


def describe_poll_table(table: Mapping[str, Any], phrases: Mapping[str, str]) -> str:
    """A sentence for staff: "Of about 60 who replied: about 40 said yes, fewer than 5 said no." `phrases`: {id of a
    choice: words}."""
    rows = table.get("rows", [])
    if not rows:
        return TOO_FEW
    told = [
        f"{row['symbol'] if row['value'] is None else f'about {row["value"]}'} {phrases[row['id']]}" for row in rows
    ]
    return f"Of about {table['base']} who replied: {', '.join(told)}."
