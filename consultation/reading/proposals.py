"""The sweep that screens unread text: proposals and offsets only, no word of the text leaves this module."""

from __future__ import annotations

import logging
import math
import time
from collections import Counter
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from consultation.reading import alike, policies
from consultation.reading.known.current import Current, current
from consultation.reading.models import Screening
from consultation.reading.retraining import current as screens
from consultation.responses.models import Answer
from consultation.responses.vault import VaultLocked, can_open, open_sealed
from consultation.safeguarding.policies import more_urgent

if TYPE_CHECKING:
    from consultation.reading import screening

logger = logging.getLogger(__name__)
BATCH = 200
LONGEST_RUN = 25  # seconds of one sweep: the next one goes on where it stopped
COPIES = 3  # the same words so often in held answers: what comes after them is a copy
SOON = {"rule": "soon-box", "category": "soon", "label": "Asked to be read soon", "start": None, "end": None}
FAILED = {"rule": "screen", "category": "unreadable", "label": "The screen failed", "start": None, "end": None}


def _opened(answers: list[Answer]) -> tuple[list[tuple[Answer, str]], list[Answer]]:
    """Answers with their words, and those that are sealed to a key that is not here."""
    texts, locked = [], []
    for answer in answers:
        try:
            texts.append((answer, open_sealed(answer.sealed)))
        except VaultLocked:
            logger.error("an answer is sealed to a key that is not here")
            locked.append(answer)
    return texts, locked


def _screened(texts: list[tuple[Answer, str]]) -> list[screening.Screening | None]:
    """All at once; where the screen trips over one, each alone, so that it hides no other. None: it failed."""
    from consultation.reading import screening

    try:
        languages = [answer.response.language for answer, _ in texts]
        return list(screening.screen_many([text for _, text in texts], languages=languages))
    except Exception as error:
        logger.error("the screen failed: %s", type(error).__name__)
        return [None] if len(texts) == 1 else [found for one in texts for found in _screened([one])]


def screening_of(answer: Answer, text: str, found: screening.Screening | None, known: Current) -> Screening:
    """What the screen proposes, unsaved. A text that it cannot read, or that it trips over, is flagged (D5)."""
    from consultation.reading import screening

    row = Screening(answer=answer, flagged=found is None, score=0.0, engine=screening.engine())
    if answer.response.held:
        row.alike = alike.mark(text)
    if found is not None:
        row.flagged, row.priority, row.score = found.flagged or not found.readable, found.priority or "", found.score
        row.language, row.reasons = found.language or "", [asdict(reason) for reason in found.reasons]
    try:
        row.spans = _proposed(text, row.language or answer.response.language, known, answer)
    except Exception as error:  # a bug in a rule must not hide a cry for help
        logger.error("the screen failed: %s", type(error).__name__)
        found = None
    if found is None:
        row.flagged, row.reasons = True, [FAILED, *row.reasons]
    if answer.soon:
        row.flagged, row.reasons = True, [SOON, *row.reasons]
        row.priority = more_urgent(row.priority, "T2")
    return row


def _proposed(text: str, language: str, known: Current, answer: Answer) -> list[dict[str, Any]]:
    from consultation.reading import redaction

    allowed = known.allowed(answer)
    return [
        asdict(span) for span in redaction.propose(text, language=language, allowed=allowed, local=known.everywhere)
    ]


def screen_answers(answers: list[Answer], now: datetime) -> list[Answer]:
    """Screen these answers in one transaction; one that another process has screened meanwhile is left alone.

    Returns those that cannot be opened here."""
    screens.refresh()
    texts, locked = _opened(answers)
    known = current()
    rows = [screening_of(*one, found, known) for one, found in zip(texts, _screened(texts), strict=True)]
    with transaction.atomic():
        _mark_copies(rows)
        Screening.objects.bulk_create(rows, ignore_conflicts=True)
        for row in rows:
            _start_clock(row, now)
    return locked


def _mark_copies(rows: list[Screening]) -> None:
    """A flood says the same again and again. The first few of it keep their place on the desk; each further one waits
    behind what real people wrote, for it will be decided with them."""
    marks = {row.alike for row in rows if row.alike}
    if not marks:
        return
    known = Screening.objects.filter(alike__in=marks).values_list("alike").annotate(times=Count("pk"))
    seen: Counter[str] = Counter(dict(known))
    for row in rows:
        if row.alike:
            row.copy = seen[row.alike] >= COPIES
            seen[row.alike] += 1


def _start_clock(row: Screening, now: datetime) -> None:
    if row.copy:
        return
    due = policies.first_read_due(flagged=row.flagged, priority=row.priority, soon=row.answer.soon, now=now)
    if due is not None:
        Answer.objects.unread().filter(pk=row.pk, due__isnull=True).update(due=due)


def screen_unread(now: datetime | None = None, seconds: float = math.inf) -> int:
    """Sweep: screen unread answers that have not been screened, for so long. Returns how many.

    Each batch takes what real people sent first, also what came in meanwhile, and of what is held only the room that
    is left: a flood waits, and keeps nobody waiting. Within both the order is that of the random keys.
    """
    if not can_open():
        return 0
    ends, count, locked = time.monotonic() + seconds, 0, set[UUID]()
    while batch := _next_batch(locked):
        stuck = screen_answers(batch, now or timezone.now())
        locked |= {answer.pk for answer in stuck}
        count += len(batch) - len(stuck)
        if time.monotonic() >= ends:
            break
    return count


def _next_batch(locked: set[UUID]) -> list[Answer]:
    waiting = Answer.objects.unread().filter(screening__isnull=True).exclude(pk__in=locked)
    waiting = waiting.select_related("response__version").defer("response__version__content")
    real = list(waiting.filter(response__held=False).order_by("pk")[:BATCH])
    room = BATCH - len(real)
    return real + list(waiting.filter(response__held=True).order_by("pk")[:room] if room else [])
