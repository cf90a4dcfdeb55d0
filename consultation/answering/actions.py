"""Sending: one short transaction. No analysis, no queue, no log line, no time: a sweep finds what is unread."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from consultation.answering.parsing import only_shown
from consultation.answering.tokens import answer_id, response_id
from consultation.questionnaires.schema import Questionnaire
from consultation.responses.models import Answer, Channel, Response
from consultation.responses.vault import seal


@dataclass(frozen=True)
class Submitted:
    response: Response
    created: bool  # False: this form was sent before


def submit(*, version, nonce, language, closed, texts, channel=Channel.WEB, day=None, held=False):
    """Keep one person's answers. The same nonce again finds itself: a changed text is kept beside the first one, and
    one person is counted, with the closed answers sent last. What was taken back stays taken back.

    `closed`: {question key: ...} as in schema.py; `texts`: {question id: (text, wants it read soon)}.
    """
    closed, texts = only_shown(Questionnaire(version.content), closed, texts)
    response = Response(
        id=response_id(nonce),
        version=version,
        channel=channel,
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
    with transaction.atomic():
        earlier = Response.objects.select_for_update().filter(pk=response.pk).first()
        if earlier is None:
            Response.objects.bulk_create([response], ignore_conflicts=True)
            Answer.objects.bulk_create(answers, ignore_conflicts=True)
        elif not earlier.withdrawn:
            _add_to(earlier, closed, answers)
    return Submitted(earlier or response, created=earlier is None)


def _add_to(earlier, closed, answers):
    """A later Send of the same form. Once a frozen release counts this person, the figures stay as they are."""
    if not earlier.counted and closed != earlier.closed:
        earlier.closed = closed
        earlier.save(update_fields=["closed"])
    Answer.objects.bulk_create(answers, ignore_conflicts=True)
    soon = [answer.pk for answer in answers if answer.soon]
    if soon:
        Answer.objects.filter(pk__in=soon, soon=False).update(soon=True)
