"""Who may view and override findings."""

from typing import Any

from consultation.surveys.validation.linter import Linter, OverridePermission

LOOKS = (OverridePermission.OFFICER, OverridePermission.LEAD)


def may_view_findings(user: Any) -> bool:
    return any(user.has_perm(permission) for permission in LOOKS)


def may_override(user: Any, linter: Linter) -> bool:
    """Only blocking findings can be overridden, and some of them by nobody."""
    return linter.blocks and linter.overriding != OverridePermission.NOBODY and user.has_perm(linter.overriding)
