"""Verbs of paper forms: enter one, undo the last one. The log holds the person and the consultation, and no time."""

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
    """Store one form with the day of typing. The same nonce again is the same form, which counts once."""
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
    """Withdraw a typed form as if its writer did: unread texts are kept for a safeguarding lead. Raises TooLate."""
    response = Response.objects.get(pk=response_id, channel=Channel.PAPER)
    if response.withdrawn:
        return response
    withdrawn = withdraw(response=response)
    note_for_tonight("paper form taken back", by=by, obj=response.version.page)
    return withdrawn
