"""Between filters: the people of a theme are split by one question or another, by stance, by tone. Two parts of different
splits must not be the same people but for a few, nor one of them all that the other leaves but for a few: whoever subtracts
the two would have these few by themselves. So of two such parts the second is hidden. Compared are people, not numbers.

Over time: a part that keeps its old number stands for the people of then, of whom nearly `least` may have come or gone; so
beside a new number more must lie between the two. Two that both keep theirs were compared when one of them was new.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from insights.reports.counting import TOTAL, Asked
from insights.reports.disclosure import protect
from insights.reports.disclosure.differencing import in_both
from insights.reports.disclosure.rules import Rules
from insights.reports.ledger.keeping import WIDTH

SPLITS = frozenset({"themes-by", "sentiment", "stance"})
At = tuple[int, int]


class Part(NamedTuple):
    at: At  # its place in the table
    people: Any
    whole: int  # people of what is split
    is_new: bool  # enough people have moved it since it was shown, or it never was


Parts = dict[str, list[Part]]  # by what is split: a theme, or everyone with words


def protect_split(asked: Asked, rules: Rules, seen: list[Parts], memory: Any, **margins: Any) -> Any:
    """As `protect`, beside the splits that were `seen` in this release; what it shows is seen from then on. `memory` is
    the ledger's."""
    parts = list(_parts(asked, memory))
    hidden: frozenset[At] = frozenset()
    protected = protect(asked.table, rules, **margins)
    while found := {at for others in seen for at in _conflicts(_shown(parts, protected), others, memory.least)}:
        hidden |= found
        protected = protect(asked.table, rules, cells=hidden, **margins)
    seen.append(_shown(parts, protected))
    return protected


def _shown(parts: list[tuple[str, Part]], protected: Any) -> Parts:
    found: Parts = {}
    for what, part in parts:
        if not protected.grid[part.at[0]][part.at[1]].hidden:
            found.setdefault(what, []).append(part)
    return found


def _parts(asked: Asked, memory: Any) -> Iterator[tuple[str, Part]]:
    if not asked.table.two_way:
        whole = asked.behind[TOTAL, TOTAL].size
        for at, row in enumerate(asked.table.rows):
            new = memory.moved_enough(asked, (row, TOTAL))
            yield asked.key, Part((at, 0), asked.behind[row, TOTAL], whole, new)
        return
    for at, row in enumerate((*asked.table.rows, TOTAL)):
        whole = asked.behind[row, TOTAL].size
        for place, column in enumerate(asked.table.columns):
            new = memory.moved_enough(asked, (row, column))
            yield row, Part((at, place), asked.behind[row, column], whole, new)


def _conflicts(mine: Parts, others: Parts, least: int) -> Iterator[At]:
    for what, parts in mine.items():
        for part in parts:
            if any(_few_between(part, other, least) for other in others.get(what, ())):
                yield part.at


def _few_between(one: Part, other: Part, least: int) -> bool:
    """Sizes rule out nearly every pair, so sets are rarely compared."""
    if not one.is_new and not other.is_new:
        return False
    few = least if one.is_new and other.is_new else 2 * least + WIDTH - 2
    a, b = one.people.size, other.people.size
    if abs(a - b) >= few and abs(one.whole - a - b) >= few:
        return False
    shared = in_both(one.people, other.people)
    return 0 < a + b - 2 * shared < few or 0 < one.whole - a - b + 2 * shared < few
