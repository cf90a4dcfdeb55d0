"""Copied texts are held from figures: of web answers with the same ten words or more, one person counts (A9).

A class answers closed questions alike, so these alone hold nobody. Who answers on a tablet, in a group or with a code
is known to be there, and is never held. Held answers are read like all others; an officer may count them in, and take
that back until a release counts them.
"""

import hashlib
import hmac
import logging
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from itertools import batched
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q, QuerySet

from consultation.audit.audit_log import record_event
from consultation.domain.key_order import RowPlace
from consultation.domain.letter_folding import fold_letters
from consultation.reading.copied_texts.models import FirstWording, HeldCopy
from consultation.reading.models import Screening
from consultation.responses.equality_monitoring import came_with_code
from consultation.responses.models import Answer, Channel, Response
from consultation.responses.signals import response_withdrawn
from consultation.surveys.models import ConsultationPage

logger = logging.getLogger(__name__)
type Wordings = dict[Response, dict[str, UUID]]  # {response: {digest: answer}}, of texts that are long enough
FEWEST_WORDS = 10  # fewer words come twice by chance


def hold_copies(texts: list[tuple[Answer, str]]) -> None:
    """Hold from figures whose words somebody else has sent before; the same few queries for many texts. Repeatable."""
    if not can_digest():
        return
    try:
        wordings = _group_by_response(texts)
        if wordings:
            _hold_copied(_leave_out_codes(wordings))
    except Exception as error:  # noqa: BLE001  in whose sweep this runs, the screen must not wait: these count
        logger.error("copied texts could not be looked for: %s", type(error).__name__)


def _group_by_response(texts: list[tuple[Answer, str]]) -> Wordings:
    """The responses that may be held: by the web, and counted by no release yet."""
    found: Wordings = defaultdict(dict)
    for answer, text in texts:
        one = answer.response
        counts = one.channel == Channel.WEB and not one.excluded_from_figures and not one.withdrawn
        if counts and one.counted is None and (digest := digest_wording(one.version.page_id, text)):
            found[one][digest] = answer.pk
    return found


def _leave_out_codes(wordings: Wordings) -> Wordings:
    """Without who came with a code. It waits, sealed, until the texts are screened. Of somebody who sends the form once
    more later nobody knows it any more: where codes were given out, they count."""
    given_out = set(
        ConsultationPage.objects.filter(
            pk__in={response.version.page_id for response in wordings}, code_batches__isnull=False
        ).values_list("pk", flat=True)
    )
    unsure = [one.pk for one in wordings if one.sealed_equality is None and one.version.page_id in given_out]
    again = set(
        Screening.objects.filter(answer__response__in=unsure).values_list("answer__response", flat=True)
        if unsure
        else ()
    )
    return {
        one: digests
        for one, digests in wordings.items()
        if not (came_with_code(one) if one.sealed_equality is not None else one.pk in again)
    }


@transaction.atomic
def _hold_copied(wordings: Wordings) -> None:
    """Of those with the same wording one counts, who stands for it from now on; the others are held."""
    standing = _find_standing({digest for digests in wordings.values() for digest in digests})
    new: dict[str, UUID] = {}
    copied: list[Response] = []
    for response, digests in wordings.items():
        if any(standing.get(digest, response.pk) != response.pk for digest in digests):
            copied.append(response)
            continue
        new |= {digest: answer for digest, answer in digests.items() if digest not in standing}
        standing |= dict.fromkeys(digests, response.pk)
    rows = [FirstWording(digest=digest, answer_id=new[digest]) for digest in sorted(new)]
    FirstWording.objects.filter(digest__in=new).delete()  # of people who count no more
    FirstWording.objects.bulk_create(rows, ignore_conflicts=True)  # another worker may have been here first
    others = _find_standing(set(new))
    copied += [one for one in wordings if any(others.get(digest, one.pk) != one.pk for digest in wordings[one])]
    _hold_responses({one.pk: one for one in copied})


def _find_standing(digests: set[str]) -> dict[str, UUID]:
    """{digest: the response that stands for it}, of those who count."""
    rows = FirstWording.objects.filter(
        digest__in=digests, answer__response__excluded_from_figures=False, answer__response__withdrawn=False
    )
    return dict(rows.values_list("digest", "answer__response"))


def _hold_responses(copied: dict[UUID, Response]) -> None:
    """Hold these responses, whose words stand for nobody then. Their rows are moved anew: a place would tell when one was
    held."""
    free = Response.objects.filter(pk__in=copied, withdrawn=False, counted=None, excluded_from_figures=False)
    held = list(free.order_by("pk").select_for_update().values_list("pk", flat=True))
    if not held:
        return
    Response.objects.filter(pk__in=held).update(excluded_from_figures=True, settled=RowPlace.NEW)
    HeldCopy.objects.bulk_create([HeldCopy(response_id=pk) for pk in held], ignore_conflicts=True)
    FirstWording.objects.filter(answer__response__in=held).delete()
    for pk in held:
        copied[pk].excluded_from_figures = True


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
        Response.objects.filter(pk__in=some).update(excluded_from_figures=not counted_in, settled=RowPlace.NEW)
        HeldCopy.objects.filter(pk__in=some).update(counted_in=counted_in)
        Screening.objects.filter(answer__response__in=some, copy=True).update(copy=False)  # its place on the desk


def can_digest() -> bool:
    """Whether this process has the secret: processes for respondents do not."""
    return bool(settings.RECORD_KEY_SECRET)


def digest_wording(consultation: int, text: str) -> str:
    """64 hex digits, the same for texts with the same words; "" for a text that is too short to be anyone's copy."""
    plain = fold_letters(text)
    if sum(any(map(str.isalpha, word)) for word in plain.split()) < FEWEST_WORDS:
        return ""
    words = "".join(sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in plain).split()
    key = hmac.digest(settings.RECORD_KEY_SECRET.encode(), b"voice:wordings", hashlib.sha256)
    return hmac.digest(key, f"{consultation}:{' '.join(words)}".encode("utf-8", "replace"), hashlib.sha256).hex()
