"""Figures renewed daily: a shown number stays until enough people have moved it.

Rounding anew each day discloses answers: on the day on which a figure steps from 40 to 45, whoever knows that one
person answered knows what that person chose, and that the count is exactly 43. Therefore:

- A table stays until its total has moved by `LEAST_MOVE` people and a few more, whose number is drawn from a secret, so
  that the day of the step does not tell which person caused it.
- In a table that steps, each figure follows the same rule with its own draw. Two numbers that were ever shown of one
  figure are equal or at least `LEAST - 2` people apart.
- The release rules hide here too, and so does the smallest base. A shown figure is not hidden again because others
  grew (their difference would disclose it): the table then stays as it was.

The boundary between two shown numbers is drawn from `WIDTH` counts that round to the same number. After a step, every
count that the shown number allows is as likely as before: a daily observer who knows all later answers learns of one
person no more than one rounding to five discloses (test_steady.py plays it). An observer who knows everybody else's
answers from the first day on is held off only by the boundaries and draws, as with any rounding.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from insights.disclosure.disclosure_rules import ROUNDED, DisclosureRules

LEAST_MOVE = 13  # people by which a figure must move before it changes: two shown values differ by 11 or more
FIRST_SHOWN = 33  # least count of a first shown figure: above the base of 30, and FIRST to FIRST + 4 all round to 35
WIDTH = 5  # number of boundaries to draw from: each range of them rounds to one number
MOST_HIDDEN = FIRST_SHOWN + WIDTH - 2  # most people in a figure that is hidden for being small
MOST_LAG = LEAST_MOVE + WIDTH - 2  # most people by which a shown figure may be out of date
WHOLE_TABLE = ""

Draw = Callable[[str, int], int]
"""(figure, its shown value or 0) -> a secret number from 0 to WIDTH - 1, the same on each run."""


@dataclass(frozen=True)
class SteadyTable:
    """A table as it may be shown. `few`: every hidden group is hidden for being small, none as secondary suppression.
    Smallness is judged by the drawn boundary as well: otherwise `few` would tell a 36 from a 37."""

    total: int | None
    groups: Mapping[str, int | None]
    few: bool


def steady_value(
    count: int, shown: int | None, draw: int, rules: DisclosureRules = ROUNDED, *, first: int = FIRST_SHOWN
) -> int | None:
    """The number to show for `count` after `shown`; None: hidden."""
    if shown is None:
        return rules.round_figure(count) if count >= first + draw else None
    if abs(count - shown) < LEAST_MOVE + draw:
        return shown
    return rules.round_figure(count) if count >= min(first, rules.min_base) else None


def renew_steady_table(
    counts: Mapping[str, int],
    before: SteadyTable | None,
    draw: Draw,
    rules: DisclosureRules = ROUNDED,
    *,
    unsaid: str = "",
    first: int = FIRST_SHOWN,
) -> SteadyTable:
    """The table of these counts (each person in one group) after `before`; `before` itself where it stays.

    `unsaid` is the group of those who gave no group. The others are protected as if it were known exactly; it is only
    known between the total and the sum of the others, whose rounding leaves a range of at least twelve.
    `first` is the least boundary of a group that is no base of a percentage: it and the four after it round alike.
    """
    shown = before.total if before else None
    total = steady_value(sum(counts.values()), shown, draw(WHOLE_TABLE, shown or 0), rules)
    if total is None:
        return SteadyTable(None, dict.fromkeys(counts), few=True)
    if before is not None and total == before.total:
        return before
    if len(counts) == 1:  # the group is the total: its own draw would be a second boundary for one number
        return SteadyTable(total, dict.fromkeys(counts, total), few=False)
    known = {group: value for group, value in before.groups.items() if value is not None} if before else {}
    told = {group: count for group, count in counts.items() if group != unsaid}
    open_ = _groups_left_open(told, known, rules)
    if open_ is None:
        return before or SteadyTable(total, dict.fromkeys(counts), few=False)
    groups = {
        group: steady_value(count, known.get(group), draw(group, known.get(group, 0)), rules, first=first)
        if group in open_ or group == unsaid
        else None
        for group, count in counts.items()
    }
    hidden = (group for group in told if groups[group] is None)
    few = all(steady_value(told[group], None, draw(group, 0), rules, first=first) is None for group in hidden)
    return SteadyTable(total, groups, few)


def _groups_left_open(counts: Mapping[str, int], known: Mapping[str, int], rules: DisclosureRules) -> set[str] | None:
    """Groups that disclosure control leaves open; None where it would hide one that was shown.

    The second attempt hides the previously hidden groups from the start, which may spare the shown ones.
    """
    # numpy and the solver load with them.
    from insights.disclosure.protected_tables import CountTable, TableRefused
    from insights.disclosure.suppression import protect_table

    must = known.keys() & counts.keys()
    hidden = frozenset(counts) - must if known else frozenset()
    for first in (frozenset(), hidden):
        try:
            protected = protect_table(CountTable.one_way(dict(counts)), rules, hidden=first)
        except TableRefused:
            continue
        open_ = {row for row, cell in zip(protected.rows, protected.row_totals, strict=True) if not cell.hidden}
        if must <= open_:
            return open_
    return None
