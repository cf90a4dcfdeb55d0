"""Write, publish and retire commitments, say how they go, and read what groups sent in."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from consultation import handover
from consultation.access import require_permission
from consultation.audit.audit_log import record_event
from insights.commitments import policies
from insights.commitments.models import Commitment, CommitmentKind, CommitmentNote, ContactReason, SentOffer
from insights.decisions.models import Decision
from insights.decisions.policies import may_change, may_draft_or_publish
from insights.publishing.lifecycle import PUBLISH_PERMISSION, Lifecycle
from insights.publishing.records import lock_record

FIELDS = ("name", "what", "language", "results", "begins", "due")


class CommitmentLifecycle(Lifecycle[Commitment]):
    name = "commitment"
    may_write = staticmethod(may_draft_or_publish)
    stays = "It is public: retire it."

    def lock(self, of: Commitment) -> Commitment:
        held: Commitment = super().lock(of)
        if held.retired_on:
            raise ValidationError("It is retired: what it says stays.")
        return held

    def record(self, verb: str, held: Commitment, by: Any, **data: Any) -> None:
        super().record(verb, held, by, kind=held.kind)

    def delete(self, held: Commitment) -> None:
        """Throw a draft away, with what a group sent for it."""
        SentOffer.objects.filter(commitment=held).delete()
        held.delete()


COMMITMENTS = CommitmentLifecycle()
publish_commitment, discard_commitment = COMMITMENTS.publish, COMMITMENTS.discard


@transaction.atomic
def draft_commitment(*, kind: str, by: Any, today: date | None = None, **said: Any) -> Commitment:
    """Create a draft, which a person who wrote none of it publishes. `said`: FIELDS, and the decisions."""
    require_permission(by, may_draft_or_publish)
    if kind not in CommitmentKind.values:
        raise ValidationError("There is no such kind of commitment.")
    made = Commitment(kind=kind, made_by=by, made_on=today or timezone.localdate())
    _save_words(made, by, said)
    return made


@transaction.atomic
def change_commitment(*, commitment: Commitment, by: Any, **said: Any) -> Commitment:
    """Change it. What was public is a draft again until a second person publishes it."""
    require_permission(by, may_draft_or_publish)
    held = COMMITMENTS.lock(commitment)
    if not held.is_draft:
        require_permission(by, PUBLISH_PERMISSION)
    held.mark_draft()
    _save_words(held, by, said)
    return held


def _save_words(commitment: Commitment, by: Any, said: dict[str, Any]) -> None:
    if problems := policies.list_commitment_problems(commitment.kind, said):
        raise ValidationError(problems)
    for name in FIELDS:
        setattr(commitment, name, said[name])
    commitment.save()
    if commitment.kind == CommitmentKind.PLEDGE:
        commitment.decisions.set(said["decisions"])
    COMMITMENTS.record_writing(commitment, by)


@transaction.atomic
def retire_commitment(*, commitment: Commitment, by: Any, today: date | None = None) -> Commitment:
    """Take it off the public pages. It stays in the register; how to reach a group is erased."""
    require_permission(by, PUBLISH_PERMISSION)
    held = COMMITMENTS.lock(commitment)
    if held.is_draft:
        raise ValidationError("It is a draft: discard it.")
    held.retired_on = today or timezone.localdate()
    held.save(update_fields=["retired_on"])
    SentOffer.objects.filter(commitment=held).delete()
    COMMITMENTS.record("retired", held, by)
    return held


@transaction.atomic
def note_progress(
    *, commitment: Commitment, by: Any, progress: str, words: str, today: date | None = None
) -> CommitmentNote:
    """Write a dated note, which another person publishes. Earlier notes stay."""
    require_permission(by, PUBLISH_PERMISSION)
    held = COMMITMENTS.lock(commitment)
    _require_public(held)
    if problems := policies.list_note_problems(progress, words):
        raise ValidationError(problems)
    day = today or timezone.localdate()
    note = CommitmentNote.objects.create(
        commitment=held, day=day, progress=progress, words=words.strip(), written_by=by
    )
    record_event("commitment progress noted", by=by, obj=held, progress=progress)
    return note


def _require_public(commitment: Commitment) -> None:
    if not commitment.is_public:
        raise ValidationError("Publish it first. Then say how it goes.")


class NoteLifecycle(Lifecycle[CommitmentNote]):
    name = "commitment note"
    may_write = PUBLISH_PERMISSION
    stays = "It is public: take it back."
    two_people = "Two people publish this. Ask a colleague who did not write it."

    def validate_publication(self, held: CommitmentNote, today: date) -> None:
        _require_public(COMMITMENTS.lock(held.commitment))


NOTES = NoteLifecycle()
publish_note, discard_note = NOTES.publish, NOTES.discard


@transaction.atomic
def take_note_back(*, note: CommitmentNote, by: Any) -> None:
    """Delete a public note: one person is enough to take words off the public pages."""
    require_permission(by, PUBLISH_PERMISSION)
    held = NOTES.lock(note)
    if held.is_draft:
        raise ValidationError("It is a draft: discard it.")
    NOTES.record("taken back", held, by)
    held.delete()


@transaction.atomic
def choose_principles(*, decision: Decision, by: Any, principles: Iterable[Commitment]) -> None:
    """Say which adopted principles a decision serves: it becomes evidence of them once it is published. The tag of a
    principle that waits for a second person, and so could not be chosen, stays."""
    require_permission(by, may_change, decision)
    chosen = Commitment.objects.principles().published().filter(pk__in=[one.pk for one in principles])
    for one in Commitment.objects.principles().published().filter(decisions=decision).exclude(pk__in=chosen):
        one.decisions.remove(decision)
    for one in chosen:
        one.decisions.add(decision)
    record_event("principles chosen", by=by, obj=decision, principles=sorted(one.pk for one in chosen))


OFFERED = "name", "what", "begins", "contact"


def receive_offer(*, key: uuid.UUID, language: str, today: date | None = None, **said: str) -> None:
    """Keep what a group sent by the public form, sealed as a whole until the screen has looked at it: a child may have
    written a cry for help. Sent twice it is kept once. Not in the audit log, which has times."""
    row = SentOffer(id=key, day=today or timezone.localdate(), language=language, contact=said)
    SentOffer.objects.bulk_create([row], ignore_conflicts=True)


def screen_sent_offers() -> int:
    """Sweep: a cry for help goes to a lead, who gets in touch, and is kept here no longer; the rest waits for officers.
    Returns how many went."""
    if not handover.can_open_sealed():
        return 0  # the worker that holds the key does it
    passed = 0
    for offer in SentOffer.objects.unscreened():
        with transaction.atomic():
            held = SentOffer.objects.unscreened().select_for_update().filter(pk=offer.pk).first()
            if held and _pass_to_lead_if_flagged(held):
                held.delete()
                passed += 1
            elif held:
                held.screened = True
                held.save()
    return passed


def _pass_to_lead_if_flagged(held: SentOffer) -> bool:
    said = held.contact
    if isinstance(said, dict):  # rows of a version before this one have the contact alone, and the rest in clear
        for name in OFFERED:
            setattr(held, name, said[name])
    return handover.request_contact_if_flagged(
        name=held.name, words=held.what, how=cast(str, held.contact), language=held.language, key=held.pk
    )


@transaction.atomic
def take_offer(*, offer: SentOffer, by: Any, today: date | None = None, **said: Any) -> Commitment:
    """Make a draft of what a group sent, in words that the officer has read and may have changed."""
    require_permission(by, PUBLISH_PERMISSION)
    held = lock_record(offer)
    if held.commitment_id:
        raise ValidationError("Someone has taken it already.")
    if not held.screened:
        raise ValidationError("It was sent just now, and the screen has not looked at it. Try again in a minute.")
    held.commitment = draft_commitment(kind=CommitmentKind.OFFER, by=by, today=today, **said)
    held.save(update_fields=["commitment"])
    record_event("offer of a group taken", by=by, obj=held.commitment)
    return held.commitment


@transaction.atomic
def open_contact(*, offer: SentOffer, by: Any, reason: str) -> str:
    """How to reach the group. Who opened it, and why, goes on record."""
    require_permission(by, PUBLISH_PERMISSION)
    if reason not in ContactReason.values:
        raise ValidationError("Say why you need it.")
    held = lock_record(offer)
    try:
        contact = cast(str, held.contact)
    except handover.VaultLocked as error:
        raise ValidationError("This machine has no key to it. Open this page at the staff site.") from error
    record_event("contact of a group opened", by=by, obj=held, reason=reason)
    return contact


@transaction.atomic
def decline_offer(*, offer: SentOffer, by: Any) -> None:
    """Erase what a group sent, with its contact."""
    require_permission(by, PUBLISH_PERMISSION)
    held = lock_record(offer)
    if held.commitment_id:
        raise ValidationError("Someone has taken it already.")
    record_event("offer of a group declined", by=by)
    held.delete()
