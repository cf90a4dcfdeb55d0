"""Short answers that nothing was found in, a few on one page: read each, take out what needs a closer look, clear the rest.

Each is leased like any other, each is decided by the same verb, and one press takes all of them back.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Length
from django.utils import timezone

from consultation.reading import actions, drafts, queue
from consultation.reading.models import Decision, Draft, Lease, Reading
from consultation.responses.models import Answer
from consultation.responses.vault import open_sealed

A_PAGE = 9  # one for each number key
FEWEST = 3
LONGEST = 140  # characters: read at a glance, and all of them
SEALED_LONGEST = 52 + 4 * LONGEST  # what a text of so many characters may take, sealed


@dataclass(frozen=True)
class Short:
    key: int
    answer: Answer
    text: str


def _waiting(reader: Any, consultation: int | None) -> QuerySet[Answer]:
    """Screened, not flagged, nothing proposed, never looked at, not taken out of a batch by this reader."""
    begun = Exists(Draft.objects.filter(answer=OuterRef("pk"), reader=reader))
    calm = queue.unread_for(reader, consultation).filter(
        screening__flagged=False, screening__spans=[], screening__copy=False, soon=False, reading__isnull=True
    )
    return calm.exclude(begun).exclude(queue.HELD).annotate(size=Length("sealed")).filter(size__lte=SEALED_LONGEST)


def wait_for(reader: Any, consultation: int | None) -> bool:
    """Whether there are enough for a page."""
    return len(_waiting(reader, consultation).order_by().values("pk")[:FEWEST]) == FEWEST


def next_for(reader: Any, consultation: int | None = None) -> list[Short]:
    """The next few, all to the same question, leased to this reader; those already open here come first."""
    waiting = _waiting(reader, consultation).select_related("response__version")
    mine = list(waiting.filter(lease__reader=reader, lease__until__gt=timezone.now())[:A_PAGE])
    first = mine[0] if mine else waiting.first()
    if first is None:
        return []
    alike = waiting.filter(question=first.question, response__version__page=first.response.version.page_id)
    found: list[Short] = []
    for answer in [*mine, *alike.exclude(pk__in=[one.pk for one in mine])[: A_PAGE * 3]]:
        text = open_sealed(answer.sealed)
        if answer.question == first.question and len(text) <= LONGEST and queue.take(answer, reader):
            found.append(Short(len(found) + 1, answer, text))
        if len(found) == A_PAGE:
            break
    return found


@transaction.atomic
def clear_together(*, answers: Iterable[Answer], by: Any, now: datetime | None = None) -> int:
    """Clear each as it stands. What is no longer open on this desk is left alone. How many were cleared."""
    now, as_one, count = now or timezone.now(), uuid.uuid4(), 0
    for answer in answers:
        if not Lease.objects.filter(answer=answer, reader=by, until__gt=now).exists():
            continue
        actions.decide(answer=answer, by=by, decision=Decision.CLEAR, spans=[], now=now)
        Reading.objects.filter(pk=answer.pk).update(together=as_one)
        count += 1
    return count


def take_out(*, answers: Iterable[Answer], by: Any) -> None:
    """These are read one by one: by whoever comes first, and not in a batch of this reader again."""
    for answer in answers:
        drafts.keep(answer, by, marks=None, note="", uncovered=False)
        queue.give_back(answer, by)
