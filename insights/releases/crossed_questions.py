"""Which questions of a consultation are crossed with which, and the keys of those figures. Pages load it, so it counts
nothing: cross_tabulation does, with numpy."""

from collections.abc import Iterable
from typing import Any

from consultation.surveys.questionnaire_schema import Questionnaire, find_summary_kind

MERGED = "~merged"  # ends the key of a table by larger groups
IN_LARGER_GROUPS = " (in larger groups)"
CHANNEL = "channel-of-answers"  # stands for a question about the person: how they answered
YES = "yes"  # id of an answer of every question of yes or no
TWO_AT_ONCE = (
    "A report is split by one question about the person at a time. Two at once would make groups so small that people "
    "could be picked out."
)


def why_not_split(by: Iterable[str]) -> str:
    """Why a report is not split by all of these, or ""."""
    return TWO_AT_ONCE if len(set(by)) > 1 else ""


def facet_questions(questionnaire: Questionnaire) -> list[dict[str, Any]]:
    """The "about you" questions by which themes and questions may be split. What is kept apart is never crossed."""
    return [item for item in questionnaire.questions if item.get("about_you") and _may_be_crossed(item)]


def answer_questions(questionnaire: Questionnaire) -> list[dict[str, Any]]:
    """The other questions with choices, by whose answers themes may be split."""
    return [item for item in questionnaire.questions if not item.get("about_you") and _may_be_crossed(item)]


def _may_be_crossed(item: dict[str, Any]) -> bool:
    return bool(item["options"]) and not item.get("apart") and find_summary_kind(item) == "option"


def list_pair_questions(questionnaire: Questionnaire) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """(question about services, the next question of yes or no) of those whose choices are reported two by two."""
    items, found = questionnaire.questions, []
    for place, item in enumerate(items):
        answer = next((one for one in items[place + 1 :] if _asks_yes_or_no(one)), None)
        if item.get("pairs") and not item.get("apart") and answer:
            found.append((item, answer))
    return found


def _asks_yes_or_no(item: dict[str, Any]) -> bool:
    return _may_be_crossed(item) and any(option["id"] == YES for option in item["options"])


def question_by_key(facet: str, question: str) -> str:
    """The key of a figure of kind "question-by"."""
    return f"{facet}|{question}"
