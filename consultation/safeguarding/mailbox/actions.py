"""Actions on mailboxes. What a child writes is sealed, and starts a clock; nothing that a child does is audited, since an
entry would keep its time. What leads do is, by ids alone."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from consultation.access import NotAllowed, refuse_for, require_words
from consultation.agencies.actions import store_agency
from consultation.agencies.models import KnownAgency
from consultation.audit.audit_log import record_event
from consultation.respondent_pages.four_words import HashedWords, hash_words
from consultation.respondent_pages.slow_hash import own_words
from consultation.responses.deletion_markers import DeletionKind, digest_deletion
from consultation.responses.response_ids import derive_uuid
from consultation.responses.vault import VaultLocked
from consultation.safeguarding.actions import open_case
from consultation.safeguarding.attached_answers import open_with_attached, seal_with_attached
from consultation.safeguarding.clocks import write_slot
from consultation.safeguarding.duty_rota import lead_rota
from consultation.safeguarding.duty_rota.absences import refuse_while_away
from consultation.safeguarding.duty_rota.working_week import get_working_week
from consultation.safeguarding.mailbox import mailbox_words, policies, states
from consultation.safeguarding.mailbox.mailbox_words import make_words
from consultation.safeguarding.mailbox.models import Mailbox, MailboxMessage, MailboxState
from consultation.safeguarding.models import Priority, TriageCase, build_hiding_key
from consultation.safeguarding.policies import may_hide

ANSWER_MISSING = "Write the message first."
REASON_MISSING = "Say why. The child reads it."


class MailboxClosed(NotAllowed):
    """A lead closed the mailbox while the child wrote: the words go into a new one."""


def _lock_mailbox(mailbox: Mailbox, by: Any = None) -> Mailbox:
    rows = Mailbox.objects.seen_by(by) if by else Mailbox.objects.all()
    found: Mailbox = rows.select_for_update().get(pk=mailbox.pk)
    return found


def _add_message(mailbox: Mailbox, now: datetime, **fields: Any) -> MailboxMessage:
    message: MailboxMessage = mailbox.messages.create(
        number=mailbox.messages.count() + 1, day=timezone.localdate(now), **fields
    )
    return message


def _set_clock(mailbox: Mailbox, action: str, asked: states.MailboxClock = states.STOPPED) -> None:
    """Set the clock for an action; a new or more urgent one is told anew. Does not save. Needs the private key if the
    mailbox has a clock."""
    before = states.MailboxClock(mailbox.priority, mailbox.due)
    after = states.clock_after(action, before, asked=asked)
    mailbox.clock = [after.priority, write_slot(after.due)] if after.due else None
    if after.priority != before.priority:
        mailbox.alerted = 0


def open_mailbox(
    *,
    seed: bytes,
    text: str,
    language: str,
    attached: Iterable[tuple[str, bytes]] = (),
    now: datetime | None = None,
) -> tuple[str, ...] | None:
    """Open a mailbox with a child's first message, and give the four words made for it.

    `seed`: a secret of the form and its content, so that a repeated Send finds the same mailbox and shows the same
    words; None once they were entered. `attached`: copies of (question, sealed answer), which join nothing.
    """
    now, words = now or timezone.now(), make_words(seed)
    hashed = hash_words(words, own_words)  # before the transaction: no other has to wait for it
    clock = states.start_clock(Priority.T2, now, get_working_week())
    fields = {
        "clock": [clock.priority, write_slot(clock.due)],
        "digest": hashed.derive(mailbox_words.PEPPER).hex(),
        "public_key": mailbox_words.derive_public_key(hashed),
        "language": language,
    }
    with transaction.atomic():
        mailbox, made = Mailbox.objects.get_or_create(pk=derive_uuid("mailbox", seed), defaults=fields)
        if made:
            _add_message(mailbox, now, sealed=seal_with_attached({"text": text}, attached))
    return None if mailbox.entered else words


def find_mailbox(words: HashedWords) -> Mailbox | None:
    """The mailbox that these four words open, or None. Hit and miss cost one query each."""
    return Mailbox.objects.filter(digest__in=words.list_digests(mailbox_words.PEPPER)).first()


@dataclass(frozen=True)
class ShownMessage:
    """A message as the child sees it: a lead's words, never the child's own."""

    day: date
    text: str  # "": the child's own


def read_as_child(*, mailbox: Mailbox, words: HashedWords) -> list[ShownMessage]:
    """What leads wrote, opened with the four words. From then on the words are never shown again."""
    if not mailbox.entered:
        mailbox.entered = True
        mailbox.save(update_fields=["entered"])
    key = mailbox.public_key
    return [
        ShownMessage(
            message.day,
            mailbox_words.open_with_words(words, key, message.sealed_to_words) if message.sealed_to_words else "",
        )
        for message in mailbox.messages.all()
    ]


@transaction.atomic
def write_as_child(*, mailbox: Mailbox, text: str, nonce: bytes, now: datetime | None = None) -> MailboxMessage:
    """Add a child's message and start its clock, if none runs: this process cannot open one. A repeated Send of the same
    form and text is one message."""
    now, fresh = now or timezone.now(), _lock_mailbox(mailbox)
    key = derive_uuid("mailbox message", fresh.pk.bytes, nonce, text.encode("utf-8", "replace"))
    sent = fresh.messages.filter(pk=key).first()
    if sent is not None:
        return sent
    if not states.is_allowed(fresh.state, states.CHILD_WRITES):
        raise MailboxClosed(policies.CLOSED)
    message = _add_message(fresh, now, pk=key, sealed=seal_with_attached({"text": text}, ()))
    if not fresh.waits:
        _set_clock(fresh, states.CHILD_WRITES, states.start_clock(Priority.T2, now, get_working_week()))
        fresh.save()
    return message


@transaction.atomic
def record_screening(*, message: MailboxMessage, priority: str, now: datetime | None = None) -> None:
    """The screen has seen a child's message: a more urgent one shortens the clock, unless a lead has answered."""
    fresh = _lock_mailbox(message.mailbox)
    if states.is_allowed(fresh.state, states.SCREENED):
        asked = states.start_clock(priority, now or timezone.now(), get_working_week())
        _set_clock(fresh, states.SCREENED, asked)
        fresh.save()
    MailboxMessage.objects.filter(pk=message.pk).update(screened=True)


