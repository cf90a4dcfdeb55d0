"""Permissions to draft and to approve, and the conditions for approval and undo (S1). Pure."""

from typing import Any

APPROVERS = 2


def may_propose(user: Any) -> bool:
    return bool(user.has_perm("insights.propose_codebook"))


def may_approve(user: Any) -> bool:
    return bool(user.has_perm("insights.approve_codebook"))


def may_see_codebooks(user: Any) -> bool:
    return may_propose(user) or may_approve(user)


def has_enough_approvals(approvals: int) -> bool:
    """Two different people must approve; the drafter is one of them at most."""
    return approvals >= APPROVERS


def why_not_approve(
    *, is_draft: bool, based_on: int | None, in_force: int | None, themes: int, changed: bool
) -> str | None:
    """The reason why the version cannot be approved now; None where it can."""
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
