"""Which questions of a consultation are crossed with which, and the keys of those figures. Pages load it, so it counts
nothing: cross_tabulation does, with numpy."""

from typing import Any

from consultation.surveys.questionnaire_schema import Questionnaire, find_summary_kind

MERGED = "~merged"  # ends the key of a table by larger groups
IN_LARGER_GROUPS = ", in larger groups"


def facet_questions(questionnaire: Questionnaire) -> list[dict[str, Any]]:
    """The "about you" questions by which themes and questions may be split. What is kept apart is never crossed."""
    return [item for item in questionnaire.questions if item.get("about_you") and _may_be_crossed(item)]


def answer_questions(questionnaire: Questionnaire) -> list[dict[str, Any]]:
    """The other questions with choices, by whose answers themes may be split."""
    return [item for item in questionnaire.questions if not item.get("about_you") and _may_be_crossed(item)]


def _may_be_crossed(item: dict[str, Any]) -> bool:
    return bool(item["options"]) and not item.get("apart") and find_summary_kind(item) == "option"


def question_by_key(facet: str, question: str) -> str:
    """The key of a figure of kind "question-by"."""
    return f"{facet}|{question}"
