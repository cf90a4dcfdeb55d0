"""Who may draft and who may approve; and when a version may be changed, or take the place of the one in force (S1)."""

from typing import Any

APPROVERS = 2


def may_propose(user: Any) -> bool:
    return bool(user.has_perm("insights.propose_codebook"))


def may_approve(user: Any) -> bool:
    return bool(user.has_perm("insights.approve_codebook"))


def may_see(user: Any) -> bool:
    return may_propose(user) or may_approve(user)


def is_agreed(approvals: int) -> bool:
    """Two people, who are two people: whoever drafted it counts once, and so never alone."""
    return approvals >= APPROVERS


def why_not_approve(
    *, is_draft: bool, based_on: int | None, in_force: int | None, themes: int, changed: bool
) -> str | None:
    """What stands against an approval just now, in words; None where nothing does."""
    if not is_draft:
        return "This version is no draft any more."
    if based_on != in_force:
        return (
            "Another version was approved since this draft began. Set this one aside, and begin again from that one."
        )
    if not themes:
        return "A version needs at least one theme."
    if changed:
        return "Someone changed this draft after you opened the page. Look at it again: nothing was approved."
    return None


def why_not_undo(later: bool) -> str | None:
    return "A later act builds on this one. Undo that one first." if later else None
