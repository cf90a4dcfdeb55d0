"""Actions on contact requests: one lead claims a request, handles it and notes the outcome.

Requests are created by `safeguarding.actions.request_contact`. Notes are sealed and erased 30 days after closing.
"""

import base64
import json
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultation.access import NotAllowed
from consultation.audit.audit_log import record_event
from consultation.responses.vault import open_sealed_text, seal_text
from consultation.safeguarding import policies
from consultation.safeguarding.actions import open_case
from consultation.safeguarding.models import ContactNote, ContactRequest, ContactState, TriageCase


def _lock_request(contact: ContactRequest) -> ContactRequest:
    return ContactRequest.objects.select_for_update().get(pk=contact.pk)


def _add_sealed_note(contact: ContactRequest, by: Any, text: str, now: datetime | None = None) -> None:
    if text.strip():
        ContactNote.objects.create(
            contact=contact,
            author=by,
            sealed=seal_text(text.strip()),
            after=contact.state,
            written_at=now or timezone.now(),
        )


def _start_move(contact: ContactRequest, to: str, by: Any) -> ContactRequest:
    fresh = _lock_request(contact)
    refused = policies.may_handle_contact(state=fresh.state, to=to, claimed_by=fresh.claimed_by_id, by=by.pk)
    if refused:
        raise NotAllowed(refused)
    fresh.state = to
    return fresh


def _save_move(contact: ContactRequest, fresh: ContactRequest, verb: str, by: Any) -> ContactRequest:
    fresh.save()
    record_event(verb, by=by, obj=fresh)
    contact.refresh_from_db()
    return contact


@transaction.atomic
def claim_contact(*, contact: ContactRequest, by: Any) -> ContactRequest:
    fresh = _start_move(contact, ContactState.CLAIMED, by)
    fresh.claimed_by = by
    return _save_move(contact, fresh, "contact request claimed", by)


@transaction.atomic
def give_back_contact(*, contact: ContactRequest, by: Any, why: str) -> ContactRequest:
    """Release the claim. A colleague may do it too, in case the claimant is ill."""
    if not why.strip():
        raise NotAllowed("Say why, for whoever takes it next.")
    fresh = _start_move(contact, ContactState.NEW, by)
    fresh.claimed_by = None
    _add_sealed_note(fresh, by, why)
    return _save_move(contact, fresh, "contact request given back", by)


@transaction.atomic
def record_contact_attempt(*, contact: ContactRequest, by: Any, note: str) -> ContactRequest:
    """Note an unsuccessful attempt; may be repeated."""
    if not note.strip():
        raise NotAllowed("Say what you tried.")
    fresh = _start_move(contact, ContactState.TRIED, by)
    _add_sealed_note(fresh, by, note)
    return _save_move(contact, fresh, "contact request tried", by)


@transaction.atomic
def record_contact_reached(*, contact: ContactRequest, by: Any, note: str) -> ContactRequest:
    if not note.strip():
        raise NotAllowed("Say what was agreed.")
    fresh = _start_move(contact, ContactState.REACHED, by)
    _add_sealed_note(fresh, by, note)
    return _save_move(contact, fresh, "contact request reached", by)


@transaction.atomic
def close_contact(*, contact: ContactRequest, by: Any, outcome: str, today: date | None = None) -> ContactRequest:
    """Close with the outcome; retention erases the request 30 days later."""
    if not outcome.strip():
        raise NotAllowed("Say what came of it.")
    fresh = _start_move(contact, ContactState.CLOSED, by)
    fresh.closed_on = today or timezone.localdate()
    _add_sealed_note(fresh, by, outcome)
    return _save_move(contact, fresh, "contact request closed", by)


@transaction.atomic
def view_contact(*, contact: ContactRequest, by: Any) -> dict[str, Any]:
    """The opened request with its attached answers, for the claimant only."""
    fresh = _lock_request(contact)
    if fresh.claimed_by_id != by.pk:
        raise NotAllowed("Whoever takes a request opens it: one person answers one request.")
    content: dict[str, Any] = json.loads(open_sealed_text(fresh.sealed))
    content["attached"] = [
        {"question": question, "text": open_sealed_text(base64.b64decode(sealed))}
        for question, sealed in content.get("attached", [])
    ]
    record_event("contact request viewed", by=by, obj=fresh)
    return content


@transaction.atomic
def open_case_from_contact(
    *, contact: ContactRequest, by: Any, priority: str, why: str, agency: str = ""
) -> TriageCase:
    """Open a case for a concern in a request. Nothing joins the two; `why` must hold what the case needs."""
    if not why.strip():
        raise NotAllowed("Say why.")
    fresh = _lock_request(contact)
    if fresh.claimed_by_id != by.pk:
        raise NotAllowed("Take the request first.")
    return open_case(answer=None, by=by, priority=priority, why=why, agency=agency)
