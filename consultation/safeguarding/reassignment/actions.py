"""Reassigns all that is assigned to a lead: to a colleague, or back to the board for every lead. Clocks run on.

Nothing stays with someone who is not here: the rooms above call it when leave begins, and when a role or an account
ends or is suspended.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultation.access import refuse_for, require_words
from consultation.audit.audit_log import record_event
from consultation.notifications.notify import notify
from consultation.responses.vault import seal_text
from consultation.safeguarding.case_steps import add_sealed_note
from consultation.safeguarding.duty_rota import lead_rota
from consultation.safeguarding.mailbox.models import Mailbox, MailboxState
from consultation.safeguarding.models import (
    CaseNote,
    CaseState,
    ContactNote,
    ContactRequest,
    ContactState,
    TriageCase,
    WithdrawnText,
    is_hidden_from,
)
from consultation.safeguarding.signals import person_stopped

ROLE_ENDED = "It was with someone who is no longer a lead."
ON_LEAVE = "It was with someone who is on leave now."
SUSPENDED = "It was with someone whose account is suspended."


@dataclass(frozen=True)
class AssignedItems:
    """All open items that are with one lead."""

    cases: list[TriageCase]
    contacts: list[ContactRequest]
    texts: list[WithdrawnText]
    mailboxes: list[Mailbox]

    def __len__(self) -> int:
        return len(self.cases) + len(self.contacts) + len(self.texts) + len(self.mailboxes)


def list_assigned_items(lead: Any) -> AssignedItems:
    """Those hidden from this lead, too: they may have been theirs before the hiding."""
    cases = TriageCase.objects.filter(claimed_by=lead).exclude(state=CaseState.CLOSED).order_by("due_at", "pk")
    contacts = ContactRequest.objects.filter(claimed_by=lead).exclude(state=ContactState.CLOSED).order_by("due", "pk")
    texts = WithdrawnText.objects.filter(read_by=lead, case__isnull=True).order_by("due", "pk")
    mailboxes = Mailbox.objects.filter(claimed_by=lead, state=MailboxState.OPEN).order_by("pk")
    return AssignedItems(list(cases), list(contacts), list(texts), list(mailboxes))


def list_idle_mailboxes(lead: Any) -> list[Mailbox]:
    """Mailboxes of this lead in which no message waits, so that they stand on no board: they are passed on, too."""
    return [each for each in list_assigned_items(lead).mailboxes if not each.waits and not is_hidden_from(each, lead)]


def list_assignees(lead: Any) -> Any:
    """Leads who are here and may take over what this one has, by name."""
    return lead_rota.list_reachable_leads().exclude(pk=lead.pk)


@transaction.atomic
def reassign_everything(*, by: Any, to: Any | None, message: str, now: datetime | None = None) -> AssignedItems:
    """Give all that this lead has to a colleague; None: back to the board. The message stays with each item."""
    require_words(message, "Say what they need to know.")
    return _reassign(by, to, by, message, now or timezone.now())


@transaction.atomic
def reassign_items_of(
    *, lead: Any, to: Any | None, by: Any, why: str = ROLE_ENDED, now: datetime | None = None
) -> None:
    """The same for someone who is not here any more. `why` stays with each item. Reveals nothing to `by`, who may not
    know what waits."""
    _reassign(lead, to, by, why, now or timezone.now())
    person_stopped.send(sender=TriageCase, person=lead)


def _reassign(of: Any, to: Any | None, by: Any, message: str, now: datetime) -> AssignedItems:
    refuse_for("" if to is None or to in list_assignees(of) else "Choose another lead.")
    assigned = list_assigned_items(of)
    for case in TriageCase.objects.select_for_update().filter(pk__in=[each.pk for each in assigned.cases]):
        _reassign_case(case, _assignee_of(case, to), by, message, now)
    for contact in ContactRequest.objects.select_for_update().filter(pk__in=[each.pk for each in assigned.contacts]):
        _reassign_contact(contact, to, by, message, now)
    for text in WithdrawnText.objects.select_for_update().filter(pk__in=[each.pk for each in assigned.texts]):
        _reassign_withdrawn_text(text, _assignee_of(text, to), by, message)
    for mailbox in Mailbox.objects.select_for_update().filter(pk__in=[each.pk for each in assigned.mailboxes]):
        _reassign_mailbox(mailbox, _assignee_of(mailbox, to), by, message)
    if to is not None and len(assigned):
        transaction.on_commit(partial(notify, to.email), robust=True)
    return assigned


def _assignee_of(item: Any, to: Any | None) -> Any | None:
    """The assignee, or nobody where the item is hidden from their agency (D7): it goes back to the board."""
    return None if to is not None and is_hidden_from(item, to) else to


def _reassign_case(case: TriageCase, to: Any | None, by: Any, message: str, now: datetime) -> None:
    before, case.claimed_by = case.state, to
    if to is None:
        case.alerted = 0  # who is on duty hears of it anew
    if to is None and case.state == CaseState.CLAIMED:
        case.state, case.moved_at = CaseState.NEW, now
        record_event("triage transition", by=by, obj=case, before=before, after=CaseState.NEW.value)
    case.save()
    add_sealed_note(case, by, CaseNote.Kind.NOTE, message, now)
    record_event("triage passed on", by=by, obj=case, to=str(to.pk) if to else "")


def _reassign_contact(contact: ContactRequest, to: Any | None, by: Any, message: str, now: datetime) -> None:
    contact.claimed_by = to
    if to is None:
        contact.state, contact.alerted = ContactState.NEW, 0
    contact.save()
    ContactNote.objects.create(
        contact=contact, author=by, sealed=seal_text(message.strip()), after=contact.state, written_at=now
    )
    record_event("contact request passed on", by=by, obj=contact, to=str(to.pk) if to else "")


def _reassign_withdrawn_text(text: WithdrawnText, to: Any | None, by: Any, message: str) -> None:
    text.read_by, text.sealed_handover = to, seal_text(message.strip())
    text.keep_until = None  # whoever has it now has not read it: no sweep erases it undecided
    if to is None:
        text.alerted = 0
    text.save()
    record_event("withdrawn words passed on", by=by, obj=text, to=str(to.pk) if to else "")


def _reassign_mailbox(mailbox: Mailbox, to: Any | None, by: Any, message: str) -> None:
    mailbox.claimed_by, mailbox.sealed_handover = to, seal_text(message.strip())
    if to is None:
        mailbox.alerted = 0
    mailbox.save()
    record_event("mailbox given back", by=by, obj=mailbox, to=str(to.pk) if to else "")
