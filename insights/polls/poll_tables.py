"""The table of a poll ("Did you hear back?", a member check, "Did this change anything for you?").

Anyone can send many answers and count others' between their own. So a table is renewed once a day by
disclosure.steady_figures: renewal at every tenth answer, or rounding anew each day, would disclose when somebody
answered and what they chose.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.utils.crypto import salted_hmac

from insights.disclosure.steady_figures import WIDTH, Draw, SteadyTable, renew_steady_table
from insights.releases.stored_figures import recount_percents

LABELS = {"yes": "Yes", "partly": "In part", "no": "No", "dk": "I don’t know"}
HIDDEN = "[c]"
FIRST_OF_A_CHOICE = 13  # so that a "no" shows before thirty people chose it; 13 to 17 all round to 15
SALT = "insights.results.heard"  # stays: another one would draw the figures of running polls anew


def renew_poll_table(choices: list[str], before: Mapping[str, Any] | None, poll: str) -> dict[str, Any] | None:
    """The table of a poll to show after `before`; None where that stays, or nothing may be shown."""
    counted, shown = Counter(choices), _shown_table(before)
    if shown and shown.total and counted.total() < shown.total:
        return None  # retention erased answers; the figures made of them stay
    now = renew_steady_table(
        {key: counted[key] for key in LABELS}, shown, _make_secret_draw(poll), first=FIRST_OF_A_CHOICE
    )
    return None if now.total is None or now == shown else _build_poll_table(now.total, now.groups)


def _shown_table(table: Mapping[str, Any] | None) -> SteadyTable | None:
    if table is None:
        return None
    groups = {row["id"]: row["value"] for row in table["rows"]}
    return SteadyTable(table["base"], dict.fromkeys(LABELS) | groups, few=False)


def _make_secret_draw(poll: str) -> Draw:
    """Draws from the SECRET_KEY: unknown outside, not stored, the same on each run."""

    def draw(figure: str, shown: int) -> int:
        digest = salted_hmac(SALT, f"{poll}/{figure}/{shown}", algorithm="sha256").digest()
        return int.from_bytes(digest[:8], "big") % WIDTH

    return draw


def _build_poll_table(total: int, groups: Mapping[str, int | None]) -> dict[str, Any]:
    """A table as in Figure.table."""
    rows = [
        {"id": key, "label": label, "value": groups[key], "symbol": HIDDEN if groups[key] is None else ""}
        for key, label in LABELS.items()
    ]
    table = {"base": total, "several": False, "rows": rows, "columns": [], "column_totals": []}
    recount_percents(table)
    return table


TOO_FEW = "Too few to say yet. Numbers show from about 35 replies up, rounded to 5."


def describe_poll_table(table: Mapping[str, Any], phrases: Mapping[str, str]) -> str:
    """A sentence for staff: "Of 60 who replied: 40 said yes, 10 said in part." `phrases`: {id of a choice: words}."""
    told = [f"{row['value']} {phrases[row['id']]}" for row in table.get("rows", []) if row["value"]]
    if not told:
        return TOO_FEW
    hidden = " Other numbers are hidden." if len(told) < len(LABELS) else ""
    return f"Of {table['base']} who replied: {', '.join(told)}.{hidden}"
