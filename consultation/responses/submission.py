"""The submission of a response: one short transaction without analysis, queue, log line or time of day.

A sweep screens unread texts later.
"""

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultation.responses.models import Answer, Channel, Response
from consultation.responses.response_ids import derive_answer_id, derive_response_id
from consultation.responses.signals import quoting_refused
from consultation.responses.vault import seal_text
from consultation.surveys.models import PublishedVersion
from consultation.surveys.questionnaire_schema import Questionnaire
from consultation.surveys.routing_rules import keep_shown_answers


@dataclass(frozen=True)
class SubmissionResult:
    response: Response
    created: bool  # False: an earlier Send of the same form exists


def submit_response(
    *,
    version: PublishedVersion,
    nonce: bytes,
    language: str,
    closed: dict[str, Any],
    texts: dict[str, tuple[str, bool]],
    channel: str = Channel.WEB,
    link: str = "",
    sealed_equality: bytes | None = None,
    day: date | None = None,
    excluded_from_figures: bool = False,
    is_routed: bool = False,
    may_quote: bool | None = None,
) -> SubmissionResult:
    """Store one person's answers. A second Send with the same nonce adds changed texts and replaces the closed
    answers, so one form counts once. A withdrawn response stays withdrawn.

    `closed`: {question key: ...} as in questionnaire_schema; `texts`: {question id: (text, the person asked for a soon
    reading)}; `link`: the name of the printed link; `sealed_equality`: sealed equality answers, which a sweep later
    moves away from this person; `excluded_from_figures`: excluded from all figures; `is_routed`: the caller has
    dropped what was not asked, so that branching is evaluated once; `may_quote`: the person's answer to "May we show your
    words?", None where it was not asked.
    """
    if not is_routed:
        closed, texts = keep_shown_answers(Questionnaire(version.content), closed, texts)
    response = Response(
        id=derive_response_id(nonce),
        version=version,
        channel=channel,
        link=link,
        sealed_equality=sealed_equality,
        language=language,
        day=day or timezone.localdate(),
        closed=closed,
        excluded_from_figures=excluded_from_figures,
        may_quote=may_quote,
    )
    answers = [
        Answer(
            id=derive_answer_id(nonce, question, text),
            response=response,
            question=question,
            sealed=seal_text(text),
            soon=soon,
        )
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
            return SubmissionResult(response, created=True)
    return SubmissionResult(_merge_repeated_submission(response, answers), created=False)


@transaction.atomic
def _merge_repeated_submission(sent: Response, answers: list[Answer]) -> Response:
    """Once a frozen release counts this person, closed answers do not change; once a sweep has moved the equality
    answers, nobody can find them to replace them. The last word on being quoted holds."""
    earlier = Response.objects.select_for_update().get(pk=sent.pk)
    if earlier.withdrawn:
        return earlier
    if earlier.counted is None and sent.closed != earlier.closed:
        earlier.closed = sent.closed
        earlier.save(update_fields=["closed"])
    if sent.sealed_equality is not None and earlier.sealed_equality is not None:
        earlier.sealed_equality = sent.sealed_equality
        earlier.save(update_fields=["sealed_equality"])
    _keep_last_word_on_quoting(earlier, sent.may_quote)
    Answer.objects.bulk_create(answers, ignore_conflicts=True)
    soon = [answer.pk for answer in answers if answer.soon]
    if soon:
        Answer.objects.filter(pk__in=soon, soon=False).update(soon=True)
    return earlier


def _keep_last_word_on_quoting(earlier: Response, may_quote: bool | None) -> None:
    if may_quote is None or may_quote == earlier.may_quote:
        return
    earlier.may_quote = may_quote
    earlier.save(update_fields=["may_quote"])
    if not may_quote:
        quoting_refused.send(sender=Response, respondent=earlier.pk)
