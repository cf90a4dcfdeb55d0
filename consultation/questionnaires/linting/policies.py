"""Who may view and override findings."""

from typing import Any

from consultation.questionnaires.linting.linter import Linter, Overriding

LOOKS = (Overriding.OFFICER, Overriding.LEAD)


def may_look(user: Any) -> bool:
    return any(user.has_perm(permission) for permission in LOOKS)


def may_let_through(user: Any, linter: Linter) -> bool:
    """Only blocking findings can be overridden, and some of them by nobody."""
    return linter.blocks and linter.overriding != Overriding.NOBODY and user.has_perm(linter.overriding)
