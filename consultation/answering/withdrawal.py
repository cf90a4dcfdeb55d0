"""Taking answers back (DESIGN, "The way of an answer", 9). The person is told all of this beforehand.

Before a frozen release counts them, everything goes at once. Words that nobody has cleared are first laid aside for a
safeguarding lead, who reads them once, so that no cry for help is withdrawn unheard. After the freeze, written words
can still go; figures never change, or the old and the new could be compared.
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
    """Take a person's answers back, in all rooms at once. Doing it twice is harmless. Raises TooLate once counted."""
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
    # Which consultation and which day; neither whose answers nor how many texts.
    note_for_tonight("answers withdrawn", obj=fresh.version.page)
    return fresh


@transaction.atomic
def erase_words(*, response: Response) -> Response:
    """After the freeze: written words and quotes go, figures stay."""
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
        if answer.sealed and answer.state in NOT_CLEARED:  # not those that retention emptied
            keep_withdrawn(answer=answer, question_text=_asked(questionnaire, answer.question, response.language))
        answer.delete()


def _asked(questionnaire: Questionnaire, question_id: str, language: str) -> str:
    item = questionnaire.by_id(question_id)
    return said(item["text"], language, questionnaire.content["source"]) if item else ""
