"""Equality monitoring: equality answers and used invitation codes are never joined to a response (A7).

At Send both are sealed into `Response.sealed_equality`, which the web processes cannot open. A sweep opens them in
random batches of ten or more; in one transaction it writes the equality answers to separate rows (no day, language or
version, a random key), marks the codes as used and empties `sealed_equality`. Comparing the tables before and after
shows who was in a batch, but not whose row is whose. A batch only mixes people with the same equality questions and
choices, and never countable people with excluded ones, because a row's content would tell them apart.

Fewer than ten people are never written. While a consultation is open, a random part of them waits for the next batch;
after the close the last batch takes all who are left, if they are ten. Data still waiting 90 days after the close (at
most nine people of each kind) is erased unread, and so are the rows.
"""

import json
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from consultation.domain.key_order import RowPlace
from consultation.domain.process_cache import register_cache
from consultation.responses.models import Answer, EqualityRow, Response
from consultation.responses.vault import can_open_sealed, open_sealed_text, seal_text
from consultation.surveys.models import ConsultationPage, PublishedVersion
from consultation.surveys.questionnaire_schema import list_option_keys

MIN_BATCH, MAX_BATCH = 10, 1000  # people in a batch
KEPT_AFTER_CLOSE = timedelta(days=90)
LEAST_BYTES = 128  # of a plaintext: most have the same length, whoever skipped the questions
_chance = secrets.SystemRandom()


class InvitationCodeStore(NamedTuple):
    """Operations on invitation codes, supplied by channels/invitation_codes, a higher layer."""

    used: Callable[[Iterable[str]], set[str]]  # the already used ones among these digests
    use: Callable[[Iterable[str]], None]  # mark as used


NO_CODES = InvitationCodeStore(used=lambda digests: set(), use=lambda digests: None)


class _BatchKind(NamedTuple):
    """People whose rows have the same form, so that they may share a batch."""

    page: int
    excluded_from_figures: bool
    asked: tuple


def has_equality_questions(content: dict[str, Any]) -> bool:
    return any(item.get("apart") for item in content["items"])


def seal_equality_and_code(content: dict[str, Any], equality: dict[str, Any], code: str = "") -> bytes | None:
    """Sealed bytes for `submit_response(sealed_equality=...)`; None without a code and equality questions.

    With equality questions it is never None, even when they were skipped: so an empty `sealed_equality` only means
    that the sweep has run, and does not tell who skipped them.
    """
    if not code and not has_equality_questions(content):
        return None
    text = json.dumps([equality, code], separators=(",", ":"))
    return seal_text(text.ljust(LEAST_BYTES))


def _open_equality_and_code(response: Response) -> tuple[dict[str, Any], str]:
    equality, code = json.loads(open_sealed_text(response.sealed_equality or b""))
    return equality, code


def came_with_code(response: Response) -> bool:
    """Whether a response whose equality answers and code still wait came with an invitation code."""
    return bool(_open_equality_and_code(response)[1])


@lru_cache(maxsize=256)
def _equality_questions(version_id: int) -> tuple:
    """((question key, option keys), ...) of the equality questions of a version."""
    content = PublishedVersion.objects.values_list("content", flat=True).get(pk=version_id)
    return tuple(
        (item["key"], tuple(sorted(list_option_keys(item)))) for item in content["items"] if item.get("apart")
    )


register_cache(_equality_questions.cache_clear)


def write_batches(
    codes: InvitationCodeStore = NO_CODES, today: date | None = None, unscreened: QuerySet[Answer] | None = None
) -> int:
    """Sweep: write the batches. Returns the number of people in them.

    Who wrote one of the `unscreened` answers waits: the screen may find that they do not count, or count with a code.
    """
    if not can_open_sealed():
        return 0
    rows = Response.objects.filter(sealed_equality__isnull=False, withdrawn=False).order_by("pk")
    if unscreened is not None:
        rows = rows.exclude(Exists(unscreened.filter(response=OuterRef("pk"))))
    waiting = defaultdict(list)
    for pk, version, page, excluded in rows.values_list(
        "pk", "version_id", "version__page_id", "excluded_from_figures"
    ):
        waiting[_BatchKind(page, excluded, _equality_questions(version))].append(pk)
    return sum(_write_batch_kind(kind, people, codes, today) for kind, people in waiting.items())


