"""Succession of themes: the result for each theme of a sequence of acts. Pure; no database.

The texts of a split theme go back to people, whatever follows, unless all its parts end in one theme.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

MERGE, SPLIT, MOVE, RETIRE = "merge", "split", "move", "retire"
SuccessionOutcome = Literal["stays", "merge", "split", "retire"]


@dataclass(frozen=True)
class PlainThemeAct:
    """An act without its reason. `into`: one theme for a merge, several for a split."""

    kind: str
    theme: int
    into: tuple[int, ...] = ()


@dataclass(frozen=True)
class ThemeSuccession:
    """The succession of a theme's codes. `into`: one theme for a merge; for a split, those to choose from."""

    outcome: SuccessionOutcome
    into: tuple[int, ...] = ()


def trace_successions(before: Iterable[int], deeds: Iterable[PlainThemeAct]) -> dict[int, ThemeSuccession]:
    """{theme: its succession} for each theme of the version before."""
    parts: dict[int, list[int | None]] = {theme: [theme] for theme in before}
    for deed in deeds:
        if deed.kind != MOVE:
            heirs: tuple[int | None, ...] = deed.into or (None,)
            for theme, found in parts.items():
                changed = (new for part in found for new in (heirs if part == deed.theme else (part,)))
                parts[theme] = list(dict.fromkeys(changed))
    return {theme: _build_succession(theme, found) for theme, found in parts.items()}


def _build_succession(theme: int, parts: list[int | None]) -> ThemeSuccession:
    named = tuple(part for part in parts if part is not None)
    if parts == [theme]:
        return ThemeSuccession("stays", named)
    if not named:
        return ThemeSuccession("retire")
    return ThemeSuccession("merge" if len(parts) == 1 else "split", named)


def later_act_building_on(deed: PlainThemeAct, later: Iterable[PlainThemeAct]) -> PlainThemeAct | None:
    """The last later act that uses a theme of this one and must be undone first; None without one."""
    mine = {deed.theme, *deed.into}
    return next((other for other in reversed(list(later)) if mine & {other.theme, *other.into}), None)