@transaction.atomic
def keep_alert_levels(levels: dict[UUID, tuple[int, int]]) -> int:
    """Keep the level of these mailboxes whose level is still the one before. Returns how many there are. One that is sealed
    to a lost key is sealed anew.

    The audit log does not name them, and all that wait are written: either would tell which are urgent.
    """
    for fresh in Mailbox.objects.select_for_update().filter(clock__isnull=False).order_by("pk"):
        before, level = levels.get(fresh.pk, (None, 0))
        try:
            is_as_before = fresh.alerted == before
        except VaultLocked:
            is_as_before = True
        if is_as_before:
            fresh.alerted = level
        fresh.save(update_fields=["alerted"])
    return len(levels)


def _awaits_lead(mailbox: Mailbox, last_lead: Any) -> bool:
    return mailbox.state == MailboxState.OPEN and last_lead is None


def _is_clock_wrong(mailbox: Mailbox, last_lead: Any) -> bool:
    """`last_lead`: the author of its last message; None for the child."""
    asks = _awaits_lead(mailbox, last_lead)
    return mailbox.waits != asks or (asks and mailbox.due is None)


@transaction.atomic
def mend_clocks(now: datetime | None = None) -> int:
    """Sweep: a clock runs where a child's message is the last of an open mailbox, and nowhere else, whatever a fault left.
    Its messages are screened anew. Returns how many it started. Raises VaultLocked in a process without a key."""
    last = MailboxMessage.objects.filter(mailbox=OuterRef("pk")).order_by("-number")
    rows = Mailbox.objects.annotate(last_lead=Subquery(last.values("author")[:1]))
    looked_at = rows.filter(Q(state=MailboxState.OPEN, last_lead__isnull=True) | Q(clock__isnull=False))
    wrong = [row.pk for row in looked_at if _is_clock_wrong(row, row.last_lead)]
    started, asked = [], states.start_clock(Priority.T2, now or timezone.now(), get_working_week())
    for fresh in Mailbox.objects.select_for_update().filter(pk__in=wrong):
        last_lead = fresh.messages.values_list("author", flat=True).last()
        if not _is_clock_wrong(fresh, last_lead):  # somebody wrote meanwhile
            continue
        fresh.clock = None
        if _awaits_lead(fresh, last_lead):
            _set_clock(fresh, states.CHILD_WRITES, asked)
            started.append(fresh.pk)
        fresh.save()
    MailboxMessage.objects.filter(mailbox__in=started, author__isnull=True).update(screened=False)
    return len(started)


def _lock_for(mailbox: Mailbox, action: str, by: Any) -> Mailbox:
    """The locked mailbox, if this lead may do that with it."""
    fresh = _lock_mailbox(mailbox, by)
    refuse_for(policies.may_handle(state=fresh.state, action=action, claimed_by=fresh.claimed_by_id, by=by.pk))
    return fresh


