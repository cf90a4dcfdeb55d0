"""Actions on referrals: tell an agency, write down what it decided, ask again later; and tell a lead whose agency is late.
Audit entries hold no words."""

from datetime import date, datetime
from typing import Any, cast

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from consultation.access import NotAllowed, refuse_for, require_words
from consultation.agencies.actions import store_agency
from consultation.agencies.first_agencies import find_outcome
from consultation.agencies.models import KnownAgency
from consultation.audit.audit_log import record_event
from consultation.notifications.notify import notify_all
from consultation.responses.vault import seal_text
from consultation.safeguarding import policies
from consultation.safeguarding.case_steps import add_sealed_note, explain_move, lock_case, make_move
from consultation.safeguarding.duty_rota import lead_rota
from consultation.safeguarding.models import CaseNote, CaseState, TriageCase, is_hidden_from
from consultation.safeguarding.referrals.models import CaseReferral


def explain_referral(case: TriageCase, by: Any) -> str:
    """Why this lead may not refer the case now; empty when they may. A referred case may be referred again."""
    if case.state == CaseState.REFERRED:
        return policies.must_read_first(to=CaseState.REFERRED, unread=case.is_unread_by(by))
    return explain_move(case, CaseState.REFERRED, by)


@transaction.atomic
def refer_case(
    *,
    case: TriageCase,
    by: Any,
    agency: KnownAgency | None,
    chase_on: date | None,
    reference: str = "",
    by_phone_to: str = "",
    reason: str = "",
    now: datetime | None = None,
) -> CaseReferral:
    """Write down that an agency was told. The first referral moves the case to "referred"."""
    fresh, now = lock_case(case, by), now or timezone.now()
    refuse_for(explain_referral(fresh, by))
    refuse_for(
        policies.may_refer(
            outcome=find_outcome(agency) if agency else "", agency=agency.key if agency else "", reference=reference,
            by_phone_to=by_phone_to, chase_on=chase_on, today=timezone.localdate(now), accused=fresh.agency_id,
        )
    )  # fmt: skip
    if fresh.state != CaseState.REFERRED:
        make_move(fresh, CaseState.REFERRED, by, reason, now)
    made: CaseReferral = CaseReferral.objects.create(
        case=fresh, agency=store_agency(cast(KnownAgency, agency)), sealed_reference=_seal_words(reference),
        sealed_phone_name=_seal_words(by_phone_to), sent_by=by, sent_at=now, chase_on=cast(date, chase_on),
    )  # fmt: skip
    add_sealed_note(fresh, by, CaseNote.Kind.NOTE, reason, now)
    record_event("triage referred", by=by, obj=fresh, agency=find_outcome(made.agency))
    case.refresh_from_db()
    return made


def _seal_words(text: str) -> bytes | None:
    return seal_text(text.strip()) if text.strip() else None


@transaction.atomic
def record_referral_decision(
    *, referral: CaseReferral, by: Any, decision: str, reference: str = "", now: datetime | None = None
) -> CaseReferral:
    """Write down what the agency decided, and its reference if it came later. It is not late any more."""
    fresh, now = _lock_undecided(referral, by), now or timezone.now()
    require_words(decision, "Say what they decided.")
    fresh.sealed_decision, fresh.decided_at = seal_text(decision.strip()), now
    fresh.sealed_reference = _seal_words(reference) or fresh.sealed_reference
    fresh.save()
    record_event("triage referral decided", by=by, obj=fresh.case, agency=find_outcome(fresh.agency))
    return fresh


@transaction.atomic
def chase_referral(
    *, referral: CaseReferral, by: Any, said: str, chase_on: date | None, now: datetime | None = None
) -> CaseReferral:
    """Write down that the agency was asked and has not decided, and the day to ask again."""
    fresh, now = _lock_undecided(referral, by), now or timezone.now()
    require_words(said, "Say whom you asked, and what they said.")
    refuse_for(policies.may_chase_on(chase_on, timezone.localdate(now)))
    fresh.chase_on, fresh.told_late = cast(date, chase_on), False
    fresh.save(update_fields=["chase_on", "told_late"])
    add_sealed_note(fresh.case, by, CaseNote.Kind.NOTE, f"{fresh.agency}: {said.strip()}", now)
    record_event("triage referral chased", by=by, obj=fresh.case, agency=find_outcome(fresh.agency))
    return fresh


def _lock_undecided(referral: CaseReferral, by: Any) -> CaseReferral:
    case = lock_case(referral.case, by)
    fresh: CaseReferral = case.referrals.select_for_update().get(pk=referral.pk)
    if fresh.decided_at is not None:
        raise NotAllowed("Their decision is written down already.")
    return fresh


def tell_late_referrals(now: datetime | None = None) -> int:
    """Sweep, in working hours: tell once of each referral that is late, one message a person. Returns the number told.

    It counts as told only when a message left; asking the agency again for a later day starts anew.
    """
    now = now or timezone.now()
    if not lead_rota.is_working_now(now):
        return 0
    late = CaseReferral.objects.filter(decided_at=None, told_late=False, chase_on__lt=timezone.localdate(now))
    wanted = {each: list_whom_to_tell(each, now) for each in late.select_related("case", "sent_by")}
    told = notify_all(set().union(*wanted.values()), now, retried=True)
    return sum(_mark_told(each) for each, people in wanted.items() if people & told)


def list_whom_to_tell(referral: CaseReferral, now: datetime) -> set[str]:
    """The address of the lead who made it, else of the lead on duty, else of the backup; else those of every lead who is
    here, else of the head of service. Nobody from whom the case is hidden."""
    duty, here = lead_rota.find_current_duty(now), lead_rota.list_reachable_leads(now)
    people = [lead for lead in here if not is_hidden_from(referral.case, lead)]
    first = [each for each in (referral.sent_by, duty.lead, duty.backup) if each in people][:1]
    return {lead.email for lead in first or people} or set(filter(None, [settings.HEAD_OF_SERVICE_EMAIL]))


@transaction.atomic
def _mark_told(referral: Any) -> int:
    marked: int = CaseReferral.objects.filter(pk=referral.pk, told_late=False).update(told_late=True)
    if marked:
        record_event("triage referral late", obj=referral.case)
    return marked
