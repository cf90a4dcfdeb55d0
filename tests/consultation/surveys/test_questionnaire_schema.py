"""Typed access to a frozen questionnaire."""

from consultation.surveys.questionnaire_schema import Questionnaire
from tests.factories import content, question


def part(key, level, hard):
    return question(key, "section", level=level, sensitive=hard)


def test_a_question_is_hard_where_it_or_a_part_around_it_is_marked():
    items = [
        question("a", options=["Yes", "No"], sensitive=True),
        question("b"),
        part("p", 1, hard=True),
        question("c"),
        part("q", 2, hard=False),
        question("d"),
        part("r", 1, hard=False),
        question("e"),
        part("s", 2, hard=True),
        question("f"),
        part("t", 2, hard=False),
        question("g"),
    ]
    assert Questionnaire(content(*items)).hard_questions == {"q-a", "q-c", "q-d", "q-f"}
