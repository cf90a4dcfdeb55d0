"""Who may see and who may tick the launch checklist."""

from typing import Any

TICK = ("consultation.edit_consultation", "consultation.safety_check", "consultation.manage_users")
SEE = (*TICK, "consultation.read_audit")


def may_see_checklist(user: Any) -> bool:
    """Those who may tick, and auditors."""
    return any(user.has_perm(permission) for permission in SEE)


def may_tick_checklist(user: Any) -> bool:
    return any(user.has_perm(permission) for permission in TICK)
