"""A question as the respondent saw it, in their language, with the English for staff."""

from dataclasses import dataclass

from django.conf import settings

from consultation.questionnaires.schema import Questionnaire, asked_id, said
from consultation.responses.models import Answer
from consultation.words import direction


@dataclass(frozen=True)
class Asked:
    title: str
    number: int
    text: str
    english: str
    language: str
    language_name: str
    direction: str


def asked(answer: Answer) -> Asked:
    response = answer.response
    questionnaire = Questionnaire(response.version.content)
    source = response.version.content["source"]
    item = questionnaire.by_id(answer.question) or {"text": {source: "(this question is gone)"}}
    ids = [question["id"] for question in questionnaire.questions]
    text, english = said(item["text"], response.language, source), said(item["text"], source, source)
    return Asked(
        title=said(response.version.content["title"], source, source),
        number=ids.index(asked_id(answer.question)) + 1 if asked_id(answer.question) in ids else 0,
        text=text,
        english=english if english != text else "",
        language=response.language,
        language_name=dict(settings.LANGUAGES).get(response.language, response.language),
        direction=direction(response.language),
    )
