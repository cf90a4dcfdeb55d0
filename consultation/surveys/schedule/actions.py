"""Moving published dates, and postponing an opening for which a publication condition no longer holds.

Answers already received stay and are read.
"""

from collections.abc import Mapping
from copy import copy
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision

from consultation.access import NotAllowed, refuse_for
from consultation.audit.audit_log import record_event
from consultation.audit.models import AuditEntry
from consultation.notifications.notify import notify
from consultation.surveys import publication_conditions
from consultation.surveys.approval_rules import find_publisher
from consultation.surveys.closing.actions import update_page_and_drafts
from consultation.surveys.models import ConsultationPage
from consultation.surveys.schedule import policies
from consultation.surveys.schedule.models import DateChange, DateChangeKind
from consultation.surveys.validation.findings import list_publication_blockers

DAY = timedelta(days=1)
PUT_OFF = "opening put off"


class BlockedByConditions(NotAllowed):
    """A publication condition fails before the new last day; `reasons` are its sentences."""

    def __init__(self, reasons: list[str]):
        super().__init__("This would leave days on which nobody is there for what people write.")
        self.reasons = reasons


@transaction.atomic
def move_last_day(
    *, page: ConsultationPage, by: Any, to: date, why: Mapping[str, str], today: date | None = None
) -> DateChange:
    """Move the last day, with a public reason `why` in {language: text}."""
    today = today or timezone.localdate()
    fresh: ConsultationPage = ConsultationPage.objects.select_for_update().get(pk=page.source.pk)
    words = {language: said.strip() for language, said in why.items() if said.strip()}
    # The days on which the answers are used.
    promised = [day for day in (fresh.look_date, fresh.decision_date, _promised_answer_day(fresh)) if day]
    refused = policies.explain_refused_last_day(
        live=fresh.live, closes=fresh.closes, opens=fresh.opens, to=to, today=today,
        looks=min(promised, default=None), why=words.get(settings.LANGUAGE_CODE, ""),
    )  # fmt: skip
    refuse_for(refused)
    kind = policies.classify_date_change(fresh.closes, to)
    longer, later = kind == DateChangeKind.LONGER, copy(fresh)
    later.closes = to
    if longer and (reasons := publication_conditions.explain_blocked(later)):
        raise BlockedByConditions(reasons)
    change = DateChange.objects.create(
        page=fresh, kind=kind, was=fresh.closes, now=to, why=words, made_on=today, made_by=by
    )
    # A default answer day counts from the last day. Fix it, so that a later last day does not delay the answer.
    answer = _promised_answer_day(fresh) if longer else fresh.feedback_date
    update_page_and_drafts(fresh, closes=to, feedback_date=answer)
    verb, reason = "kept open for longer" if longer else "closes sooner", words[settings.LANGUAGE_CODE]
    record_event(verb, by=by, obj=fresh, was=str(change.was or ""), until=str(to), reason=reason)
    return change


def _promised_answer_day(page: ConsultationPage) -> date | None:
    return policies.promised_answer_day(page.closes, page.feedback_date)


@transaction.atomic
def move_answer_day(
    *, page: ConsultationPage, by: Any, to: date, why: Mapping[str, str], today: date | None = None
) -> DateChange:
    """Move the day of our answer while the consultation is open, with a public reason.

    After the close it moves under “Results and answers” (insights.publications), where a late answer stays late.
    """
    today = today or timezone.localdate()
    fresh: ConsultationPage = ConsultationPage.objects.select_for_update().get(pk=page.source.pk)
    words = {language: said.strip() for language, said in why.items() if said.strip()}
    was = _promised_answer_day(fresh)
    refused = policies.explain_refused_answer_day(
        is_open=fresh.is_open(today), was=was, closes=fresh.closes, decides=fresh.decision_date, to=to,
        why=words.get(settings.LANGUAGE_CODE, ""),
    )  # fmt: skip
    refuse_for(refused)
    change = DateChange.objects.create(
        page=fresh, kind=DateChangeKind.ANSWER, was=was, now=to, why=words, made_on=today, made_by=by
    )
    update_page_and_drafts(fresh, feedback_date=to)
    reason = words[settings.LANGUAGE_CODE]
    record_event("day of the answer moved", by=by, obj=fresh, was=str(was), until=str(to), reason=reason)
    return change


def postpone_openings(today: date | None = None) -> int:
    """Sweep: postpone by a day what would open tomorrow while a publication condition fails. Returns the number.

    It is checked again each day, so a consultation opens on the day after the gap is filled, or never if it is not
    filled by the last day. An open consultation stays open: taking it away from a child who has begun does harm. Its
    gap shows on the readers' rota, and the lead is told when reading is late and can close it.
    """
    today = today or timezone.localdate()
    pages = ConsultationPage.objects.live().sources().filter(opens=today + DAY).order_by("pk")
    return sum(_postpone_opening(page.pk, today) for page in pages)


@transaction.atomic
def _postpone_opening(pk: int, today: date) -> int:
    page: ConsultationPage = ConsultationPage.objects.select_for_update().get(pk=pk)
    to = today + 2 * DAY
    if page.opens != today + DAY:
        return 0
    reasons = list_publication_blockers(page)
    if not reasons or (page.closes and page.closes < page.opens):
        return 0
    DateChange.objects.create(page=page, kind=DateChangeKind.PUT_OFF, was=page.opens, now=to, made_on=today)
    update_page_and_drafts(page, opens=to)
    record_event(PUT_OFF, obj=page, until=str(to), gates=len(reasons))
    _notify_after_commit(find_publisher(page.live_revision))
    return 1


def record_postponed_opening(
    *, page: ConsultationPage, revision: Revision, today: date | None = None, **_: Any
) -> bool:
    """Record, once a day, that a scheduled publication waits for a publication condition."""
    today = today or timezone.localdate()
    seen = AuditEntry.objects.filter(verb=PUT_OFF, object_type="consultationpage", object_id=str(page.pk))
    if seen.filter(day=str(today)).exists():
        return False
    with transaction.atomic():
        record_event(PUT_OFF, obj=page, revision=revision.pk)
        _notify_after_commit(find_publisher(revision))
    return True


def _notify_after_commit(person: Any) -> None:
    if person is not None and person.is_active and person.email:
        transaction.on_commit(lambda: notify(person.email))  # the page of dates shows it too
