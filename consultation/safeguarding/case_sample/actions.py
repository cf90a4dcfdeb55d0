"""The sample of dismissed cases: drawn weekly by chance, looked at by a lead who did not decide."""

import random
from datetime import date, timedelta
from math import ceil
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from consultation.access import NotAllowed, refuse_for, require_words
from consultation.audit.audit_log import record_event
from consultation.responses.vault import seal_text
from consultation.safeguarding import policies, states
from consultation.safeguarding.actions import reopen_case
from consultation.safeguarding.case_sample.models import SampledCase, SampleResult
from consultation.safeguarding.case_steps import lock_case
from consultation.safeguarding.models import CaseState, Priority, TriageCase

CHANCE = random.SystemRandom()
SHARE = 10  # one in ten, and at least one a week


def _select_dismissed(week: date) -> QuerySet[TriageCase]:
    """T2 cases that one lead closed in this week without any referral."""
    closed = TriageCase.objects.filter(state=CaseState.CLOSED, priority=Priority.T2, second_view_by__isnull=True)
    within = closed.filter(closed_at__date__gte=week, closed_at__date__lt=week + timedelta(days=7))
    return within.exclude(outcome__in=(*states.REFERRALS, states.TAKEN_BACK))


@transaction.atomic
def draw_dismissed_cases(today: date | None = None) -> int:
    """Sweep: draw from last week's dismissed cases, once. Returns how many were drawn."""
    today = today or timezone.localdate()
    week = today - timedelta(days=today.weekday() + 7)
    # Locked: a second worker waits here, and then finds the week drawn.
    keys = list(_select_dismissed(week).select_for_update().order_by("pk").values_list("pk", flat=True))
    if not keys or SampledCase.objects.filter(week=week).exists():
        return 0
    drawn = sorted(CHANCE.sample(keys, ceil(len(keys) / SHARE)))
    SampledCase.objects.bulk_create(SampledCase(case_id=key, week=week, drawn_on=today) for key in drawn)
    record_event("closed cases drawn", week=str(week), drawn=len(drawn), of=len(keys))
    return len(drawn)


def list_waiting_samples(lead: Any) -> QuerySet[SampledCase]:
    """Drawn cases that this lead may look at: seen by them, still closed, and decided by someone else."""
    seen = TriageCase.objects.seen_by(lead).filter(state=CaseState.CLOSED).exclude(decided_by=lead)
    return SampledCase.objects.filter(result="", case__in=seen.exclude(claimed_by=lead)).select_related("case")


def find_waiting_sample(case: TriageCase, lead: Any) -> SampledCase | None:
    return list_waiting_samples(lead).filter(case=case).first()


@transaction.atomic
def record_sample_result(*, case: TriageCase, by: Any, result: str, note: str) -> SampledCase:
    """Write down what a second lead found. A case that should not have been closed is opened again at once."""
    fresh = lock_case(case, by)
    one = find_waiting_sample(fresh, by)
    if one is None or result not in SampleResult.values:
        raise NotAllowed("This case does not wait for you in the sample.")
    refuse_for(policies.must_read_first(to=fresh.state, unread=fresh.is_unread_by(by)))
    require_words(note)
    one.result, one.looked_by, one.sealed_note = result, by, seal_text(note.strip())
    one.save(update_fields=["result", "looked_by", "sealed_note"])
    record_event("closed case looked at", by=by, obj=fresh, result=result)
    if result == SampleResult.REOPENED:
        reopen_case(case=fresh, by=by, why=note)
    return one


def count_samples(since: date, until: date, cases: QuerySet[TriageCase]) -> dict[str, int]:
    """{drawn, looked_at, fine, reopened} of the weeks that began in this period, of these cases."""
    drawn = SampledCase.objects.filter(week__range=(since, until), case__in=cases)
    counts: dict[str, int] = drawn.aggregate(
        drawn=Count("pk"),
        looked_at=Count("pk", filter=~Q(result="")),
        fine=Count("pk", filter=Q(result=SampleResult.FINE)),
        reopened=Count("pk", filter=Q(result=SampleResult.REOPENED)),
    )
    return counts


def list_sample_findings(since: date, until: date, cases: QuerySet[TriageCase]) -> QuerySet[SampledCase]:
    """What second leads found, of these cases."""
    looked_at = SampledCase.objects.filter(week__range=(since, until), case__in=cases).exclude(result="")
    return looked_at.select_related("case")


def count_samples_by_week(weeks: int) -> list[Any]:
    """[{week, drawn, looked_at, reopened}], newest first."""
    rows = SampledCase.objects.values("week").annotate(
        drawn=Count("pk"),
        looked_at=Count("pk", filter=~Q(result="")),
        reopened=Count("pk", filter=Q(result=SampleResult.REOPENED)),
    )
    return list(rows.order_by("-week")[:weeks])