@transaction.atomic
def claim_mailbox(*, mailbox: Mailbox, by: Any) -> None:
    refuse_while_away(by)
    fresh = _lock_for(mailbox, states.CLAIM, by)
    fresh.claimed_by = by
    fresh.save(update_fields=["claimed_by"])
    record_event("mailbox claimed", by=by, obj=fresh)


@transaction.atomic
def give_back_mailbox(*, mailbox: Mailbox, by: Any) -> None:
    """Release the claim, so that another lead answers. A colleague may do it too, in case the claimant is ill."""
    fresh = _lock_for(mailbox, states.GIVE_BACK, by)
    fresh.claimed_by, fresh.alerted = None, 0  # who is on duty hears of it anew
    fresh.save(update_fields=["claimed_by", "alerted"])
    record_event("mailbox given back", by=by, obj=fresh)


@dataclass(frozen=True)
class OpenedMessage:
    """A message as the lead sees it."""

    number: int
    day: date
    author: Any  # None: the child
    text: str
    attached: list[dict[str, str]]


@transaction.atomic
def view_mailbox(*, mailbox: Mailbox, by: Any) -> list[OpenedMessage]:
    """The messages, opened for the lead who claimed it."""
    fresh = _lock_mailbox(mailbox, by)
    if fresh.claimed_by_id != by.pk:
        raise NotAllowed(policies.NOT_TAKEN)
    record_event("mailbox viewed", by=by, obj=fresh)
    return [_open_message(message) for message in fresh.messages.select_related("author")]


def _open_message(message: MailboxMessage) -> OpenedMessage:
    content = open_with_attached(message.sealed)
    return OpenedMessage(message.number, message.day, message.author, content["text"], content["attached"])


def write_as_lead(*, mailbox: Mailbox, by: Any, text: str, seen: int, now: datetime | None = None) -> None:
    """Answer the child. `seen`: the number of the last message that the lead saw."""
    require_words(text, ANSWER_MISSING)
    _answer_child(mailbox, states.LEAD_WRITES, "mailbox answered", by, text, seen, now)


def close_mailbox(*, mailbox: Mailbox, by: Any, reason: str, seen: int, now: datetime | None = None) -> None:
    """Close for good. The reason is the last message, so that the child reads why."""
    require_words(reason, REASON_MISSING)
    _answer_child(mailbox, states.CLOSE, "mailbox closed", by, reason, seen, now)


@transaction.atomic
def _answer_child(
    mailbox: Mailbox, action: str, verb: str, by: Any, text: str, seen: int, now: datetime | None
) -> None:
    fresh = _lock_for(mailbox, action, by)
    refuse_for(policies.may_answer(seen=seen, last=fresh.messages.count()))
    _add_message(
        fresh,
        now or timezone.now(),
        author=by,
        sealed=seal_with_attached({"text": text.strip()}, ()),
        sealed_to_words=mailbox_words.seal_for_words(fresh.public_key, text.strip()),
    )
    _set_clock(fresh, action)
    fresh.state = states.AFTER[MailboxState(fresh.state)][action]
    fresh.save()
    record_event(verb, by=by, obj=fresh)


@transaction.atomic
def open_case_from_mailbox(
    *, mailbox: Mailbox, by: Any, priority: str, why: str, agency: KnownAgency | None = None
) -> TriageCase:
    """Open a case for a concern in the messages. Nothing joins the two; `why` must hold what the case needs.

    A concern about staff hides the mailbox from that agency too, while a lead of another agency is there to answer.
    """
    require_words(why)
    fresh = _lock_mailbox(mailbox, by)
    if fresh.claimed_by_id != by.pk:
        raise NotAllowed(policies.NOT_TAKEN)
    case = open_case(answer=None, by=by, priority=priority, why=why, agency=agency)
    others = [lead.agency_id for lead in lead_rota.list_leads()]
    if case.agency is not None and not may_hide(agency=case.agency.key, lead_agencies=others):
        fresh.hide_from(case.agency)
        fresh.save(update_fields=["agency", "claimed_by"])
    return case


@transaction.atomic
def rehide_mailboxes_after_restore(*, agencies: Iterable[KnownAgency], digests: Container[str]) -> int:
    """Hide mailboxes from their agency again after a restore, by the deletion markers' digests. Returns how many."""
    found = 0
    for agency in agencies:
        for mailbox in Mailbox.objects.exclude(agency=agency.key):
            if digest_deletion(DeletionKind.HIDDEN, build_hiding_key(mailbox.pk, agency.key)) in digests:
                mailbox.hide_from(store_agency(agency))
                mailbox.save(update_fields=["agency", "claimed_by"])
                found += 1
    return found
