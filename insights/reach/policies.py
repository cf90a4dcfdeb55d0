"""Who sees whom we reached, and who sets what it is compared with. What counts as heard is in comparing.py."""

from typing import Any

SEES = ("consultation.edit_consultation", "consultation.safety_check", "insights.draft_decision")


def may_see(user: Any) -> bool:
    """Officers, who can do something about it; leads and planners, who must know who is missing."""
    return any(user.has_perm(permission) for permission in SEES)


def may_set(user: Any) -> bool:
    return user.has_perm("consultation.edit_consultation")


def may_take_away(user: Any) -> bool:
    """As a file."""
    return may_see(user) and user.has_perm("insights.export")
