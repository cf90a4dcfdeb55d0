"""Actions on contact requests: one lead claims a request, handles it and notes the outcome.

Requests are created by `safeguarding.actions.request_contact`. Notes are sealed and erased 30 days after closing.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultation.access import NotAllowed, refuse_for, require_words
from consultation.agencies.models import KnownAgency
from consultation.audit.audit_log import record_event
from consultation.responses.vault import seal_text
from consultation.safeguarding import clocks, policies
from consultation.safeguarding.actions import open_case
from consultation.safeguarding.attached_answers import open_with_attached
from consultation.safeguarding.duty_rota.absences import refuse_while_away
from consultation.safeguarding.duty_rota.working_week import get_working_week
from consultation.safeguarding.models import ContactNote, ContactRequest, ContactState, TriageCase

NOTE_MISSING = {
    ContactState.NEW: "Say why, for whoever takes it next.",
    ContactState.TRIED: "Say what you tried.",
    ContactState.REACHED: "Say what was agreed.",
    ContactState.CLOSED: "Say what came of it.",
}


def _lock_request(contact: ContactRequest) -> ContactRequest:
    return ContactRequest.objects.select_for_update().get(pk=contact.pk)


@transaction.atomic
def _move_contact(
    contact: ContactRequest, to: ContactState, verb: str, by: Any, note: str | None = None, **changes: Any
) -> ContactRequest:
    if note is not None:
        require_words(note, NOTE_MISSING[to])
    fresh = _lock_request(contact)
    refuse_for(policies.may_handle_contact(state=fresh.state, to=to, claimed_by=fresh.claimed_by_id, by=by.pk))
    for name, value in ({"state": to} | changes).items():
        setattr(fresh, name, value)
    if note:
        ContactNote.objects.create(
            contact=fresh, author=by, sealed=seal_text(note.strip()), after=to, written_at=timezone.now()
        )
    fresh.save()
    record_event(verb, by=by, obj=fresh)
    contact.refresh_from_db()
    return contact


def claim_contact(*, contact: ContactRequest, by: Any) -> ContactRequest:
    refuse_while_away(by)
    return _move_contact(contact, ContactState.CLAIMED, "contact request claimed", by, claimed_by=by)


def give_back_contact(*, contact: ContactRequest, by: Any, why: str) -> ContactRequest:
    """Release the claim, and have it told anew. A colleague may do it too, in case the claimant is ill."""
    return _move_contact(contact, ContactState.NEW, "contact request given back", by, why, claimed_by=None, alerted=0)


def record_contact_attempt(
    *, contact: ContactRequest, by: Any, note: str, now: datetime | None = None
) -> ContactRequest:
    """Note an unsuccessful attempt; may be repeated. The next one is due by the end of the next working day."""
    due = clocks.end_of_next_working_day(now or timezone.now(), get_working_week())
    return _move_contact(contact, ContactState.TRIED, "contact request tried", by, note, due=due, alerted=0)


def record_contact_reached(*, contact: ContactRequest, by: Any, note: str) -> ContactRequest:
    return _move_contact(contact, ContactState.REACHED, "contact request reached", by, note)


def close_contact(*, contact: ContactRequest, by: Any, outcome: str, today: date | None = None) -> ContactRequest:
    """Close with the outcome; retention erases the request 30 days later."""
    day = today or timezone.localdate()
    return _move_contact(contact, ContactState.CLOSED, "contact request closed", by, outcome, closed_on=day)


@transaction.atomic
def view_contact(*, contact: ContactRequest, by: Any) -> dict[str, Any]:
    """The opened request with its attached answers, for the claimant only."""
    fresh = _lock_request(contact)
    if fresh.claimed_by_id != by.pk:
        raise NotAllowed("Whoever takes a request opens it: one person answers one request.")
    record_event("contact request viewed", by=by, obj=fresh)
    return open_with_attached(fresh.sealed)


@transaction.atomic
def open_case_from_contact(
    *, contact: ContactRequest, by: Any, priority: str, why: str, agency: KnownAgency | None = None
) -> TriageCase:
    """Open a case for a concern in a request. Nothing joins the two; `why` must hold what the case needs."""
    require_words(why)
    fresh = _lock_request(contact)
    if fresh.claimed_by_id != by.pk:
        raise NotAllowed("Take the request first.")
    return open_case(answer=None, by=by, priority=priority, why=why, agency=agency)
