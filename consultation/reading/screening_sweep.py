"""The sweep that screens unread text. It stores flags and offsets; no word of the text leaves this module.

What it hides in the text is another sweep's work (`redaction_sweep`), so that no cry for help waits for that.
"""

from __future__ import annotations

import logging
import math
import time
from collections import Counter
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from consultation.domain.key_order import RowPlace
from consultation.domain.row_claims import claim_rows
from consultation.reading import flood_similarity
from consultation.reading.copied_texts.actions import hold_copies
from consultation.reading.model_retraining import screen_in_use as screens
from consultation.reading.models import ReadingOrder, Screening
from consultation.reading.reading_clock import earlier_slot, order_due
from consultation.reading.reading_order_cache import open_reading_orders
from consultation.reading.time_limit import limit_seconds, load_screen
from consultation.reading.urgent_first import find_urgent
from consultation.responses.models import Answer
from consultation.responses.vault import VaultLocked, can_open_sealed, open_sealed_text
from consultation.safeguarding.clocks import write_slot
from consultation.safeguarding.policies import pick_more_urgent

if TYPE_CHECKING:
    from consultation.reading import screening

logger = logging.getLogger(__name__)
BATCH = 50  # stored at once: a flag waits for few others
AT_ONCE = 1000  # answers put in order at once: what came since waits for these
MOST_ORDERED = 50_000  # answers among which those come first that sound urgent
LONGEST_RUN = 25  # seconds of one sweep; the next one continues
# Seconds that a batch may take; after that one text, and all of the batch one by one. Their rows are claimed meanwhile, so
# the sum stays below the seconds after which PostgreSQL ends a transaction that says nothing (voice.conf). A text of
# 100,000 letters takes two at most.
LONGEST_BATCH, LONGEST_TEXT, LONGEST_TEXTS = 15.0, 5.0, 30.0
COPIES = 3  # answers of a flood with the same words; further ones are marked as copies
SOON = {"rule": "soon-box", "category": "soon", "label": "Asks to be read soon", "start": None, "end": None}
FAILED = {
    "rule": "screen",
    "category": "unreadable",
    "label": "The screen could not read it",
    "start": None,
    "end": None,
}


def _open_texts(answers: list[Answer]) -> tuple[list[tuple[Answer, str]], list[Answer]]:
    """([(answer, text)], answers sealed to a key that is not on this machine)."""
    texts, locked = [], []
    for answer in answers:
        try:
            texts.append((answer, open_sealed_text(answer.sealed)))
        except VaultLocked:
            logger.error("an answer is sealed to a key that is not here")
            locked.append(answer)
    return texts, locked


def _screen_texts(texts: list[tuple[Answer, str]]) -> list[screening.ScreeningResult | None]:
    """Results in order, None where the screen failed or took too long. After a failure each text is screened alone, so
    that one bad text hides no other."""
    found = _screen_in_time(texts, LONGEST_BATCH)
    if found is not None:
        return list(found)
    alone: list[screening.ScreeningResult | None] = []
    ends = time.monotonic() + LONGEST_TEXTS
    for one in texts:
        left = min(LONGEST_TEXT, ends - time.monotonic())
        got = _screen_in_time([one], left) if left > 0 else None
        alone.append(got[0] if got else None)
    return alone


def _screen_in_time(texts: list[tuple[Answer, str]], seconds: float) -> list[screening.ScreeningResult] | None:
    from consultation.reading import screening

    try:
        load_screen()
        languages = [answer.response.language for answer, _ in texts]
        with limit_seconds(seconds):
            return screening.screen_texts([text for _, text in texts], languages=languages)
    except Exception as error:
        logger.error("the screen failed: %s", type(error).__name__)
        return None


def build_screening(answer: Answer, text: str, found: screening.ScreeningResult | None) -> Screening:
    """The unsaved Screening of a text. A text that cannot be screened or read by the screen is flagged (D5)."""
    from consultation.reading import screening

    row = Screening(answer=answer, spans=None, engine=screening.engine_version())
    if answer.response.excluded_from_figures:
        row.alike = flood_similarity.similarity_mark(text)
    flagged, priority, language, row.reasons = True, "", "", [FAILED]
    if found is not None:
        flagged, priority = found.flagged or not found.readable, found.priority or ""
        language, row.reasons = found.language or "", [asdict(reason) for reason in found.reasons]
    if answer.soon:
        flagged, row.reasons = True, [SOON, *row.reasons]
    if flagged:  # what nobody could screen, and what asks to be read soon, is T2 at least
        priority = pick_more_urgent(priority, "T2" if answer.soon or not priority else "")
    row.order = [flagged, priority, language]
    return row


