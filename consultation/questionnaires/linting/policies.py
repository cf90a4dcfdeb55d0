"""Who may let a finding through."""

from typing import Any

from consultation.questionnaires.linting.linter import Linter, Overriding

LOOKS = (Overriding.OFFICER, Overriding.LEAD)


def may_look(user: Any) -> bool:
    return any(user.has_perm(permission) for permission in LOOKS)


def may_let_through(user: Any, linter: Linter) -> bool:
    """Advice stops nobody, so there is nothing to let through; some findings nobody may."""
    return linter.blocks and linter.overriding != Overriding.NOBODY and user.has_perm(linter.overriding)
