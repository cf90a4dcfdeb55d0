"""Figures that are looked at every day: a number stays as it was shown until enough people have moved it.

A count that is rounded anew each morning gives people away: on the day on which it steps from 40 to 45, whoever knows
that one person answered knows what that person chose, and that the count is exactly 43. So here

- a table stands still until its whole has moved by `LEAST` people and a few more. How many more is drawn from a secret,
  so that the day of the step does not tell which person made it;
- in a table that steps, each figure is held in the same way, with a draw of its own. Two numbers that were shown of one
  figure, on whichever days, lie at least `LEAST - 2` people apart, or are the same;
- what the rules of a release hide is hidden here, and so is every figure below the smallest base. A figure that was
  shown is not hidden again by the growth of others (their difference would be left over): the table then stays as it was.

The lines between two shown numbers are drawn from `WIDTH` counts that round to the same number. So after a step all
counts that the shown number allows stay as likely as they were, and whoever watches every day, even with the answers of
everybody since, learns of one person what one rounding to five lets them learn, and no more (test_steady.py plays it).
Whoever knows what everybody else answered from the first day on, with no exception, needs no page to know most of it:
against them stand only the distance of the lines and the draws, as with any rounding.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .rules import DEFAULT, Rules

LEAST = 13  # people by which a figure must have moved: between two shown values lie 11 or more
FIRST = 33  # from here on a figure may be shown: "from 30 up", and a first line that all rounds to 35
WIDTH = 5  # lines that round alike: LEAST to LEAST + 4 beyond a multiple of five, and FIRST to FIRST + 4
MOST_HIDDEN = FIRST + WIDTH - 2  # a figure that is hidden because it is few has at most so many people
MOST_LAG = LEAST + WIDTH - 2  # a shown figure may be so many people behind
WHOLE = ""

Draw = Callable[[str, int], int]
"""(figure, its shown value or 0) -> a number from 0 to WIDTH - 1 that nobody outside can know, the same on each run."""


@dataclass(frozen=True)
class Look:
    """A table as it may be shown. `few`: whatever is hidden in it is hidden because it is few, and not beside another.
    What is few is drawn too, as the first line of each group is: else `few` would tell a 36 from a 37."""

    total: int | None
    groups: Mapping[str, int | None]
    few: bool

    def as_json(self) -> dict[str, Any]:
        return {"total": self.total, "groups": dict(self.groups), "few": self.few}


def steady(count: int, shown: int | None, draw: int, rules: Rules = DEFAULT, *, first: int = FIRST) -> int | None:
    """The number to show for this count, when `shown` was shown before."""
    if shown is None:
        return rules.rounded(count) if count >= first + draw else None
    if abs(count - shown) < LEAST + draw:
        return shown
    return rules.rounded(count) if count >= min(first, rules.min_base) else None


def look(
    counts: Mapping[str, int],
    before: Look | None,
    draw: Draw,
    rules: Rules = DEFAULT,
    *,
    unsaid: str = "",
    first: int = FIRST,
) -> Look:
    """The table of these counts (each person in one group), after what was shown before; `before` itself if it stands.

    `unsaid` is the group of those who told no group. The others are protected as if it were known exactly; and it lies
    between the whole and the sum of the others, whose rounding leaves it at least twelve wide.
    `first` is the first line of a group, where groups are not a base of anything: it and the four after it round alike.
    """
    shown = before.total if before else None
    total = steady(sum(counts.values()), shown, draw(WHOLE, shown or 0), rules)
    if total is None:
        return Look(None, dict.fromkeys(counts), few=True)
    if before is not None and total == before.total:
        return before
    if len(counts) == 1:  # the whole under another name: a line of its own would be a second one for one number
        return Look(total, dict.fromkeys(counts, total), few=False)
    known = {group: value for group, value in before.groups.items() if value is not None} if before else {}
    told = {group: count for group, count in counts.items() if group != unsaid}
    open_ = _open(told, known, rules)
    if open_ is None:
        return before or Look(total, dict.fromkeys(counts), few=False)
    groups = {
        group: steady(count, known.get(group), draw(group, known.get(group, 0)), rules, first=first)
        if group in open_ or group == unsaid
        else None
        for group, count in counts.items()
    }
    hidden = (group for group in told if groups[group] is None)
    few = all(steady(told[group], None, draw(group, 0), rules, first=first) is None for group in hidden)
    return Look(total, groups, few)


def _open(counts: Mapping[str, int], known: Mapping[str, int], rules: Rules) -> set[str] | None:
    """Groups that disclosure control leaves open, all that were shown among them; None where it cannot be so.

    Tried a second time with what was hidden before hidden from the start: then nothing else needs to be.
    """
    from .suppression import protect
    from .tables import Refused, Table

    must = known.keys() & counts.keys()
    hidden = frozenset(counts) - must if known else frozenset()
    for first in (frozenset(), hidden):
        try:
            protected = protect(Table.one_way(dict(counts)), rules, hidden=first)
        except Refused:
            continue
        open_ = {row for row, cell in zip(protected.rows, protected.row_totals, strict=True) if not cell.hidden}
        if must <= open_:
            return open_
    return None
