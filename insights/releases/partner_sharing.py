"""Partners: people of another agency who see releases under a sharing agreement."""

from typing import Any

from django.utils import timezone

from consultation.audit.audit_log import record_before_handing_out


def is_partner(user: Any) -> bool:
    """Whether the user may export reports but neither drafts decisions nor reads cleared words."""
    return user.has_perm("insights.export") and not (
        user.has_perm("consultation.read_cleared") or user.has_perm("insights.draft_decision")
    )


def sharing_mark(user: Any) -> str:
    """The sharing mark on every page, print and file of a partner; empty for everyone else."""
    if not is_partner(user):
        return ""
    return f"Shared with {user.agency or 'a partner'} on {timezone.localdate():%-d %B %Y}"


def is_opening_recorded(user: Any) -> bool:
    """Whether the audit log has this request's view already."""
    return getattr(user, "opening_is_noted", False)


def record_partner_opening(user: Any, *, release: Any = None, **what: Any) -> None:
    """Record that a partner opens this. Raises AuditUnavailable where it cannot be recorded: then nothing may be shown."""
    record_before_handing_out("report viewed by partner", by=user, obj=release, **what)
    user.opening_is_noted = True
