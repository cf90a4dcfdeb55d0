"""Opening the sealed words of an answer that was decided. The log says who and which; the reason stays with the answer."""

from typing import Any

from django.db import transaction

from consultation.audit.log import record
from consultation.reading.originals import policies
from consultation.reading.originals.models import OriginalOpened
from consultation.responses.models import Answer
from consultation.responses.vault import open_sealed


class NotAllowed(Exception):
    """It cannot be opened, or no reason was given; the message is for the reader."""


@transaction.atomic
def open_original(*, answer: Answer, by: Any, reason: str) -> str:
    """The words as they were sent. Nothing is changed, and nothing is shown that is not on record first."""
    fresh = Answer.objects.select_for_update(of=("self",)).select_related("response").get(pk=answer.pk)
    refused = policies.may_open(
        state=fresh.state, withdrawn=fresh.response.withdrawn, erased=not fresh.sealed, reason=reason
    )
    if refused:
        raise NotAllowed(refused)
    words = open_sealed(fresh.sealed)
    OriginalOpened.objects.create(answer=fresh, by=by, reason=reason.strip())
    record("original opened", by=by, obj=fresh)
    return words
