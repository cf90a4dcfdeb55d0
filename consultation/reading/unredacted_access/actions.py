"""Opening the sealed text of a decided answer. The audit log has person and answer; the answer keeps the reason."""

from typing import Any

from django.db import transaction

from consultation.access import refuse_for
from consultation.audit.audit_log import record_event
from consultation.reading.models import OriginalOpened
from consultation.reading.unredacted_access import policies
from consultation.responses.models import Answer
from consultation.responses.vault import open_sealed_text


@transaction.atomic
def open_original(*, answer: Answer, by: Any, reason: str) -> str:
    """The text as it was sent. The opening is recorded in the same transaction."""
    fresh = Answer.objects.select_for_update(of=("self",)).select_related("response").get(pk=answer.pk)
    refused = policies.may_open_original(
        state=fresh.state, withdrawn=fresh.response.withdrawn, erased=not fresh.sealed, reason=reason
    )
    refuse_for(refused)
    words = open_sealed_text(fresh.sealed)
    OriginalOpened.objects.create(answer=fresh, by=by, reason=reason.strip())
    record_event("original opened", by=by, obj=fresh)
    return words
