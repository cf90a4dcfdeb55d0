"""Dimensions of the representation page (everyone, age, area, language, channel), each with its groups."""

from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language_info

from consultation import handover
from consultation.surveys.questionnaire_schema import Questionnaire, divides_people, localised_text
from insights.representation.models import EVERYONE, LANGUAGE, QUESTION, WAY

NOT_SAID = "not-said"
NOT_SAID_LABEL = "Did not say"
NAMES = {
    EVERYONE: "Everyone",
    "age": "Age",
    "area": "Area",
    LANGUAGE: "Language of the answers",
    WAY: "Way of answering",
}


@dataclass(frozen=True)
class Dimension:
    key: str
    title: str
    groups: tuple[tuple[str, str], ...]  # (id, label); a question's include NOT_SAID
    question: str = ""
    sensitive: bool = False

    @property
    def comparable_groups(self):
        """Groups that a benchmark can have numbers for."""
        return tuple((id_, label) for id_, label in self.groups if id_ != NOT_SAID)


def list_dimensions(page):
    """The dimensions of a consultation's newest version; everyone first."""
    newest = handover.find_newest_version(page)
    if newest is None:
        return []
    languages = tuple((code, english_language_name(code)) for code in newest.content["languages"])
    return [
        Dimension(EVERYONE, NAMES[EVERYONE], ((EVERYONE, "Everyone"),)),
        *_question_dimensions(Questionnaire(newest.content)),
        Dimension(LANGUAGE, NAMES[LANGUAGE], languages),
        Dimension(WAY, NAMES[WAY], tuple(handover.list_channel_options(page))),
    ]


def list_benchmark_dimensions(page):
    """Everything that a benchmark of this consultation can be about: equality questions, too."""
    newest = handover.find_newest_version(page)
    apart = list_equality_dimensions(Questionnaire(newest.content)) if newest else []
    return [*list_dimensions(page), *apart]


def list_equality_dimensions(questionnaire):
    """A dimension for each equality question: kept apart, so its figures are those of the equality picture."""
    hard = questionnaire.hard_questions
    return [_build_question_dimension(item, hard) for item in questionnaire.questions if item.get("apart")]


def _build_question_dimension(item, hard, key=""):
    groups = tuple((option["id"], localised_text(option["text"], "en")) for option in item["options"])
    title = NAMES.get(key) or localised_text(item["text"], "en")
    every = (*groups, (NOT_SAID, NOT_SAID_LABEL))
    return Dimension(key or f"{QUESTION}{item['id']}", title, every, item["id"], item["id"] in hard)


def unasked_dimension(key):
    """The dimension of a benchmark about a question that is not asked; its groups are the benchmark's."""
    return Dimension(key, NAMES.get(key, "A question that is not asked here"), ())


def _question_dimensions(questionnaire):
    """A dimension for each single-choice "about you" question; the first on age and on area have those keys."""
    taken, hard = set(), questionnaire.hard_questions
    for item in questionnaire.questions:
        about = item.get("about_you")
        if not (about and divides_people(item) and item["options"]) or item.get("apart"):
            continue
        key = about if about in NAMES and about not in taken else f"{QUESTION}{item['id']}"
        taken.add(key)
        yield _build_question_dimension(item, hard, key)


def english_language_name(code):
    with suppress(KeyError):
        return get_language_info(code)["name"]
    return dict(settings.LANGUAGES).get(code, code)
