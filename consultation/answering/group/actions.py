"""The verb that stores a group session as one response: its texts are read and coded, and no figure counts it."""

from typing import Any

from django.db import transaction

from consultation.answering.actions import Submitted, submit
from consultation.answering.group.entry import Entry
from consultation.answering.group.models import GroupSession
from consultation.audit.log import record
from consultation.questionnaires.models import PublishedVersion
from consultation.responses.models import Channel


@transaction.atomic
def enter(*, version: PublishedVersion, nonce: bytes, language: str, entry: Entry, by: Any, **when: Any) -> Submitted:
    """Store a session, excluded from figures. The same form again adds only its new texts."""
    submitted = submit(
        version=version,
        nonce=nonce,
        language=language,
        closed=entry.closed,
        texts=entry.texts,
        channel=Channel.GROUP,
        held=True,
        **when,
    )
    GroupSession.objects.update_or_create(response=submitted.response, defaults={"size": entry.size})
    record("group session entered", by=by, obj=version.page, texts=len(entry.notes), new=submitted.created)
    return submitted
