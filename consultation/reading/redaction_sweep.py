"""The sweep that proposes what to hide in screened text. It stores offsets; no word of the text leaves this module."""

import logging
import math
import time
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.utils import timezone

from consultation.domain.key_order import RowPlace
from consultation.domain.row_claims import claim_rows
from consultation.reading.allow_list.known_words_snapshot import KnownWordsSnapshot, load_known_words
from consultation.reading.models import Screening
from consultation.reading.reading_clock import earlier_slot, order_due
from consultation.reading.screening_sweep import FAILED
from consultation.reading.time_limit import limit_seconds, load_redaction
from consultation.responses.models import Answer
from consultation.responses.vault import VaultLocked, can_open_sealed, open_sealed_text
from consultation.safeguarding.clocks import write_slot
from consultation.safeguarding.policies import pick_more_urgent

logger = logging.getLogger(__name__)
BATCH = 20
AT_ONCE = 500
LONGEST_RUN = 20  # seconds of one sweep; the next one continues
LONGEST_TEXT = 30.0  # seconds; 100,000 letters take eight at most


def list_unredacted() -> Any:
    """Screenings of answers that somebody will read and for which nothing is proposed yet."""
    return Screening.objects.filter(spans__isnull=True, answer__in=Answer.objects.undecided())


def redact_screened(seconds: float = math.inf) -> int:
    """Sweep: propose what to hide in screened answers, for about `seconds`. Returns how many. The order is that of the
    random keys: if flagged ones came first, the rows without proposals would tell which are not."""
    if not can_open_sealed():
        return 0
    ends, count, locked = time.monotonic() + seconds, 0, set[UUID]()
    while keys := list(list_unredacted().exclude(pk__in=locked).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        before = count + len(locked)
        for start in range(0, len(keys), BATCH):
            some = list_unredacted().filter(pk__in=keys[start : start + BATCH]).order_by("pk")
            with claim_rows(with_answers(some)) as rows:
                stuck = propose_redactions(rows)
            locked |= stuck
            count += len(rows) - len(stuck)
            if time.monotonic() >= ends:
                return count
        if count + len(locked) == before:  # other workers are at the rest
            break
    return count


def with_answers(screenings: Any) -> Any:
    return screenings.select_related("answer__response__version").defer("answer__response__version__content")


def redact_answer(answer: Answer) -> None:
    """For a reader who opens it before the sweep came to it."""
    propose_redactions(with_answers(Screening.objects.filter(pk=answer.pk, spans__isnull=True)))


def propose_redactions(screenings: Iterable[Screening]) -> set[UUID]:
    """Store the proposals; returns keys of answers that cannot be opened here."""
    locked = set[UUID]()
    if not (rows := list(screenings)):
        return locked
    known = load_known_words()
    for row in rows:
        try:
            text = open_sealed_text(row.answer.sealed)
        except VaultLocked:
            logger.error("an answer is sealed to a key that is not here")
            locked.add(row.pk)
            continue
        _store_proposals(row, text, known)
    return locked


def _store_proposals(row: Screening, text: str, known: KnownWordsSnapshot) -> None:
    """A text that the rules trip over, or come to no end with, is flagged: a reader must not take it for one without
    names. The row's new place tells when it was written, so it is moved anew."""
    unredacted = Screening.objects.filter(pk=row.pk, spans__isnull=True)
    try:
        unredacted.update(spans=_propose_spans(row, text, known), settled=RowPlace.NEW)
    except Exception as error:
        logger.error("the redaction failed: %s", type(error).__name__)
        row.order = [True, pick_more_urgent(row.priority, "T2"), row.language]
        clock = write_slot(earlier_slot(row.due, order_due(row.reading_order, timezone.now())))
        reasons = [FAILED, *row.reasons]
        unredacted.update(spans=[], settled=RowPlace.NEW, order=row.order, clock=clock, reasons=reasons)


def _propose_spans(row: Screening, text: str, known: KnownWordsSnapshot) -> list[dict[str, Any]]:
    from consultation.reading import redaction

    language, allowed = row.language or row.answer.response.language, known.list_allowed_names(row.answer)
    load_redaction()
    with limit_seconds(LONGEST_TEXT):
        spans = redaction.propose_spans(text, language=language, allowed=allowed, local=known.everywhere)
    return [asdict(span) for span in spans]
