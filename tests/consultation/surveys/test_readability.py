import re
import statistics
from pathlib import Path

import pytest

from cms.demo.demo_consultations import FILES, load_demo_yaml
from consultation.interface_text import gettext_catalogue
from consultation.surveys import readability
from consultation.surveys.readability import (
    CHILDREN,
    LONGEST_OF_CHILDREN,
    PARENTS,
    count_syllables,
    grade_sentences,
    grade_text,
    list_hard_words,
    reading_age,
)
from tests.consultation.surveys import syllable_table

pytestmark = pytest.mark.any_database

# The pattern that screen readers know (WCAG G199), which the guide allows; and a name.
LABELS = {"error.word", "foot.partnership"}
DEMO = [consultation for name in FILES for consultation in load_demo_yaml(name)["consultations"]]
ASKED = ("text", "easy_read", "why_we_ask", "hint")


@pytest.fixture(scope="module")
def strings():
    return gettext_catalogue.load_interface_strings()["strings"]


def said_to(strings, whom):
    """{text: grade}, without labels and what a line of help is for ("Under 19"), which are no sentences."""
    return {
        f"{entry['key']} {field}": grade_text(entry[field])
        for entry in strings
        if entry["for"] == whom and entry["key"] not in LABELS and not entry["key"].startswith("place.")
        for field in ("text", "easy_read")
    }


def test_the_grade_is_the_guides_formula():
    words, sentences, spoken = 11, 2, 15
    formula = 0.39 * words / sentences + 11.8 * spoken / words - 15.59
    assert grade_text("This opens a weather page. It does not clear your history.") == round(formula, 1)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cat", 1),
        ("history", 3),
        ("I'd", 1),
        ("Wi-Fi", 2),
        ("999", 1),
        ("blorted", 2),
        ("zorbly", 2),
        ("trobe", 1),
        ("xq", 1),
    ],
)
def test_syllables_of_known_words_and_of_others(word, count):
    assert count_syllables(word) == count


def test_a_placeholder_is_one_short_word_and_a_spaced_number_too():
    assert grade_text("Open until {date}") == grade_text("Open until it")
    assert grade_text("Call 0800 1111.") == grade_text("Call 999.")


@pytest.mark.parametrize(("grade", "years"), [(4.0, 9), (4.1, 10), (6.0, 11), (-3.0, 5), (18.0, 23)])
def test_a_grade_is_shown_as_an_age_that_passes_no_limit_unseen(grade, years):
    assert reading_age(grade) == years


@pytest.mark.parametrize("label", ["Accommodation", "Public transport", "Keighley and Ilkley"])
def test_a_label_has_no_grade(label):
    assert grade_sentences(label) == 0.0
    assert grade_sentences(f"How good or bad is {label}?") > 0


def test_a_text_without_words_has_no_grade():
    assert grade_text("") == grade_text("...") == 0.0


def test_hard_words_come_hardest_first():
    assert list_hard_words("The accessibility of a museum: see the accessibility page.") == ["accessibility", "museum"]
    assert list_hard_words("We read it.") == []


def test_what_children_read_is_easy(strings):
    grades = said_to(strings, "child")
    assert statistics.mean(grades.values()) <= CHILDREN
    assert {name: found for name, found in grades.items() if found > LONGEST_OF_CHILDREN} == {}


def test_what_parents_read_is_not_hard(strings):
    grades = said_to(strings, "adult")
    assert statistics.mean(grades.values()) <= PARENTS
    assert {name: found for name, found in grades.items() if found > PARENTS} == {}


@pytest.mark.parametrize("consultation", DEMO, ids=lambda data: data["slug"])
def test_the_demo_asks_as_the_guide_says(consultation):
    limit = CHILDREN if "children-young-people" in consultation["audiences"] else PARENTS
    texts = [consultation["summary"], consultation["summary_easy"]]
    for question in consultation["questions"]:
        texts += [question[name] for name in ASKED if question.get(name)]
        texts += [option["text"] for option in question.get("options") or [] if option.get("text")]
    assert statistics.mean(map(grade_text, texts)) <= limit
    sentences = [text for text in texts if text[-1] in ".?"]  # a label has no real grade
    assert {text: grade_text(text) for text in sentences if grade_text(text) > limit + 2} == {}


@pytest.mark.parametrize("seed", ["safer", "privacy"])
def test_pages_for_children_are_easy(db, seed):
    from cms.site.pages import site_setup

    page = site_setup.build_seed_fields(next(each for each in site_setup.SEEDS if each.slug == seed))
    text = re.sub(r"<[^>]+>", "\n", f"{page['intro']}\n{page['body']}")
    assert grade_text(text) <= CHILDREN


@pytest.mark.slow
def test_the_table_holds_what_the_dictionary_counts_otherwise():
    spoken = syllable_table.count_spoken_syllables()
    assert len(spoken) > 120_000
    assert {word for word, count in spoken.items() if count_syllables(word) != count} == set()
    assert readability.SYLLABLES_BY_WORD.read_text() == syllable_table.build_table(spoken)


def test_no_page_needs_the_dictionary_itself():
    """Its Python package is under the GPL: it is among the tools of the tests alone."""
    locks = [Path(name).read_text() for name in ("requirements.lock", "requirements-dev.lock")]
    assert ["\ncmudict==" in lock for lock in locks] == [False, True]
    assert readability.SYLLABLES_BY_WORD.read_text().startswith("# From the CMU Pronouncing Dictionary")
