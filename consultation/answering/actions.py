"""Sending: one short transaction. No analysis, no queue, no log line, no time: a sweep finds what is unread."""

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
    created: bool  # False: this form was sent before


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
    """Keep one person's answers. The same nonce again finds itself: a changed text is kept beside the first one, and
    one person is counted, with the closed answers sent last. What was taken back stays taken back.

    `closed`: {question key: ...} as in schema.py; `texts`: {question id: (text, wants it read soon)}; `link`: the
    short name of the printed link that led here; `apart`: sealed, what a sweep takes away from this person later;
    `whole`: a browser that could hide no question, where each was seen.
    """
    if channel != Channel.GROUP:  # a group is asked aloud: no question was hidden from it
        closed, asked = only_shown(Questionnaire(version.content), closed, texts)
        # On paper every question can be seen: words that stand under one are someone's words, and are read.
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
    # One statement is a transaction by itself: without words, two trips to the database fewer. Inside another's, one that
    # failed must not take the other with it.
    alone = not answers and not transaction.get_connection().in_atomic_block
    with nullcontext() if alone else transaction.atomic():
        # The first Send, which most are, asks nothing before it inserts.
        if Response.objects.insert_if_new(response):
            Answer.objects.bulk_create(answers)
            return Submitted(response, created=True)
    return Submitted(_keep_again(response.pk, closed, answers, apart), created=False)


@transaction.atomic
def _keep_again(key: UUID, closed: dict[str, Any], answers: list[Answer], apart: bytes | None) -> Response:
    """A later Send of the same form. Once a frozen release counts this person, the figures stay as they are; once a
    sweep took what is kept apart, nobody can find it to replace it."""
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
