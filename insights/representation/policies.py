"""Who may see representation, set benchmarks, and export."""

from typing import Any

SEEING_PERMISSIONS = ("consultation.edit_consultation", "consultation.safety_check", "insights.draft_decision")


def may_see_representation(user: Any) -> bool:
    """Officers, who can act on it; leads and planners, who must know who is missing."""
    return any(user.has_perm(permission) for permission in SEEING_PERMISSIONS)


def may_set_benchmarks(user: Any) -> bool:
    return user.has_perm("consultation.edit_consultation")


def may_export_representation(user: Any) -> bool:
    return may_see_representation(user) and user.has_perm("insights.export")
