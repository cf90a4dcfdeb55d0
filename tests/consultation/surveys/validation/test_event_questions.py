"""Questions that ask a child to tell of an event are stopped, and harmless ones are not.

`event_questions/` has what the model never saw, one question a line, with its choices after a bar. Of the first 326 events
and 658 harmless lines, by several writers, it finds 317 and stops 5; COST_OF_A_MISS was set by looking at them. 101 more
events and 166 harmless ones were written before their writer read the rules, and measured once: it finds 98 and stops 1;
the lessons before found 94 and stopped 4. That writer wrote the last lessons too: expect less of a stranger's lines.
"""

import gzip
import re
import time
from array import array
from pathlib import Path

import pytest

from consultation.surveys.validation.event_model import (
    CHOICE,
    SCALE,
    WEIGHTS,
    find_event_question,
    find_heaviest_stretch,
)
from consultation.surveys.validation.event_training import fit_event_model, read_questions
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


def read_held_out(name):
    return (QUESTIONS / f"{name}.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.slow
def test_questions_about_an_event_that_nobody_trained_on_are_stopped(stops):
    lines = read_held_out("events")
    missed = [line for line in lines if not stops(line)]
    assert len(missed) <= 0.03 * len(lines), missed


@pytest.mark.slow
def test_harmless_questions_that_nobody_trained_on_are_not_stopped(stops):
    lines = read_held_out("harmless")
    alarms = [line for line in lines if stops(line)]
    assert len(alarms) <= 0.015 * len(lines), alarms


@pytest.mark.slow
def test_what_stands_before_a_question_hides_no_event():
    before = [
        "When you are in town at night, {}",
        "So that we can plan next year’s lessons, {}",
        "If you play on line: {}",
    ]
    lines = [line for line in read_held_out("events") if line.startswith(("Has ", "Have ", "Did ", "Were ", "Who "))]
    missed = [said for line in lines for lead_in in before if not find_event_question(said := lead_in.format(line))]
    assert len(lines) > 100 and len(missed) <= 0.05 * len(before) * len(lines), missed


def test_what_is_held_out_is_in_no_lesson():
    lessons = {re.sub(r"\W+", " ", line.lower()) for name in ("events", "harmless") for line in read_questions(name)}
    held_out = {re.sub(r"\W+", " ", line.lower()) for name in ("events", "harmless") for line in read_held_out(name)}
    assert len(held_out) == 1251 and not lessons & held_out


@pytest.mark.slow
def test_the_weights_are_those_of_the_lessons(stops):
    events, harmless = read_questions("events"), read_questions("harmless")
    fitted, kept = fit_event_model(events, harmless), array("h", gzip.decompress(WEIGHTS.read_bytes()))
    # Another machine ends the fit elsewhere, by thousandths; a lesson that was changed moves weights by tenths.
    assert max(abs(one - other) for one, other in zip(fitted, kept, strict=True)) <= 0.05 * SCALE
    assert sum(map(stops, events)) >= 0.99 * len(events)
    assert sum(bool(find_event_question(line.partition(CHOICE)[0])) for line in harmless) <= 0.001 * len(harmless)


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
        "When you are at the youth club after dark, has anybody tried to give you money for a photo?",
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
    assert find_event_question(text) == ""


def test_the_words_found_are_those_that_ask():
    found = find_event_question("It is about your home. Has your step dad ever hit you?")
    assert "hit you" in found and "It is about" not in found


def test_the_heaviest_stretch_of_neighbours():
    assert find_heaviest_stretch([-1, 2, -1, 3, -4, 1]) == (1, 3)
    assert find_heaviest_stretch([0.5]) == (0, 0)


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
    """Each word is looked at a fixed number of times: a text of 4,000 letters takes no noticeable time."""
    begun = time.process_time()
    find_event_question(words * (4_000 // len(words)) + "?")
    assert time.process_time() - begun < 1.5