def _write_batch_kind(kind: _BatchKind, people: list[UUID], codes: InvitationCodeStore, today: date | None) -> int:
    page = ConsultationPage.objects.get(pk=kind.page)
    if not kind.excluded_from_figures:
        _exclude_repeated_codes(page, people, codes)
    over = page.closes is not None and page.closes < (today or timezone.localdate())
    return sum(_write_batch(page, kind, batch, codes) for batch in draw_random_batches(people, over))


def draw_random_batches(people: list[UUID], over: bool) -> Iterator[list[UUID]]:
    """Random batches of FEWEST to MOST people. While the consultation is open the last batch leaves a random part
    waiting; when it is `over`, everyone who can be in a batch is."""
    left = _chance.sample(people, len(people))
    while len(left) >= MIN_BATCH:
        if len(left) > MAX_BATCH:
            size = MAX_BATCH if len(left) - MAX_BATCH >= MIN_BATCH else len(left) - MIN_BATCH
        else:
            size = len(left) if over else _chance.randint(max(MIN_BATCH, len(left) // 2), len(left))
        yield left[:size]
        left = left[size:]
        if not over and len(left) < MAX_BATCH:
            return


def _lock_waiting(page: ConsultationPage, people: list[UUID], excluded_from_figures: bool) -> list[Response]:
    """Lock those who still wait. The lock on the page keeps a second worker from opening the same codes."""
    ConsultationPage.objects.select_for_update(no_key=True, of=("self",)).get(pk=page.pk)
    waiting = Response.objects.filter(
        pk__in=people, sealed_equality__isnull=False, withdrawn=False, excluded_from_figures=excluded_from_figures
    )
    return list(waiting.select_for_update().order_by("pk").only("sealed_equality", "counted"))


@transaction.atomic
def _exclude_repeated_codes(page: ConsultationPage, people: list[UUID], codes: InvitationCodeStore) -> None:
    """One random user of each code stays in the figures; the others are excluded from them, but still read.

    Which of them came first must not be known. Runs in a separate transaction before the batch, so that a batch only
    has new codes. People counted by a frozen release stay counted.
    """
    seen: dict[str, list[UUID]] = defaultdict(list)
    for response in _lock_waiting(page, people, excluded_from_figures=False):
        _, code = _open_equality_and_code(response)
        if code:
            seen[code].append(response.pk)
    used, again = codes.used(seen), []
    for code, users in seen.items():
        _chance.shuffle(users)
        again += users if code in used else users[1:]
    Response.objects.filter(pk__in=again, counted=None).update(excluded_from_figures=True)


@transaction.atomic
def _write_batch(page: ConsultationPage, kind: _BatchKind, people: list[UUID], codes: InvitationCodeStore) -> int:
    """Write one batch. Rows are inserted in the order of their random keys, so their order tells nothing."""
    waiting = _lock_waiting(page, people, kind.excluded_from_figures)
    if len(waiting) < MIN_BATCH:
        return 0
    opened = [_open_equality_and_code(response) for response in waiting]
    if kind.asked:
        rows = [
            EqualityRow(consultation=page, excluded_from_figures=kind.excluded_from_figures, answers=answers)
            for answers, _ in opened
        ]
        EqualityRow.objects.bulk_create(sorted(rows, key=lambda row: row.pk))
    if not kind.excluded_from_figures:  # an excluded person uses no code up
        codes.use({code for _, code in opened if code})
    batch = Response.objects.filter(pk__in=[response.pk for response in waiting])
    batch.update(sealed_equality=None, settled=RowPlace.NEW)  # moved, so that no place joins these people to the rows
    return len(waiting)


@transaction.atomic
def erase_equality_rows(page: ConsultationPage) -> int:
    """Erase the rows, and what never became a batch. Returns the number of rows and people."""
    rows, _ = EqualityRow.objects.filter(consultation=page).delete()
    return rows + Response.objects.of(page).filter(sealed_equality__isnull=False).update(sealed_equality=None)
