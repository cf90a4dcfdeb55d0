"""Victim-blaming words warn in every text of an officer; lookalikes do not (S5)."""

import pytest

from tests.consultation.surveys.conftest import asked

BLAMING = [
    "Some young people put themselves at risk.",
    "Why do girls place themselves at risk?",
    "Is she putting herself in danger?",
    "It was a lifestyle choice.",
    "Are you streetwise?",
    "Children who make poor choices",
    "Attention-seeking behaviour",
    "Young people who refuse to engage",
    "Families that are hard to reach",
    "She absconded.",
    "Promiscuous teenagers",
    "They were asking for it.",
    "Children involved in exploitation",
    "He is beyond parental control.",
    "Troubled teenagers",
    "Boys who sell sex",
    "She dressed provocatively.",
    "Underage sex",
]
FAIR = [
    "Which places put children at risk?",
    "What puts young people at risk?",
    "You asked for it, and we did it.",
    "What choices do you want for lunch?",
    "Is your lifestyle healthy?",
    "Do you choose to walk or to cycle?",
    "Is the park far to reach?",
    "Write notes in words that do not blame",
    "How do you stay in control of your money?",
    "What would help people to take part?",
    "Did adults put the risk on you?",
    "Words such as “lifestyle choice” are not used here.",
    "Have you been involved in planning?",
    "What would you like to sell at the fair?",
    "The clock was out of order.",
]


@pytest.mark.parametrize("text", BLAMING)
def test_words_that_blame_are_found(words_found, text):
    assert words_found("blame", text)


@pytest.mark.parametrize("text", FAIR)
def test_words_that_sound_alike_are_not(words_found, text):
    assert words_found("blame", text) == []


def test_the_page_its_hints_and_its_choices_are_read_too(spots):
    found = spots(
        "blame",
        asked("q", "Which?", "single", choices=["A lifestyle choice"], hint="For the streetwise."),
        summary="About children who put themselves at risk.",
    )
    assert [(spot.block, spot.field) for spot in found] == [("", "summary"), ("q", "hint"), ("q", "options")]
    assert "may be harmed by others" in found[0].fix
