"""Conditions in words name numbers of questions and texts of answers, never ids."""

import pytest

from consultation.surveys.editor.questionnaire_outline import describe_rule
from tests.consultation.surveys.conftest import asked, raw

GO = {"question": "go", "any_of": ["yes"]}
FEEL = {"question": "feel", "any_of": ["1", "2"]}


NESTED = "if “Yes” to question 1, or (“Yes” to question 1, and “Very bad” or “Bad” to question 2)"


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (None, "to everyone"),
        (GO, "if “Yes” to question 1"),
        ({"question": "go", "none_of": ["yes", "dont-know"]}, "if not “Yes” or “I don't know” to question 1"),
        ({"question": "what", "all_of": ["bus", "bike"]}, "if “Bus” and “Bike” to question 3"),
        ({"any": [GO, {"all": [GO, FEEL]}]}, NESTED),
        ({"question": "gone", "any_of": ["x"]}, "if an answer to a question that is gone"),
    ],
)  # fmt: skip
def test_a_rule_in_words(outlined, rule, said):
    entries = outlined(
        raw({"text": "Parks", "level": "1"}, "section", "part"),
        asked("go", "Do you go?", choices=["Yes", "No"]),
        asked("feel", "How is it?", "faces"),
        asked("what", "How do you go?", "multiple", choices=["Bus", "Bike"]),
    )
    assert describe_rule(rule, {entry["id"]: entry for entry in entries}) == said
