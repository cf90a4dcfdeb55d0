"""Policies of emergency access: may this happen now? Who may is the permission `consultation.open_in_emergency`."""

from datetime import datetime, timedelta

ACCESS_TIME = timedelta(hours=1)
MIN_REASON_LENGTH = 20  # letters of a reason: "emergency" alone does not help the reviewer


def may_open_access(*, reason: str, has_one: bool) -> str:
    """Why emergency access may not be opened, as a message for the lead; empty when it may."""
    if len(reason.strip()) < MIN_REASON_LENGTH:
        return "Say what has happened, and why it cannot wait for a reader."
    return "You have this consultation open already." if has_one else ""


def may_use_access(*, opened_by: int, by: int, ends_at: datetime, now: datetime) -> str:
    """Why answers may not be opened with it; empty when they may. Only its opener may, within the hour."""
    if opened_by != by:
        return "A colleague has this emergency access. Only they can open answers with it."
    return "" if now < ends_at else "The hour is over. If it is still an emergency, open it again and say why."


def may_review_access(*, opened_by: int, by: int, ends_at: datetime, reviewed: bool, note: str, now: datetime) -> str:
    """Why it may not be reviewed; empty when it may. Nobody reviews their own access."""
    if opened_by == by:
        return "You opened it. A colleague reviews it."
    if now < ends_at:
        return "It is still open. Review it when it is over."
    if reviewed:
        return "A colleague has reviewed it already."
    return "" if note.strip() else "Say what you found."
