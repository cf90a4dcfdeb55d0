"""Withdrawal of a response, as the form announces it (A8).

Before a frozen release counts the person, all of it is deleted. Uncleared texts are first kept for a safeguarding
lead, who reads them once, so that no cry for help is withdrawn unread. After the freeze only texts can be deleted: a
changed figure would reveal the person by comparison.
"""

from django.db import transaction

from consultation.audit.audit_log import record_at_day_end
from consultation.audit.erasure_types import words_erased
from consultation.responses.asked_question import get_asked_text
from consultation.responses.deletion_markers import DeletionKind, record_deletion
from consultation.responses.models import Answer, AnswerState, Response
from consultation.responses.signals import response_withdrawn, text_recalled
from consultation.safeguarding.actions import keep_withdrawn_text

STATES_BEFORE_CLEARANCE = {AnswerState.UNREAD, AnswerState.AWAITING_COLLEAGUE, AnswerState.TRIAGE}


class TooLateToWithdraw(Exception):
    """A frozen release counts this person."""


def _lock_response(response: Response) -> Response:
    return Response.objects.select_for_update().select_related("version__page").get(pk=response.pk)


@transaction.atomic
def withdraw_response(*, response: Response) -> Response:
    """Withdraw a response everywhere at once; repeatable. Raises TooLateToWithdraw once a frozen release counts it."""
    fresh = _lock_response(response)
    if fresh.withdrawn:
        return fresh
    if fresh.counted is not None:
        raise TooLateToWithdraw
    _erase_answers(fresh)
    fresh.closed, fresh.sealed_equality, fresh.may_quote, fresh.withdrawn = {}, None, None, True
    fresh.save(update_fields=["closed", "sealed_equality", "may_quote", "withdrawn"])
    response_withdrawn.send(sender=Response, respondent=fresh.pk)
    words_erased.send(sender=Response, reason="withdrawal", count=1)
    record_deletion(DeletionKind.RESPONSE, fresh.pk)
    # The log names the consultation and the day, neither the response nor the number of texts.
    record_at_day_end("answers withdrawn", obj=fresh.version.page)
    return fresh


@transaction.atomic
def erase_written_words(*, response: Response) -> Response:
    """After the freeze: delete texts and quotes, keep the figures."""
    fresh = _lock_response(response)
    for answer in fresh.answers.all():
        text_recalled.send(sender=Answer, answer=answer.pk)
    if fresh.answers.exists():
        fresh.leaving = True
        fresh.save(update_fields=["leaving"])
    _erase_answers(fresh)
    words_erased.send(sender=Response, reason="words-after-freeze", count=1)
    record_deletion(DeletionKind.WORDS, fresh.pk)
    record_at_day_end("words erased", obj=fresh.version.page)
    return fresh


def _erase_answers(response: Response) -> None:
    for answer in response.answers.all():
        if answer.sealed and answer.state in STATES_BEFORE_CLEARANCE:  # retention empties `sealed`
            keep_withdrawn_text(answer=answer, question_text=get_asked_text(answer))
        answer.delete()
