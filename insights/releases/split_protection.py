"""Differencing between splits of the same people: a theme by "about you" questions, by stance, by sentiment.

Two parts of different splits must not hold the same people but for a few, nor may one be the complement of the other
but for a few: subtracting them would isolate these few. Of two such parts the second is hidden. Sets of people are
compared, not numbers.

Over time: a part that keeps its old number stands for the people of the earlier release, of whom nearly `least` may
have changed; so beside a new number the distance must be larger. Two old numbers were compared when one was new.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from insights.disclosure import protect_table
from insights.disclosure.disclosure_rules import DisclosureRules
from insights.disclosure.fingerprint_sets import count_in_both
from insights.releases.cross_tabulation import TOTAL, CountedTable
from insights.releases.differencing.figure_memory import WIDTH

SPLITS = frozenset({"themes-by", "sentiment", "stance"})
TablePosition = tuple[int, int]


class SplitPart(NamedTuple):
    at: TablePosition  # (row, column) in the table
    people: Any
    whole: int  # number of people that are split
    is_new: bool  # never shown, or moved by enough people since


SplitParts = dict[str, list[SplitPart]]  # {theme id, or "" for everyone with words: parts}


def protect_split(
    asked: CountedTable, rules: DisclosureRules, seen: list[SplitParts], memory: Any, **margins: Any
) -> Any:
    """`protect_table`, also against the splits that this release shows already (`seen`); adds its shown parts to them."""
    parts = list(_iterate_parts(asked, memory))
    hidden: frozenset[TablePosition] = frozenset()
    protected = protect_table(asked.table, rules, **margins)
    while found := _find_conflicts(_shown_parts(parts, protected), seen, memory.least):
        hidden |= found
        protected = protect_table(asked.table, rules, cells=hidden, **margins)
    seen.append(_shown_parts(parts, protected))
    return protected


def _shown_parts(parts: list[tuple[str, SplitPart]], protected: Any) -> SplitParts:
    found: SplitParts = {}
    for what, part in parts:
        if not protected.grid[part.at[0]][part.at[1]].hidden:
            found.setdefault(what, []).append(part)
    return found


def _iterate_parts(asked: CountedTable, memory: Any) -> Iterator[tuple[str, SplitPart]]:
    if not asked.table.two_way:
        whole = asked.behind[TOTAL, TOTAL].size
        for at, row in enumerate(asked.table.rows):
            new = memory.moved_enough(asked, (row, TOTAL))
            yield asked.key, SplitPart((at, 0), asked.behind[row, TOTAL], whole, new)
        return
    for at, row in enumerate((*asked.table.rows, TOTAL)):
        whole = asked.behind[row, TOTAL].size
        for place, column in enumerate(asked.table.columns):
            new = memory.moved_enough(asked, (row, column))
            yield row, SplitPart((at, place), asked.behind[row, column], whole, new)


def _find_conflicts(mine: SplitParts, seen: list[SplitParts], least: int) -> set[TablePosition]:
    return {
        part.at
        for what, parts in mine.items()
        for part in parts
        if any(_differ_by_few(part, other, least) for others in seen for other in others.get(what, ()))
    }


def _differ_by_few(one: SplitPart, other: SplitPart, least: int) -> bool:
    """Whether subtracting the parts would isolate a few people. Sizes settle nearly every pair without the sets."""
    if not one.is_new and not other.is_new:
        return False
    few = least if one.is_new and other.is_new else 2 * least + WIDTH - 2
    a, b = one.people.size, other.people.size
    if abs(a - b) >= few and abs(one.whole - a - b) >= few:
        return False
    shared = count_in_both(one.people, other.people)
    return 0 < a + b - 2 * shared < few or 0 < one.whole - a - b + 2 * shared < few
