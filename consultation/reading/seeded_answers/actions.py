"""Seeded answers: invented texts that a lead adds to a consultation's answers, to measure what readers miss.

Readers screen, lease, mark and decide them like any other answer. They are excluded from figures (their response is
excluded from figures) and counts, never released, and open no case. A result says whether the decision was right, not
whose it was; the audit log names the reader, as for all answers.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from consultation.audit.audit_log import record_event
from consultation.reading import policies
from consultation.reading.models import (
    ExpectedDecision,
    Lease,
    PracticeAnswer,
    PracticeSet,
    Reading,
    Screening,
    SeededOutcome,
)
from consultation.reading.screening_sweep import screen_answers
from consultation.responses.models import Answer, AnswerState, Response
from consultation.responses.vault import seal_text
from consultation.surveys.models import PublishedVersion

NAME = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)
# As long as a reader's own list shows the decision; then only the result is kept.
KEPT = timedelta(days=2)


@dataclass(frozen=True)
class SeededText:
    """One text to seed. `names`: the (start, end) that a reader must hide."""

    words: str
    wanted: str
    names: tuple[tuple[int, int], ...] = ()
    language: str = "en"


def parse_seeded_text(written: str, wanted: str, language: str = "en") -> SeededText:
    """Parse a lead's notation: in "My worker [[Kieran]] left" the name in brackets must be hidden."""
    words, names, at = "", [], 0
    for found in NAME.finditer(written.strip()):
        words += written.strip()[at : found.start()]
        names.append((len(words), len(words) + len(found[1])))
        words, at = words + found[1], found.end()
    return SeededText(words + written.strip()[at:], wanted, tuple(names), language)


@transaction.atomic
def plant_seeded_answers(
    *,
    name: str,
    version: PublishedVersion,
    question: str,
    seeds: Iterable[SeededText],
    by: Any,
    now: datetime | None = None,
) -> PracticeSet:
    """Add the texts to today's unread answers. Their keys are random, and so is their place within the day."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    made = PracticeSet.objects.create(name=name, consultation=version.page, planted_on=today, planted_by=by)
    answers = [_create_seeded_answer(made, version, question, one, today) for one in seeds]
    screen_answers(answers, now)
    # Their excluded response would make them part of a flood.
    Screening.objects.filter(pk__in=[answer.pk for answer in answers]).update(alike="", copy=False)
    record_event("practice answers planted", by=by, obj=made, count=len(answers))
    return made


def _create_seeded_answer(
    made: PracticeSet, version: PublishedVersion, question: str, one: SeededText, today: Any
) -> Answer:
    response = Response.objects.create(version=version, language=one.language, day=today, excluded_from_figures=True)
    answer = Answer.objects.create(response=response, question=question, sealed=seal_text(one.words))
    names = [list(place) for place in one.names]
    PracticeAnswer.objects.create(practice_set=made, answer=answer, words=one.words, wanted=one.wanted, names=names)
    return answer


def score_seeded_answers(now: datetime | None = None) -> int:
    """Sweep: store the results of decisions that can no longer be undone. Returns how many."""
    now = now or timezone.now()
    undone = now - timedelta(minutes=settings.RELEASE_AFTER_MINUTES)
    read = PracticeAnswer.objects.filter(outcome="", answer__reading__isnull=False)
    final = read.filter(answer__reading__decided_at__lte=undone)
    still = (AnswerState.UNREAD, AnswerState.AWAITING_COLLEAGUE)
    keys = list(final.exclude(answer__state__in=still).order_by("pk").values_list("pk", flat=True))
    for key in keys:
        _score_seeded_answer(key)
    old = PracticeAnswer.objects.exclude(outcome="").filter(answer__reading__decided_at__lt=now - KEPT)
    Response.objects.filter(answers__practice__in=old).delete()
    return len(keys)


@transaction.atomic
def _score_seeded_answer(key: Any) -> None:
    one = PracticeAnswer.objects.select_related("answer__reading").get(pk=key)
    if one.answer is None:
        return
    reading: Reading = one.answer.reading
    one.outcome = policies.score_seeded_answer(
        wanted=one.wanted, names=one.names, decision=reading.decision, hidden=reading.spans
    )
    one.save(update_fields=["outcome"])
    Reading.objects.filter(pk=reading.pk).update(text="", release_at=None)
    # The reader sees it as released like others; `released` stays false and the response excluded from figures.
    Answer.objects.filter(pk=reading.pk, state=AnswerState.CLEARED).update(state=AnswerState.RELEASED)


@transaction.atomic
def end_seeded_set(*, practice_set: PracticeSet, by: Any) -> int:
    """Delete the unread answers of a set, except those leased now. Returns how many."""
    unread = Answer.objects.unread().filter(practice__practice_set=practice_set)
    unread = unread.exclude(pk__in=Lease.objects.filter(until__gt=timezone.now()).values("answer"))
    keys = list(unread.values_list("response_id", flat=True))
    Response.objects.filter(pk__in=keys).delete()
    PracticeSet.objects.filter(pk=practice_set.pk, ended_on__isnull=True).update(ended_on=timezone.localdate())
    record_event("practice answers ended", by=by, obj=practice_set, count=len(keys))
    practice_set.refresh_from_db()
    return len(keys)


def list_seeded_sets() -> QuerySet[PracticeSet]:
    """Every set, annotated with `planted` and `waiting` counts."""
    waiting = Count("items", filter=Q(items__outcome="", items__answer__isnull=False))
    return PracticeSet.objects.select_related("consultation").annotate(planted=Count("items"), waiting=waiting)


@dataclass(frozen=True)
class SeededResult:
    """Answers with one expected decision: how many were read, how many rightly, and the others."""

    wanted: str
    read: int
    right: int
    others: tuple[PracticeAnswer, ...]


def results_by_purpose(practice_set: PracticeSet) -> list[SeededResult]:
    """Results by expected decision. Shown once a set is complete or ended: earlier they could tell who reads now."""
    items = list(practice_set.items.exclude(outcome="").order_by("pk"))
    found = []
    for wanted in ExpectedDecision:
        read = [one for one in items if one.wanted == wanted]
        others = tuple(one for one in read if one.outcome != SeededOutcome.RIGHT)
        if read:
            found.append(SeededResult(wanted.label, len(read), len(read) - len(others), others))
    return found
