"""The sweep that screens unread text: proposals and offsets only, no word of the text leaves this module."""

import logging
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultation.reading import policies
from consultation.reading.models import Screening
from consultation.responses.models import Answer
from consultation.responses.vault import VaultLocked, can_open, open_sealed
from consultation.safeguarding.policies import more_urgent

logger = logging.getLogger(__name__)
BATCH = 200
SOON = {"rule": "soon-box", "category": "soon", "label": "Asked to be read soon", "start": None, "end": None}
FAILED = {"rule": "screen", "category": "unreadable", "label": "The screen failed", "start": None, "end": None}


def screening_of(answer: Answer) -> Screening:
    """What the screen proposes, unsaved. A text that it cannot read, or that it trips over, is flagged (D5)."""
    from consultation.reading import screening

    text = open_sealed(answer.sealed)
    row = Screening(answer=answer, flagged=False, score=0.0, engine=screening.ENGINE)
    try:
        found = screening.screen(text, language=answer.response.language)
        row.flagged, row.priority, row.score = found.flagged or not found.readable, found.priority or "", found.score
        row.language, row.reasons = found.language or "", [asdict(reason) for reason in found.reasons]
        row.spans = _proposed(text, row.language or answer.response.language)
    except Exception as error:  # a bug in a rule must not hide a cry for help
        logger.error("the screen failed: %s", type(error).__name__)
        row.flagged, row.reasons = True, [FAILED, *row.reasons]
    if answer.soon:
        row.flagged, row.reasons = True, [SOON, *row.reasons]
        row.priority = more_urgent(row.priority, "T2")
    return row


def _proposed(text: str, language: str) -> list[dict[str, Any]]:
    from consultation.reading import redaction

    return [asdict(span) for span in redaction.propose(text, language=language)]


def screen_answers(answers: list[Answer], now: datetime) -> int:
    """Screen these answers in one transaction; one that another process has screened meanwhile is left alone."""
    rows = []
    for answer in answers:
        try:
            rows.append(screening_of(answer))
        except VaultLocked:
            logger.error("an answer is sealed to a key that is not here")
    with transaction.atomic():
        Screening.objects.bulk_create(rows, ignore_conflicts=True)
        for row in rows:
            due = policies.first_read_due(flagged=row.flagged, priority=row.priority, soon=row.answer.soon, now=now)
            if due is not None:
                Answer.objects.unread().filter(pk=row.pk, due__isnull=True).update(due=due)
    return len(rows)


def screen_unread(now: datetime | None = None) -> int:
    """Sweep: screen every unread answer that has not been screened, in random key order. Returns how many."""
    if not can_open():
        return 0
    now, count, last = now or timezone.now(), 0, None
    while True:
        waiting = Answer.objects.unread().filter(screening__isnull=True).select_related("response").order_by("pk")
        batch = list((waiting.filter(pk__gt=last) if last else waiting)[:BATCH])
        if not batch:
            return count
        count += screen_answers(batch, now)
        last = batch[-1].pk
