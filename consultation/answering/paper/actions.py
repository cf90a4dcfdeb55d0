"""Typing a form in, and taking back what was just typed wrongly. The log says who and which consultation: no words, no
number that tells one form from another, no minute."""

from typing import Any
from uuid import UUID

from django.db import transaction

from consultation.answering.actions import Submitted, submit
from consultation.answering.withdrawal import withdraw
from consultation.audit.log import note_for_tonight
from consultation.questionnaires.models import PublishedVersion
from consultation.responses.apart import enclosed
from consultation.responses.models import Channel, Response


@transaction.atomic
def enter(
    *,
    version: PublishedVersion,
    nonce: bytes,
    language: str,
    closed: dict[str, Any],
    texts: dict[str, tuple[str, bool]],
    apart: dict[str, Any],
    by: Any,
) -> Submitted:
    """Keep one form, dated with the day of typing. The same nonce again finds itself: a form counts once."""
    submitted = submit(
        version=version,
        nonce=nonce,
        language=language,
        closed=closed,
        texts=texts,
        channel=Channel.PAPER,
        apart=enclosed(version.content, apart),
    )
    if submitted.created:
        note_for_tonight("paper form entered", by=by, obj=version.page)
    return submitted


@transaction.atomic
def take_back(*, response_id: UUID, by: Any) -> Response:
    """As a person takes their answers back: words that nobody has read are laid aside for a lead. Raises TooLate."""
    response = Response.objects.get(pk=response_id, channel=Channel.PAPER)
    if response.withdrawn:
        return response
    withdrawn = withdraw(response=response)
    note_for_tonight("paper form taken back", by=by, obj=response.version.page)
    return withdrawn
