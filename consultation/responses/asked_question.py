"""A question as the respondent saw it, in their language, with the English for staff."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import override

from consultation.interface_text import get_text, text_direction
from consultation.responses.models import Answer
from consultation.surveys.questionnaire_schema import (
    Questionnaire,
    base_question_id,
    list_chosen_keys,
    localised_text,
)

ABOUT_PERSON = {"age": "Age", "area": "Area"}  # what leads see of the questions about the person


DECISION_PREFIX = "decision:"  # before a decision's slug: the question on its public page, which no version holds


def name_decision_question(slug: str) -> str:
    """The id of the question "Do you think we got this wrong?" about the decision with this slug."""
    return f"{DECISION_PREFIX}{slug}"


def _ask_about_decision(question: str, language: str) -> dict[str, dict[str, str]] | None:
    """An item like those of a version, for a question about a decision; None for any other."""
    if not question.startswith(DECISION_PREFIX):
        return None
    slug = question.removeprefix(DECISION_PREFIX)
    said = {}
    for code in {language, settings.LANGUAGE_CODE}:
        with override(code):
            said[code] = f"{get_text('ysd.wrong')} ({slug})"
    return {"text": said}


@dataclass(frozen=True)
class QuestionAsAsked:
    title: str
    number: int
    text: str
    english: str
    language: str
    language_name: str
    direction: str


def get_asked_text(answer: Answer) -> str:
    """The question's text in the respondent's language; "" for a question that is gone."""
    response = answer.response
    item = _ask_about_decision(answer.question, response.language)
    item = item or Questionnaire(response.version.content).by_id(answer.question)
    return localised_text(item["text"], response.language, response.version.content["source"]) if item else ""


def build_asked_question(answer: Answer) -> QuestionAsAsked:
    response = answer.response
    questionnaire = Questionnaire(response.version.content)
    source = response.version.content["source"]
    item = _ask_about_decision(answer.question, response.language) or questionnaire.by_id(answer.question)
    item = item or {"text": {source: "(this question is gone)"}}
    ids = [question["id"] for question in questionnaire.questions]
    text, english = (localised_text(item["text"], code, source) for code in (response.language, source))
    return QuestionAsAsked(
        title=localised_text(response.version.content["title"], source, source),
        number=ids.index(base_question_id(answer.question)) + 1 if base_question_id(answer.question) in ids else 0,
        text=text,
        english=english if english != text else "",
        language=response.language,
        language_name=dict(settings.LANGUAGES).get(response.language, response.language),
        direction=text_direction(response.language),
    )


def describe_person(answer: Answer) -> list[str]:
    """The age band and the area that the person chose, as "Age: 14 to 15", where the survey asked.

    Closed answers alone: neither words, nor a number that bands stand for, nor "I do not want to say".
    """
    content, closed = answer.response.version.content, answer.response.closed
    asked = [item for item in Questionnaire(content).questions if item.get("about_you") in ABOUT_PERSON]
    chosen = (
        (item, option)
        for item in asked
        for option in item["options"]
        if option["key"] in list_chosen_keys(item, closed)
    )
    return [
        f"{ABOUT_PERSON[item['about_you']]}: {localised_text(option['text'], content['source'], content['source'])}"
        for item, option in sorted(chosen, key=lambda pair: pair[0]["about_you"])
    ]
