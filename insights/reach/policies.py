"""Who may see representation, set benchmarks, and export."""

from typing import Any

SEES = ("consultation.edit_consultation", "consultation.safety_check", "insights.draft_decision")


def may_see(user: Any) -> bool:
    """Officers, who can act on it; leads and planners, who must know who is missing."""
    return any(user.has_perm(permission) for permission in SEES)


def may_set(user: Any) -> bool:
    return user.has_perm("consultation.edit_consultation")


def may_take_away(user: Any) -> bool:
    return may_see(user) and user.has_perm("insights.export")
