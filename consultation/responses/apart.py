"""What must never be joined to an answer: equality answers, and which invitation code was used (A7; DESIGN, "The way
of an answer", 3).

At Send both are sealed into `Response.apart`, which the web cannot open again. A sweep opens them in random batches of
ten or more, writes the equality answers to rows of their own (no day, no language, no version, a random key), has the
codes marked, and empties `apart`, all in one transaction: whoever compares the tables before and after learns which
people a batch had, and not which of them a row belongs to. A batch mixes only people who were asked the same equality
questions with the same choices, and never the counted with the held, or what stands in a row would tell them apart.

Fewer than ten are never written: they wait for others. While a consultation is open a random part of those who wait
stays for the next batch; once it is over the last batch takes all that are left, if they are ten. What still waits
90 days after the close (nine people at most of each kind) is erased unread, and so are the rows themselves.
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
from django.utils import timezone

from consultation.questionnaires.models import ConsultationPage, PublishedVersion
from consultation.questionnaires.schema import option_keys
from consultation.responses.models import EqualityRow, Response
from consultation.responses.vault import can_open, open_sealed, seal

FEWEST, MOST = 10, 1000  # people in a batch
KEPT_AFTER_CLOSE = timedelta(days=90)
EVEN = 128  # sealed lengths are multiples of it, so that a length tells nothing
_chance = secrets.SystemRandom()


class Codes(NamedTuple):
    """What the sweep may do with invitation codes, given by the room that keeps them."""

    used: Callable[[Iterable[str]], set[str]]  # those of them that were used before
    use: Callable[[Iterable[str]], None]  # mark them


NO_CODES = Codes(used=lambda digests: set(), use=lambda digests: None)


class _Kind(NamedTuple):
    """People whose rows look alike."""

    page: int
    held: bool
    asked: tuple


def asks_apart(content: dict[str, Any]) -> bool:
    return any(item.get("apart") for item in content["items"])


def enclosed(content: dict[str, Any], equality: dict[str, Any], code: str = "") -> bytes | None:
    """Sealed bytes for `submit(apart=...)`; None where nothing is ever kept apart.

    Where equality questions are asked it is never None, whether or not they were answered: an emptied `apart` then
    means that the sweep was here, and nothing tells who left the questions out.
    """
    if not code and not asks_apart(content):
        return None
    text = json.dumps([equality, code], separators=(",", ":"))
    return seal(text.ljust(-(-len(text.encode()) // EVEN) * EVEN))


def _opened(response: Response) -> tuple[dict[str, Any], str]:
    equality, code = json.loads(open_sealed(response.apart or b""))
    return equality, code


@lru_cache(maxsize=256)
def _asked(version_id: int) -> tuple:
    """The equality questions of a version and their choices, by key."""
    content = PublishedVersion.objects.values_list("content", flat=True).get(pk=version_id)
    return tuple((item["key"], tuple(sorted(option_keys(item)))) for item in content["items"] if item.get("apart"))


def write_batches(codes: Codes = NO_CODES, today: date | None = None) -> int:
    """Sweep: how many people's rows and codes were written."""
    if not can_open():
        return 0
    return sum(_write_kind(kind, people, codes, today) for kind, people in _waiting().items())


def _waiting() -> dict[_Kind, list[UUID]]:
    rows = Response.objects.filter(apart__isnull=False, withdrawn=False).order_by("pk")
    people = defaultdict(list)
    for pk, version, page, held in rows.values_list("pk", "version_id", "version__page_id", "held"):
        people[_Kind(page, held, _asked(version))].append(pk)
    return people


def _write_kind(kind: _Kind, people: list[UUID], codes: Codes, today: date | None) -> int:
    page = ConsultationPage.objects.get(pk=kind.page)
    if not kind.held:
        _hold_second_uses(page, people, codes)
    over = page.closes is not None and page.closes < (today or timezone.localdate())
    return sum(_write(page, kind, batch, codes) for batch in batches(people, over))


def batches(people: list[UUID], over: bool) -> Iterator[list[UUID]]:
    """Random batches of FEWEST to MOST people. While the consultation is open the last one is only a part of those
    who wait; when it is over nobody is left behind who could have gone along."""
    left = _chance.sample(people, len(people))
    while len(left) >= FEWEST:
        if len(left) > MOST:
            size = MOST if len(left) - MOST >= FEWEST else len(left) - FEWEST
        else:
            size = len(left) if over else _chance.randint(max(FEWEST, len(left) // 2), len(left))
        yield left[:size]
        left = left[size:]
        if not over and len(left) < MOST:
            return


def _locked(page: ConsultationPage, people: list[UUID], held: bool) -> list[Response]:
    """Those of them that still wait. The page's row keeps a second worker from opening the same codes beside us."""
    ConsultationPage.objects.select_for_update(no_key=True, of=("self",)).get(pk=page.pk)
    waiting = Response.objects.filter(pk__in=people, apart__isnull=False, withdrawn=False, held=held)
    return list(waiting.select_for_update().order_by("pk").only("apart", "counted"))


@transaction.atomic
def _hold_second_uses(page: ConsultationPage, people: list[UUID], codes: Codes) -> None:
    """A code counts one person: one who used it stays in the figures, the others are held, read like all others.

    Which of two came first is not known, and must not be. This happens before a batch is written and apart from it,
    so a batch has no codes but new ones. What a frozen release counts stays counted.
    """
    seen: dict[str, list[UUID]] = defaultdict(list)
    for response in _locked(page, people, held=False):
        _, code = _opened(response)
        if code:
            seen[code].append(response.pk)
    used, again = codes.used(seen), []
    for code, users in seen.items():
        _chance.shuffle(users)
        again += users if code in used else users[1:]
    Response.objects.filter(pk__in=again, counted=False).update(held=True)


@transaction.atomic
def _write(page: ConsultationPage, kind: _Kind, people: list[UUID], codes: Codes) -> int:
    """One batch. The rows fall in the order of their own random keys, the codes in that of theirs."""
    waiting = _locked(page, people, kind.held)
    if len(waiting) < FEWEST:
        return 0
    opened = [_opened(response) for response in waiting]
    if kind.asked:
        rows = [EqualityRow(consultation=page, held=kind.held, answers=answers) for answers, _ in opened]
        EqualityRow.objects.bulk_create(sorted(rows, key=lambda row: row.pk))
    if not kind.held:  # who is held is not counted, and uses no code up
        codes.use({code for _, code in opened if code})
    Response.objects.filter(pk__in=[response.pk for response in waiting]).update(apart=None)
    return len(waiting)


@transaction.atomic
def erase(page: ConsultationPage) -> int:
    """90 days after the close the rows go, and what never became a batch of ten. How many rows and people."""
    rows, _ = EqualityRow.objects.filter(consultation=page).delete()
    return rows + Response.objects.of(page).filter(apart__isnull=False).update(apart=None)
