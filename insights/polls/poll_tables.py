"""The table of a poll ("Did you hear back?", a member check, "Did this change anything for you?").

Anyone can send many answers and count others' between their own. So a table is renewed once a day by
disclosure.steady_figures: renewal at every tenth answer, or rounding anew each day, would disclose when somebody
answered and what they chose.
"""

from collections import Counter
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.utils.crypto import salted_hmac

from insights.disclosure.steady_figures import WIDTH, SteadyTable, renew_steady_table
from insights.releases.stored_figures import recount_percents

LABELS = {"yes": "Yes", "partly": "In part", "no": "No", "dk": "I don’t know"}
HIDDEN = "[c]"
FIRST_OF_A_CHOICE = 13  # so that a "no" shows before thirty people chose it; 13 to 17 all round to 15
SALT = "insights.results.heard"  # stays: another one would draw the figures of running polls anew


def renew_poll_table(choices: list[str], before: Mapping[str, Any] | None, poll: str) -> dict[str, Any] | None:
    """The table of a poll to show after `before`, as in Figure.table; None where that stays, or nothing may be shown."""
    counted, shown = Counter(choices), None
    if before is not None:
        groups = dict.fromkeys(LABELS) | {row["id"]: row["value"] for row in before["rows"]}
        shown = SteadyTable(before["base"], groups, few=False)
    if shown and shown.total and counted.total() < shown.total:
        return None  # retention erased answers; the figures made of them stay
    people = {key: counted[key] for key in LABELS}
    now = renew_steady_table(people, shown, partial(_draw_from_secret, poll), first=FIRST_OF_A_CHOICE)
    if now.total is None or now == shown:
        return None
    rows = [
        {"id": key, "label": label, "value": now.groups[key], "symbol": HIDDEN if now.groups[key] is None else ""}
        for key, label in LABELS.items()
    ]
    table = {"base": now.total, "several": False, "rows": rows, "columns": [], "column_totals": []}
    recount_percents(table)
    return table


def _draw_from_secret(poll: str, figure: str, shown: int) -> int:
    """A draw from the SECRET_KEY: unknown outside, not stored, the same on each run."""
    digest = salted_hmac(SALT, f"{poll}/{figure}/{shown}", algorithm="sha256").digest()
    return int.from_bytes(digest[:8], "big") % WIDTH


TOO_FEW = "Too few to say yet. Numbers show from about 35 replies up, rounded to 5."


def describe_poll_table(table: Mapping[str, Any], phrases: Mapping[str, str]) -> str:
    """A sentence for staff: "Of 60 who replied: 40 said yes, 10 said in part." `phrases`: {id of a choice: words}."""
    told = [f"{row['value']} {phrases[row['id']]}" for row in table.get("rows", []) if row["value"]]
    if not told:
        return TOO_FEW
    hidden = " Other numbers are hidden." if len(told) < len(LABELS) else ""
    return f"Of {table['base']} who replied: {', '.join(told)}.{hidden}"
