"""Who sees the launch checklist, and who ticks it: pure questions about permissions."""

from typing import Any

TICK = ("consultation.edit_consultation", "consultation.safety_check", "consultation.manage_users")
SEE = (*TICK, "consultation.read_audit")


def may_see(user: Any) -> bool:
    """Officers, safeguarding leads and administrators, whose work it is; auditors, who look over their shoulder."""
    return any(user.has_perm(permission) for permission in SEE)


def may_tick(user: Any) -> bool:
    return any(user.has_perm(permission) for permission in TICK)
