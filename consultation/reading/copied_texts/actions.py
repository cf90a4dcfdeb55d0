"""Copied texts are held from figures: of web answers with the same ten words or more, one person counts (A9).

A class answers closed questions alike, so these alone hold nobody. Who answers on a tablet, in a group or with a code
is known to be there, and is never held. Held answers are read like all others; an officer may count them in, and take
that back until a release counts them.
"""

import logging
from collections import defaultdict
from dataclasses import dataclass
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from consultation.audit.audit_log import record_event
from consultation.domain.key_order import Settled
from consultation.reading.copied_texts.models import FirstWording, HeldCopy
from consultation.reading.copied_texts.wording_digest import can_digest, digest_wording
from consultation.reading.models import Screening
from consultation.responses.equality_monitoring import came_with_code
from consultation.responses.models import Answer, Channel, Response
from consultation.responses.signals import response_withdrawn
from consultation.surveys.models import ConsultationPage

logger = logging.getLogger(__name__)


def hold_copies(texts: list[tuple[Answer, str]]) -> None:
    """Hold from figures whose words somebody else has sent before. Repeatable."""
    if not can_digest():
        return
    for response, wordings in _group_by_response(texts).items():
        try:
            if _may_be_held(response) and _is_copied(wordings, response):
                _hold_response(response, [answer for answer, _ in texts if answer.response_id == response.pk])
        except Exception as error:  # noqa: BLE001  in whose sweep this runs, the screen must not wait: these count
            logger.error("copied texts could not be looked for: %s", type(error).__name__)


def _group_by_response(texts: list[tuple[Answer, str]]) -> dict[Response, dict[str, UUID]]:
    """{response: {digest: answer}} of texts that are long enough."""
    found: dict[Response, dict[str, UUID]] = defaultdict(dict)
    for answer, text in texts:
        if digest := digest_wording(answer.response.version.page_id, text):
            found[answer.response][digest] = answer.pk
    return found


def _may_be_held(response: Response) -> bool:
    """Whether it came by the web, from anyone. A code waits, sealed, until the texts are screened. Of somebody who sends
    the form once more later nobody knows it any more: where codes were given out, they count."""
    counts = response.channel == Channel.WEB and not response.excluded_from_figures and not response.withdrawn
    if not counts or response.counted is not None:
        return False
    if response.sealed_equality is not None:
        return not came_with_code(response)
    codes = ConsultationPage.objects.filter(pk=response.version.page_id, code_batches__isnull=False)
    return not (codes.exists() and Screening.objects.filter(answer__response=response).exists())


@transaction.atomic
def _is_copied(wordings: dict[str, UUID], response: Response) -> bool:
    """Whether another person who counts has sent one of these wordings; else they stand for this one from now on."""
    firsts = FirstWording.objects.filter(digest__in=wordings).exclude(answer__response=response)
    counts = Q(answer__response__excluded_from_figures=False, answer__response__withdrawn=False)
    if firsts.filter(counts).exists():
        return True
    firsts.delete()
    own = [FirstWording(digest=digest, answer_id=wordings[digest]) for digest in sorted(wordings)]
    FirstWording.objects.bulk_create(own, ignore_conflicts=True)  # another worker may have been here first
    return firsts.exists()


@transaction.atomic
def _hold_response(response: Response, answers: list[Answer]) -> None:
    """Hold one response, whose words stand for nobody then. Its row is moved anew: its place would tell when it was held."""
    free = Response.objects.filter(pk=response.pk, withdrawn=False, counted=None, excluded_from_figures=False)
    if free.update(excluded_from_figures=True, settled=Settled.NEW):
        HeldCopy.objects.bulk_create([HeldCopy(response=response)], ignore_conflicts=True)
        FirstWording.objects.filter(answer__response=response).delete()
        for answer in answers:
            answer.response.excluded_from_figures = True


@dataclass(frozen=True)
class CopyCounts:
    """How many people of a consultation are held as copies, and how many were counted in."""

    page: ConsultationPage
    held: int
    counted_in: int


def _count_copies(**of: bool) -> Count:
    return Count("pk", filter=Q(**of))


def list_copy_counts() -> list[CopyCounts]:
    """The consultations with copied texts, by title."""
    page = "response__version__page"
    rows = HeldCopy.objects.filter(response__withdrawn=False).order_by().values_list(page)
    counted = {
        pk: row
        for pk, *row in rows.annotate(held=_count_copies(counted_in=False), counted=_count_copies(counted_in=True))
    }
    pages = ConsultationPage.objects.filter(pk__in=counted).defer("body").order_by("title", "pk")
    return [CopyCounts(one, *counted[one.pk]) for one in pages]


def _copies_of(page: ConsultationPage, *, counted_in: bool) -> QuerySet[HeldCopy]:
    found = HeldCopy.objects.filter(response__version__page=page, response__withdrawn=False, counted_in=counted_in)
    return found.select_for_update(of=("self",)).order_by("pk")


@transaction.atomic
def count_copies_in(*, page: ConsultationPage, by: Any) -> int:
    """Count every held copy of a consultation. Returns how many people. Copies that come later are held again."""
    people = list(_copies_of(page, counted_in=False).values_list("pk", flat=True))
    _mark_people(people, counted_in=True)
    record_event("copied texts counted in", by=by, obj=page, count=len(people))
    return len(people)


@transaction.atomic
def hold_copies_again(*, page: ConsultationPage, by: Any) -> int:
    """Take that back for everyone whom no release counts yet. Returns how many people; insights forgets their words."""
    people = list(_copies_of(page, counted_in=True).filter(response__counted=None).values_list("pk", flat=True))
    _mark_people(people, counted_in=False)
    for person in people:
        response_withdrawn.send(sender=Response, respondent=person)
    record_event("copied texts held again", by=by, obj=page, count=len(people))
    return len(people)


def _mark_people(people: list[UUID], *, counted_in: bool) -> None:
    for some in batched(people, 500):
        Response.objects.filter(pk__in=some).update(excluded_from_figures=not counted_in, settled=Settled.NEW)
        HeldCopy.objects.filter(pk__in=some).update(counted_in=counted_in)
        Screening.objects.filter(answer__response__in=some, copy=True).update(copy=False)  # its place on the desk
