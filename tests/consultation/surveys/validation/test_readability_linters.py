"""Hard words are found, and easy text needs no easy-read version (X5, X6)."""

import pytest

from consultation.surveys.validation.linter import LINTERS
from tests.consultation.surveys.conftest import asked

HARD = "Approximately how frequently do you utilise the municipal recreational facilities?"
EASY = "How often do you go to the park?"
PARENTS = {"audience": "parents-carers"}


QUITE_HARD = "How do your children usually travel to school in winter?"


def test_a_hard_text_is_found_with_the_words_to_begin_with(spots):
    found = spots("hard-text", asked("q", QUITE_HARD, "faces"))
    assert found and not spots("too-hard", asked("q", QUITE_HARD, "faces"))


@pytest.mark.parametrize("more", [{}, PARENTS, {"audience": "professionals"}])
def test_a_text_that_most_cannot_read_stops_a_publication(spots, more):
    """It was only advice, whatever its grade."""
    assert LINTERS["too-hard"].blocks
    found = spots("too-hard", asked("q", HARD, "faces"), **more)
    assert [(spot.block, spot.field) for spot in found] == [("q", "text")]
    assert "municipal" in found[0].fix or "approximately" in found[0].fix


@pytest.mark.parametrize("text", [EASY, "What would help you most?", "Shipley", "Keighley and Ilkley"])
def test_an_easy_text_and_a_name_are_not(spots, text):
    assert spots("hard-text", asked("q", text, "faces")) == []


def test_a_choice_is_a_label_and_has_no_grade(spots):
    assert spots("hard-text", asked("q", EASY, choices=["Transport, licensing or housing", "No"])) == []


def test_parents_are_given_two_grades_more(spots):
    asks = asked("q", QUITE_HARD, "faces")
    assert spots("hard-text", asks) and not spots("hard-text", asks, **PARENTS)


def test_the_whole_is_measured_as_promised(spots):
    assert spots("reading-age", asked("q", EASY, "faces")) == []
    found = spots("reading-age", asked("q", HARD, "faces"))
    assert found[0].found.endswith("; 9 is the most")
    assert spots("reading-age", asked("q", HARD, "faces"), **PARENTS)[0].found.endswith("; 11 is the most")


def test_easy_words_do_not_hide_that_the_others_are_hard(spots):
    assert spots("reading-age", asked("q", HARD, "faces", easy="Is it ok?"))


def test_long_words_without_easy_ones_are_found_at_the_empty_field(spots):
    long = "Which of the places that you go to after school would you like us to make a bit better for you?"
    assert [(spot.block, spot.field) for spot in spots("easy-read", asked("q", long, "faces"))] == [("q", "easy")]
    assert spots("easy-read", asked("q", long, "faces", easy="Which place should be better?")) == []


def test_words_that_are_easy_enough_for_all_are_enough(spots):
    assert spots("easy-read", asked("q", EASY, "faces", hint="Think of last week.")) == []


def test_the_pages_own_words_need_easy_ones_too(spots):
    long = "You can tell us where the new lights in all of the parks of the district should go first of all."
    assert [spot.field for spot in spots("easy-read", can_change=long)] == ["can_change_easy"]


def test_an_easy_sentence_is_short(spots):
    easy = "Which of the places that you go to would you like us to make a bit better?"
    found = spots("easy-long", asked("q", EASY, "faces", easy=easy))
    assert [(spot.field, "17 words" in spot.fix) for spot in found] == [("easy", True)]
    assert spots("easy-long", asked("q", EASY, "faces", easy="Which place? We can make it better.")) == []
