"""Drawing the audit samples, and recording the second reader's results. The audit log has ids and counts."""

import random
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from consultation.access import NotAllowed
from consultation.audit.audit_log import record_event
from consultation.reading import reading_queue
from consultation.reading.actions import call_back_to_triage
from consultation.reading.answer_language import check_language, record_correction
from consultation.reading.audit_sample.audit_sample_figures import AuditFigures, dropped_sample_size, sample_size
from consultation.reading.audit_sample.models import AuditResult, DroppedFlagAudit, ScreenAudit, SecondLook
from consultation.reading.models import Lease, Reading, ReadingDecision, Screening
from consultation.reading.reading_order_cache import open_reading_orders
from consultation.reading.staffing.reader_languages import is_readable_in, languages_read_by
from consultation.responses.models import Answer, AnswerState
from consultation.responses.vault import open_sealed_text
from consultation.safeguarding.actions import open_case

CHANCE = random.SystemRandom()
# Not AWAITING_COLLEAGUE (it will be decided yet), nor TRIAGE (the leads have it).
DECIDED = (AnswerState.CLEARED, AnswerState.RELEASED, AnswerState.NOT_USED)


def _readings_between(start: date, end: date) -> QuerySet[Reading]:
    """Decisions from `start` to the day before `end`."""
    days = [timezone.make_aware(datetime.combine(day, time.min)) for day in (start, end)]
    within = Reading.objects.filter(decided_at__gte=days[0], decided_at__lt=days[1])
    return within.filter(answer__response__withdrawn=False, answer__practice__isnull=True)


def _drawable(readings: QuerySet[Reading]) -> list[UUID]:
    """Those that the leads never had, whose words are still there, and that were not drawn before."""
    rest = readings.filter(was_triaged=False, answer__state__in=DECIDED, answer__second_look__isnull=True)
    return list(rest.exclude(answer__sealed=b"").order_by("pk").values_list("pk", flat=True))


def find_flagged(readings: QuerySet[Reading]) -> dict[UUID, bool]:
    """{answer: whether the screen flagged it}."""
    return {
        key: order.flagged
        for key, order in open_reading_orders(Screening.objects.filter(pk__in=readings.values("pk"))).items()
    }


def _draw(keys: list[UUID], size: int, **audit: Any) -> int:
    drawn = sorted(CHANCE.sample(keys, size))
    SecondLook.objects.bulk_create(SecondLook(answer_id=key, **audit) for key in drawn)
    return len(drawn)


@transaction.atomic
def draw_audit_sample(today: date | None = None) -> ScreenAudit | None:
    """Sweep: draw once from last month's decisions; None if the month was drawn before or had no decisions."""
    today = today or timezone.localdate()
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    if ScreenAudit.objects.filter(month=month).exists():
        return None
    read = _readings_between(month, today.replace(day=1))
    if not read.exists():
        return None
    flagged, told = find_flagged(read), set(read.filter(was_triaged=True).values_list("pk", flat=True))
    keys = [key for key in _drawable(read) if not flagged.get(key, True)]
    audit, is_new = ScreenAudit.objects.get_or_create(
        month=month,
        defaults={
            "drawn_on": today,
            "flagged_told": sum(flagged[key] for key in told & flagged.keys()),
            "unflagged_told": sum(not flagged[key] for key in told & flagged.keys()),
            "unflagged_rest": len(keys),
        },
    )
    if not is_new:  # another worker was a moment faster
        return None
    drawn = _draw(keys, sample_size(len(keys)), audit=audit)
    record_event("screen audit drawn", obj=audit, month=f"{month:%Y-%m}", drawn=drawn, of=len(keys))
    return audit


@transaction.atomic
def draw_dropped_flags(today: date | None = None) -> DroppedFlagAudit | None:
    """Sweep: draw one in ten of last week's flagged answers that were not sent on; None if drawn before or none."""
    today = today or timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    week = monday - timedelta(days=7)
    if DroppedFlagAudit.objects.filter(week=week).exists():
        return None
    read = _readings_between(week, monday)
    flagged = find_flagged(read)
    keys = [key for key in _drawable(read) if flagged.get(key)]
    if not keys:
        return None
    audit, is_new = DroppedFlagAudit.objects.get_or_create(
        week=week, defaults={"drawn_on": today, "dropped": len(keys)}
    )
    if not is_new:
        return None
    drawn = _draw(keys, dropped_sample_size(len(keys)), dropped_audit=audit)
    record_event("dropped flags drawn", obj=audit, week=str(week), drawn=drawn, of=len(keys))
    return audit