def screen_answers(answers: list[Answer], now: datetime) -> list[Answer]:
    """Screen these answers and store the results in one transaction; returns those that cannot be opened here.

    An answer that another process screened meanwhile keeps that result.
    """
    screens.refresh_screen()
    texts, locked = _open_texts(answers)
    hold_copies(texts)
    rows = [build_screening(*one, found) for one, found in zip(texts, _screen_texts(texts), strict=True)]
    for row in rows:
        row.clock = write_slot(order_due(row.reading_order, now))
    with transaction.atomic():
        _mark_copies(rows)
        Screening.objects.bulk_create(rows, ignore_conflicts=True)
    return locked


def _mark_copies(rows: list[Screening]) -> None:
    """The first COPIES answers of a flood with the same words keep their place on the desk. Further ones rank last:
    they will be decided together with these."""
    marks = {row.alike for row in rows if row.alike}
    if not marks:
        return
    known = Screening.objects.filter(alike__in=marks).values_list("alike").annotate(times=Count("pk"))
    seen: Counter[str] = Counter(dict(known))
    for row in rows:
        if row.alike:
            row.copy = seen[row.alike] >= COPIES
            seen[row.alike] += 1


def flag_late_wishes(now: datetime | None = None) -> int:
    """Sweep: flag undecided answers whose writer asked to be read soon by a second Send, when the screen had been there.
    Returns how many."""
    now, found = now or timezone.now(), 0
    asked = Screening.objects.filter(answer__in=Answer.objects.undecided().filter(soon=True))
    for key, order in open_reading_orders(asked).items() if can_open_sealed() else ():
        if _waits_longer_than_a_wish(order):
            found += _flag_late_wish(asked.filter(pk=key), now)
    return found


def _waits_longer_than_a_wish(order: ReadingOrder) -> bool:
    return not order.flagged or order.priority == "T3"


@transaction.atomic
def _flag_late_wish(rows: QuerySet[Screening], now: datetime) -> bool:
    """What is sealed to a lost key stays as it is: it must stop neither this wish nor another."""
    row = rows.select_for_update(of=("self",)).first()
    if row is None or not _waits_longer_than_a_wish(row.reading_order):  # decided, or flagged higher, meanwhile
        return False
    row.order = [True, "T2", row.language]
    due = order_due(row.reading_order, now)
    with suppress(VaultLocked):
        due = earlier_slot(row.due, due)
    with suppress(VaultLocked):
        row.reasons = [SOON, *row.reasons]
    row.clock = write_slot(due)
    row.settled = RowPlace.NEW  # its new place would tell when
    row.save(update_fields=["order", "reasons", "clock", "settled"])
    return True


def list_unscreened() -> QuerySet[Answer]:
    return Answer.objects.unread().filter(screening__isnull=True)


def screen_unread(now: datetime | None = None, seconds: float = math.inf) -> int:
    """Sweep: screen unread answers without a screening, for about `seconds`. Returns how many.

    Any number of workers share the backlog, on a database that can lock rows.
    """
    if not can_open_sealed():
        return 0
    ends, count, locked = time.monotonic() + seconds, 0, set[UUID]()
    while keys := _list_next_keys(locked):
        with suppress(Exception):  # what fails here fails for each text, which is flagged
            load_screen()
        before = count + len(locked)
        for start in range(0, len(keys), BATCH):
            claimed, stuck = _screen_claimed(keys[start : start + BATCH], now or timezone.now())
            locked |= stuck
            count += claimed - len(stuck)
            if time.monotonic() >= ends:
                return count
        if count + len(locked) == before:  # other workers are at the rest
            break
    return count


def _list_next_keys(locked: set[UUID]) -> list[UUID]:
    """Counted answers first, so that a flood delays nobody; of each those first that ask to be read soon, then those that
    sound urgent. Within all of them the order is that of the random keys."""
    waiting = list_unscreened().exclude(pk__in=locked)
    ordered = waiting.order_by("response__excluded_from_figures", "-soon", "pk")
    rows = list(ordered.values_list("pk", "response__excluded_from_figures", "soon")[:MOST_ORDERED])
    urgent = find_urgent([key for key, *_ in rows] if len(rows) > AT_ONCE else [])
    rows.sort(key=lambda row: (row[1], not row[2], row[0] not in urgent))
    return [key for key, *_ in rows[:AT_ONCE]]


def _screen_claimed(keys: list[UUID], now: datetime) -> tuple[int, set[UUID]]:
    """(how many of these this worker could claim, those of them that are sealed to a key that is not here)."""
    waiting = list_unscreened().filter(pk__in=keys).order_by("response__excluded_from_figures", "-soon", "pk")
    answers = waiting.select_related("response__version").defer("response__version__content")
    with claim_rows(answers) as claimed:
        stuck = screen_answers(claimed, now) if claimed else []
    return len(claimed), {answer.pk for answer in stuck}
