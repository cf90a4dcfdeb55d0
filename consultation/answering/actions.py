"""The submission of a response: one short transaction without analysis, queue, log line or time of day.

A sweep screens unread texts later.
"""

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from consultation.answering.parsing import only_shown
from consultation.answering.tokens import answer_id, response_id
from consultation.questionnaires.models import PublishedVersion
from consultation.questionnaires.schema import Questionnaire
from consultation.responses.models import Answer, Channel, Response
from consultation.responses.vault import seal


@dataclass(frozen=True)
class Submitted:
    response: Response
    created: bool  # False: an earlier Send of the same form exists


def submit(
    *,
    version: PublishedVersion,
    nonce: bytes,
    language: str,
    closed: dict[str, Any],
    texts: dict[str, tuple[str, bool]],
    channel: str = Channel.WEB,
    link: str = "",
    apart: bytes | None = None,
    day: date | None = None,
    held: bool = False,
    whole: bool = False,
) -> Submitted:
    """Store one person's answers. A second Send with the same nonce adds changed texts and replaces the closed
    answers, so one form counts once. A withdrawn response stays withdrawn.

    `closed`: {question key: ...} as in schema.py; `texts`: {question id: (text, the person asked for a soon reading)};
    `link`: the name of the printed link; `apart`: sealed equality answers, which a sweep later moves away from this
    person; `held`: excluded from all figures; `whole`: the browser could hide no question, so the person saw all.
    """
    if channel != Channel.GROUP:  # a facilitator reads all questions aloud: none was hidden
        closed, asked = only_shown(Questionnaire(version.content), closed, texts)
        # On paper every question is visible: text under a question that was not for this person is still read.
        texts = texts if whole or channel == Channel.PAPER else asked
    response = Response(
        id=response_id(nonce),
        version=version,
        channel=channel,
        link=link,
        apart=apart,
        language=language,
        day=day or timezone.localdate(),
        closed=closed,
        held=held,
    )
    answers = [
        Answer(id=answer_id(nonce, question, text), response=response, question=question, sealed=seal(text), soon=soon)
        for question, (text, soon) in texts.items()
        if text
    ]
    # A single statement is its own transaction, which saves two round trips. Inside an outer transaction a savepoint
    # is needed: a failed insert must not break the outer one.
    alone = not answers and not transaction.get_connection().in_atomic_block
    with nullcontext() if alone else transaction.atomic():
        # Most Sends are first ones, so insert without a lookup.
        if Response.objects.insert_if_new(response):
            Answer.objects.bulk_create(answers)
            return Submitted(response, created=True)
    return Submitted(_keep_again(response.pk, closed, answers, apart), created=False)


@transaction.atomic
def _keep_again(key: UUID, closed: dict[str, Any], answers: list[Answer], apart: bytes | None) -> Response:
    """Once a frozen release counts this person, closed answers do not change; once a sweep has moved the equality
    answers, nobody can find them to replace them."""
    earlier = Response.objects.select_for_update().get(pk=key)
    if earlier.withdrawn:
        return earlier
    if not earlier.counted and closed != earlier.closed:
        earlier.closed = closed
        earlier.save(update_fields=["closed"])
    if apart is not None and earlier.apart is not None:
        earlier.apart = apart
        earlier.save(update_fields=["apart"])
    Answer.objects.bulk_create(answers, ignore_conflicts=True)
    soon = [answer.pk for answer in answers if answer.soon]
    if soon:
        Answer.objects.filter(pk__in=soon, soon=False).update(soon=True)
    return earlier
