"""Rules in words: one set by its numbers, several by their common truth, none in general terms."""

import pytest

from insights.disclosure.disclosure_presets import PRESETS, serialise_preset
from insights.disclosure.rules_wording import CHANGED, RulesWording, wording_of


def of(*slugs):
    return wording_of(*(serialise_preset(PRESETS[slug]) for slug in slugs))


@pytest.mark.parametrize(
    ("slugs", "few", "rounding"),
    [
        (["nhs"], "fewer than 8 people", "rounded to 5"),
        (["dfe", "dfe"], "fewer than 6 people", "not rounded"),
        (["ons", "strictest"], "fewer than 10 people", "rounded or not, by the rules of each report"),
        (["dfe", "ons"], "fewer than 6 or 10 people, by the rules of each report", "not rounded"),
        (
            ["nhs", "ons"],
            "fewer than 8 or 10 people, by the rules of each report",
            "rounded or not, by the rules of each report",
        ),
        (
            ["default", "nhs", "dfe"],
            "fewer than 5, 6 or 8 people, by the rules of each report",
            "rounded or not, by the rules of each report",
        ),
        ([], "few people", "rounded or not, by the rules of each report"),
    ],
)
def test_rules_in_words(slugs, few, rounding):
    said = of(*slugs)
    assert (said.few, said.rounding_words) == (few, rounding)
    assert said.meaning.startswith("[c]: hidden so that nobody can be picked out. F")
    assert rounding in said.meaning and few[1:] in said.meaning


@pytest.mark.parametrize(("slug", "few"), [("default", "fewer than 5 people"), ("strictest", "fewer than 10 people")])
def test_numbers_by_cell_keys_are_explained_in_one_sentence(slug, few):
    said = of(slug, slug)
    assert said.few == said.hidden == few
    assert said.meaning == CHANGED


def test_a_release_from_before_its_rules_were_kept_speaks_by_our_own():
    assert wording_of({}).few == "fewer than 10 people"
    assert wording_of({}).too_few_to_ask == "fewer than 30 people"
    assert "each by itself" in wording_of({}).meaning
    assert RulesWording().hidden == "few people, or it would reveal such a number"


@pytest.mark.parametrize(
    ("slugs", "said"),
    [
        (["default", "strictest"], CHANGED),
        (["nhs"], "Numbers are people, rounded to 5."),
        (["default", "dfe"], "Numbers are people, rounded or not, by the rules of each report."),
    ],
)
def test_the_footnote_says_in_one_line_what_the_numbers_are(slugs, said):
    assert of(*slugs).footnote == said


@pytest.mark.parametrize(
    ("slugs", "hidden"),
    [
        (["default"], "fewer than 5 people (fewer than 10 people where a theme is grave or a question sensitive)"),
        (["strictest"], "fewer than 10 people"),
        (["nhs"], "fewer than 8 people"),
    ],
)
def test_what_is_hidden_is_said_of_grave_themes_and_sensitive_questions_too(slugs, hidden):
    assert of(*slugs).in_one_line == f"{of(*slugs).footnote} Numbers of {hidden} are hidden."


def test_a_large_number_has_a_separator():
    assert (of("default").about(2446), of("dfe").about(2446)) == ("about 2,446 people", "2,446 people")
