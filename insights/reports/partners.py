"""A partner: someone who sees what was released because their agency and ours have an agreement to share it."""

from datetime import date
from typing import Any

from django.utils import timezone

from consultation.audit.log import record_first


def is_partner(user: Any) -> bool:
    """Who may take reports away, and neither drafts decisions from them nor reads cleared words."""
    return user.has_perm("insights.export") and not (
        user.has_perm("consultation.read_cleared") or user.has_perm("insights.draft_decision")
    )


def shared_with(user: Any, today: date | None = None) -> str:
    """The mark that every page, print and file of a partner bears; empty for everyone else."""
    if not is_partner(user):
        return ""
    return f"Shared with {user.agency.strip() or 'a partner'} on {today or timezone.localdate():%-d %B %Y}"


def noted(user: Any) -> bool:
    """Whether this request's opening is on record already."""
    return getattr(user, "opening_is_noted", False)


def note(user: Any, *, release: Any = None, **what: Any) -> None:
    """That a partner opens this is on record from now on. Raises NotOnRecord, and then nothing may be shown."""
    record_first("report viewed by partner", by=user, obj=release, **what)
    user.opening_is_noted = True
