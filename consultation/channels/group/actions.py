"""The verb that stores a group session as one response: its texts are read and coded, and no figure counts it."""

from typing import Any

from django.db import transaction

from consultation.audit.audit_log import record_event
from consultation.channels.group.group_form import GroupForm
from consultation.channels.group.models import GroupSession
from consultation.responses.models import Channel
from consultation.responses.submission import SubmissionResult, submit_response
from consultation.surveys.models import PublishedVersion


@transaction.atomic
def enter_group_session(
    *, version: PublishedVersion, nonce: bytes, language: str, entry: GroupForm, by: Any, **when: Any
) -> SubmissionResult:
    """Store a session, excluded from figures. The same form again adds only its new texts."""
    submitted = submit_response(
        version=version,
        nonce=nonce,
        language=language,
        closed=entry.closed,
        texts=entry.texts,
        channel=Channel.GROUP,
        excluded_from_figures=True,
        may_quote=entry.may_quote,
        is_routed=True,  # a facilitator reads all questions aloud
        **when,
    )
    GroupSession.objects.update_or_create(response=submitted.response, defaults={"size": entry.size})
    record_event("group session entered", by=by, obj=version.page, texts=len(entry.notes), new=submitted.created)
    return submitted