def audit_answers_for(reader: Any) -> QuerySet[Answer]:
    """Drawn answers without a result that another person read first and no colleague has leased, in random key order.
    Excludes those whose case, opened since the draw, is hidden from this reader's agency (D7)."""
    free = Answer.objects.filter(reading_queue.free_for_reader(reader), second_look__result="", state__in=DECIDED)
    return free.exclude(reading__reader=reader).exclude(sealed=b"").order_by("pk")


def lease_next_audit_answer(reader: Any) -> Answer | None:
    """The next answer of the sample, leased to this reader: first those that they can read."""
    waiting, reads = audit_answers_for(reader), languages_read_by(reader)
    orders, said = reading_queue.open_answer_orders(waiting), dict(waiting.values_list("pk", "reading__language"))
    keys = sorted(orders, key=lambda key: not is_readable_in(reads, orders[key], said.get(key)))
    return reading_queue.lease_first_free(waiting, reader, keys)


def open_audit_text(*, answer: Answer, by: Any) -> str:
    """The raw text for the second reader; the lease is recorded in the audit log."""
    if not audit_answers_for(by).filter(pk=answer.pk).exists() or not reading_queue.lease_answer(answer, by):
        raise NotAllowed("This answer does not wait for you in the audit sample.")
    return open_sealed_text(answer.sealed)


@transaction.atomic
def record_audit_result(*, answer: Answer, by: Any, missed: bool, why: str = "", language: str = "") -> SecondLook:
    """Record the result. A missed answer leaves insights and goes to the leads at once; only somebody who reads
    the answer's language may say that nothing was missed."""
    one = SecondLook.objects.select_for_update().filter(answer=answer, result="").first()
    if one is None or not audit_answers_for(by).filter(pk=answer.pk).exists():
        raise NotAllowed("This answer does not wait for you in the audit sample.")
    _check_language_of_sample(answer, by, missed, language)
    one.result, one.looked_by = (AuditResult.MISSED if missed else AuditResult.FINE), by
    one.save(update_fields=["result", "looked_by"])
    if missed:
        fresh = Answer.objects.select_for_update().get(pk=answer.pk)
        call_back_to_triage(answer=fresh, by=by)
        open_case(answer=fresh, by=by, priority="T2", why=why.strip() or "Found when a sample was read again.")
    Lease.objects.filter(answer=answer).delete()
    record_event("screen audit looked", by=by, obj=answer, result=one.result)
    return one


def _check_language_of_sample(answer: Answer, by: Any, missed: bool, language: str) -> None:
    """Refuse "nothing was missed" from a person who does not read the answer's language. Keep the language they named."""
    decision = ReadingDecision.TRIAGE if missed else ReadingDecision.CLEAR
    earlier, screening = Reading.objects.get(pk=answer.pk), Screening.objects.filter(pk=answer.pk).first()
    known: dict[str, Any] = {"screening": screening, "earlier": earlier, "by": by, "language": language}
    check_language(**known, decision=decision, leave="Leave it")
    record_correction(answer=answer, **known)
    Reading.objects.filter(pk=answer.pk).update(language=language or earlier.language)


def count_looks(audit: ScreenAudit | DroppedFlagAudit) -> dict[str, int]:
    """{drawn, looked_at, missed} of a sample."""
    counted: dict[str, int] = audit.looks.aggregate(
        drawn=Count("pk", filter=~Q(result="") | Q(answer__isnull=False)),  # withdrawn unread: out of the sample
        looked_at=Count("pk", filter=~Q(result="")),
        missed=Count("pk", filter=Q(result=AuditResult.MISSED)),
    )
    return counted


def audit_figures(audit: ScreenAudit) -> AuditFigures:
    drawn = {name: getattr(audit, name) for name in ("flagged_told", "unflagged_told", "unflagged_rest")}
    return AuditFigures(**drawn, **count_looks(audit))
