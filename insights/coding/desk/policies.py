"""Permissions of coders and the rules for a valid choice. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from insights.coding.models import NoThemeReason, Stance

NO_REASON_AND_THEMES = "“No reason given” and a theme do not go together. Take one of them away."
NOT_TICKED = "A stance or marked words belong to a theme that is not ticked. Tick the theme, or take them away."
NOT_THERE = "Some marked words are not in the text. Mark them again."


def may_code(user: Any) -> bool:
    return bool(user.has_perm("insights.code_themes"))


def may_remove_set(user: Any, owner_id: Any) -> bool:
    """Only the owner may remove a set, also a shared one."""
    return may_code(user) and user.pk == owner_id


def why_not_save(
    *,
    themes: Iterable[int],
    nothing: str,
    stances: Mapping[int, str],
    spans: Mapping[int, Sequence[Sequence[int]]],
    length: int,
) -> str:
    """Why this choice cannot be saved, in words for the coder; "" when it can."""
    chosen = set(themes)
    if nothing and nothing not in NoThemeReason.values:
        return "This page is damaged. Load it again."
    if nothing == NoThemeReason.NO_REASON and chosen:
        return NO_REASON_AND_THEMES
    if any(stance not in ("", *Stance.values) for stance in stances.values()):
        return "This stance is unknown. Choose it again."
    said = {theme for theme, value in (*stances.items(), *spans.items()) if value}
    if not said <= chosen:
        return NOT_TICKED
    places = [place for of_theme in spans.values() for place in of_theme]
    if not all(len(place) == 2 and 0 <= place[0] < place[1] <= length for place in places):
        return NOT_THERE
    return ""
