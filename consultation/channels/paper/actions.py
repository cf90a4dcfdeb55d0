"""Verbs of paper forms: enter one, undo the last one. The log holds the person and the consultation, and no time."""

from typing import Any
from uuid import UUID

from django.db import transaction

from consultation.audit.audit_log import record_at_day_end
from consultation.channels.web.withdrawal import withdraw_response
from consultation.responses.equality_monitoring import seal_equality_and_code
from consultation.responses.models import Channel, Response
from consultation.responses.submission import SubmissionResult, submit_response
from consultation.surveys.models import PublishedVersion

TYPED_CHANNELS = (Channel.PAPER, Channel.HELPED)


@transaction.atomic
def enter_paper_form(
    *,
    version: PublishedVersion,
    nonce: bytes,
    language: str,
    closed: dict[str, Any],
    texts: dict[str, tuple[str, bool]],
    equality_answers: dict[str, Any],
    by: Any,
    may_quote: bool | None = None,
    channel: str = Channel.PAPER,
) -> SubmissionResult:
    """Store one form with the day of typing. `channel` tells whether somebody else wrote down what the person said, by phone
    or beside them: people of each channel are counted apart. The same nonce again is the same form, which counts once."""
    submitted = submit_response(
        version=version,
        nonce=nonce,
        language=language,
        closed=closed,
        texts=texts,
        channel=channel,
        is_routed=True,  # by paper_entry: a text is read even under a question that was not for this person
        sealed_equality=seal_equality_and_code(version.content, equality_answers),
        may_quote=may_quote,
    )
    if submitted.created:
        record_at_day_end("paper form entered", by=by, obj=version.page)
    return submitted


@transaction.atomic
def undo_paper_form(*, response_id: UUID, by: Any) -> Response:
    """Withdraw a typed form as if its writer did: unread texts are kept for a safeguarding lead.

    Raises TooLateToWithdraw.
    """
    response = Response.objects.get(pk=response_id, channel__in=TYPED_CHANNELS)
    if response.withdrawn:
        return response
    withdrawn = withdraw_response(response=response)
    record_at_day_end("paper form taken back", by=by, obj=response.version.page)
    return withdrawn
