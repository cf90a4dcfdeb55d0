"""Withdrawal of a response, as the form announces it (DESIGN, "The way of an answer", 9).

Before a frozen release counts the person, all of it is deleted. Uncleared texts are first kept for a safeguarding
lead, who reads them once, so that no cry for help is withdrawn unread. After the freeze only texts can be deleted: a
changed figure would reveal the person by comparison.
"""

from django.db import transaction

from consultation import handover
from consultation.audit.erasure import words_gone
from consultation.audit.log import note_for_tonight
from consultation.questionnaires.schema import Questionnaire, said
from consultation.responses.models import Answer, AnswerState, Response
from consultation.responses.tombstones import Taken, bury
from consultation.safeguarding.actions import keep_withdrawn

NOT_CLEARED = {AnswerState.UNREAD, AnswerState.HELD, AnswerState.TRIAGE}


class TooLate(Exception):
    """A frozen release counts this person."""


def _locked(response: Response) -> Response:
    return Response.objects.select_for_update().select_related("version__page").get(pk=response.pk)


@transaction.atomic
def withdraw(*, response: Response) -> Response:
    """Withdraw a response everywhere at once; repeatable. Raises TooLate once a frozen release counts it."""
    fresh = _locked(response)
    if fresh.withdrawn:
        return fresh
    if fresh.counted:
        raise TooLate
    _erase_answers(fresh)
    fresh.closed, fresh.apart, fresh.withdrawn = {}, None, True
    fresh.save(update_fields=["closed", "apart", "withdrawn"])
    handover.withdrawn.send(sender=Response, respondent=fresh.pk)
    words_gone.send(sender=Response, reason="withdrawal", count=1)
    bury(Taken.RESPONSE, fresh.pk)
    # The log names the consultation and the day, neither the response nor the number of texts.
    note_for_tonight("answers withdrawn", obj=fresh.version.page)
    return fresh


@transaction.atomic
def erase_words(*, response: Response) -> Response:
    """After the freeze: delete texts and quotes, keep the figures."""
    fresh = _locked(response)
    for answer in fresh.answers.all():
        handover.text_recalled.send(sender=Answer, answer=answer.pk)
    _erase_answers(fresh)
    words_gone.send(sender=Response, reason="words-after-freeze", count=1)
    bury(Taken.WORDS, fresh.pk)
    note_for_tonight("words erased", obj=fresh.version.page)
    return fresh


def _erase_answers(response: Response) -> None:
    questionnaire = Questionnaire(response.version.content)
    for answer in response.answers.select_related("response"):
        if answer.sealed and answer.state in NOT_CLEARED:  # retention empties `sealed`
            keep_withdrawn(answer=answer, question_text=_asked(questionnaire, answer.question, response.language))
        answer.delete()


def _asked(questionnaire: Questionnaire, question_id: str, language: str) -> str:
    item = questionnaire.by_id(question_id)
    return said(item["text"], language, questionnaire.content["source"]) if item else ""
