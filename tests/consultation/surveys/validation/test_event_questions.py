"""Questions that ask a child to tell of an event are stopped, and harmless ones are not.

`event_questions/` has one question a line, with its choices after a bar. All were written as officers of councils,
charities and schools write, before the grammar existed; one half of the first 442 (by a hash of each line) was held
out. The rules before stopped 19 of the 73 held-out unsafe questions and 4 of the 146 harmless ones; the grammar, measured
once on them, 73 and 1. That is too good, because one person wrote both halves. Seven more lots, written afterwards to
find its gaps, were caught at first sight at 0.54, 0.67, 0.61, 0.75, 0.82, 0.64 and, with plain words again, 0.88 (and of
614 harmless ones beside them 14 were stopped), and then developed on. Fifteen questions of published questionnaires on harm
to children: 3 before, 11 at first sight, 15 now. Of 150 more, and 152 harmless ones, one half was developed on (64 of 75
at first sight, 1 of 76 stopped wrongly) and the other looked at once: 67 of 75 before, 68 after, none wrongly. What they
found is in the files. Somebody who had seen neither the rules nor the files wrote 111 more, and 205 harmless ones: 98 were
caught at first sight, and one harmless one was stopped. Expect 0.8 to 0.9 of what somebody else writes.
"""

import time
from pathlib import Path

import pytest

from consultation.surveys.validation.event_grammar import find_event_question
from tests.consultation.surveys.conftest import asked

QUESTIONS = Path(__file__).parent / "event_questions"
STATED = "agreement"


@pytest.fixture
def stops(spots):
    """stops(line): whether a question asks for an event, or for the person who did it."""

    def look(line):
        text, _, choices = line.partition(" | ")
        of_text = "long_text" if text.endswith("?") else STATED
        block = asked("q", text, "single" if choices else of_text, choices=list(filter(None, choices.split("; "))))
        return bool(spots("event", block) or spots("person", block))

    return look


def read_questions(name):
    return (QUESTIONS / f"{name}.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.slow
@pytest.mark.parametrize(("name", "least"), [("unsafe_held_out", 0.98), ("unsafe_developed_on", 0.98)])
def test_questions_about_an_event_are_stopped(stops, name, least):
    lines = read_questions(name)
    missed = [line for line in lines if not stops(line)]
    assert len(missed) <= (1 - least) * len(lines), missed


@pytest.mark.slow
@pytest.mark.parametrize(("name", "most"), [("harmless_held_out", 0.01), ("harmless_developed_on", 0.0)])
def test_harmless_questions_are_not_stopped(stops, name, most):
    lines = read_questions(name)
    alarms = [line for line in lines if stops(line)]
    assert len(alarms) <= most * len(lines), alarms


@pytest.mark.parametrize(
    "text",
    [
        "Has anyone ever abused you?",
        "Has your dad ever hit you?",
        "Has a driver ever asked you for sex?",
        "My dad hits me.",
        "Nobody has ever hurt me at home.",
        "Would you say that you have been abused?",
        "has any1 touchd ur privats",
        "hav u been bullyed",
        "If somebody has hurt you, what did they do?",
    ],
)
def test_an_event_is_found_however_it_is_asked(text):
    assert find_event_question(text)


@pytest.mark.parametrize(
    "text",
    [
        "Do you feel safe at the bus stop?",
        "Who would you tell if a friend was worried?",
        "Would you tell a teacher if someone hurt you?",
        "Do you know what to do if somebody hits you?",
        "If you are being hurt, is there an adult you can talk to?",
        "You do not need to tell us who hurt you.",
        "Has your school taught you about abuse?",
        "Were you touched by the play you watched?",
        "Staff always ask before they touch me.",
        "What was your sex registered at birth?",
    ],
)
def test_what_is_supposed_known_or_not_asked_is_no_event(text):
    assert find_event_question(text) is None


def test_the_words_found_are_those_of_the_question_with_what_to_ask_instead():
    found = find_event_question("At home, has your step dad ever hit you?")
    assert found.found == "hit you"
    assert "somebody hurt them" in found.fix and "Ask instead: “Is there an adult" in found.fix


LISTED = ["Being punched", "Being called names", "Going to the park"]


def test_a_list_of_events_is_found_at_each_choice_that_tells_one(spots):
    found = spots("event", asked("q", "Which of these have you experienced?", "multiple", choices=LISTED))
    assert [(spot.field, spot.text) for spot in found] == [("options", text) for text in LISTED[:2]]


def test_the_same_choices_below_a_question_of_opinion_are_not(spots):
    assert spots("event", asked("q", "Which of these should adults stop?", "multiple", choices=LISTED)) == []


def test_a_hint_that_informs_is_no_question_and_one_that_asks_is(words_found):
    told = "If somebody has hurt you, it is not your fault."
    assert words_found("event", "How is the park?", "long_text", hint=told) == []
    assert words_found("event", "How is the park?", "long_text", hint="Has somebody hurt you there?")


def test_a_row_of_a_grid_is_a_question_too(spots):
    rows = [{"type": "item", "id": "r", "value": {"text": "A worker has hurt me."}}]
    assert [spot.field for spot in spots("event", asked("q", "How often?", "grid", rows=rows))] == ["rows"]


@pytest.mark.parametrize(
    "words", ["you have been ever never being got often ", "has anyone ", "word ", "have you ever "]
)
def test_a_very_long_sentence_is_read_in_time(words):
    """The grammar's repetitions are bounded: a text of 4,000 letters takes no noticeable time."""
    begun = time.process_time()
    find_event_question(words * (4_000 // len(words)) + "?")
    assert time.process_time() - begun < 1.5
