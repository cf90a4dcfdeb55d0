"""A typed query is words in any script, never a command or markup."""

import pytest

from insights.search.search_highlights import highlight_terms
from insights.search.search_scopes import suggest_spelling
from insights.search.search_terms import MOST_TERMS, SearchTerm, fold_text, folded_words_of, holds_terms, parse_terms


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("Lights", [SearchTerm(("lights",), begins=True)]),
        ("bus", [SearchTerm(("bus",))]),
        ("bu*", [SearchTerm(("bu",), begins=True)]),
        ("b*", [SearchTerm(("b",))]),
        ('"bus stop"', [SearchTerm(("bus", "stop"), exact=True)]),
        ("“bus stop” dark", [SearchTerm(("bus", "stop"), exact=True), SearchTerm(("dark",), begins=True)]),
        ("bus-stop", [SearchTerm(("bus", "stop"), begins=True)]),
        (
            "dog OR 1=1 NEAR(",
            [SearchTerm(("dog",)), SearchTerm(("or",)), SearchTerm(("1", "1")), SearchTerm(("near",), begins=True)],
        ),
        ("', ) | & ! <-> :* \\", []),
        ("", []),
    ],
)
def test_what_is_typed_becomes_terms(typed, terms):
    assert list(parse_terms(typed)) == terms


def test_only_so_many_terms_are_looked_for():
    assert len(parse_terms("word " * 40)) == MOST_TERMS


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Świetlica jest ŁADNA", ["swietlica", "jest", "ladna"]),
        ("আমাদের আলো চাই।", 3),
        ("ਸਾਨੂੰ ਰੋਸ਼ਨੀ ਚਾਹੀਦੀ ਹੈ", 4),
        ("راستے میں اندھیرا ہے۔", 4),
        ("نُورٌ", ["نور"]),
    ],
)
def test_every_script_has_whole_words_without_marks(written, words):
    found = folded_words_of(written)
    assert found == words if isinstance(words, list) else len(found) == words


def test_found_words_are_marked_as_they_were_written_and_all_else_is_escaped():
    assert highlight_terms("<b>Łady</b> LIGHT & lights", parse_terms("lady light")) == (
        "&lt;b&gt;<mark>Łady</mark>&lt;/b&gt; <mark>LIGHT</mark> &amp; <mark>lights</mark>"
    )
    assert highlight_terms("the bus stop, the bus", parse_terms('"bus stop"')) == "the <mark>bus stop</mark>, the bus"
    assert "<script" not in highlight_terms("<script>alert(1)</script>", parse_terms("script alert"))


def test_a_tag_stays_a_tag_and_a_long_text_is_cut_around_what_was_found():
    assert highlight_terms("Ask [PERSON 1] please", parse_terms("person please")) == (
        'Ask <span class="tagged">[PERSON 1]</span> <mark>please</mark>'
    )
    long = "dull words " * 200 + "here is the lamp " + "dull words " * 200
    cut = highlight_terms(long, parse_terms("lamp"))
    assert "<mark>lamp</mark>" in cut and len(cut) < 800 and cut.startswith("… ") and cut.endswith(" …")
    assert highlight_terms("x" * 3000, parse_terms("lamp")).startswith("xxx")


@pytest.mark.parametrize(
    ("typed", "some", "held"),
    [
        ("light stop", False, True),
        ("stop train", False, False),
        ("stop train", True, True),
        ('"bus stop"', False, True),
        ('"stop bus"', False, False),
        ("swiat*", False, True),
        ("", False, False),
    ],
)
def test_whether_a_text_holds_what_is_looked_for(typed, some, held):
    assert holds_terms("Lights at the bus stop, Światło!", parse_terms(typed), some=some) is held


def test_another_spelling_is_proposed_only_where_it_finds_something_and_only_from_words_that_were_given():
    texts = ["The Lights are broken", "more lights please"]
    assert suggest_spelling(parse_terms("lihgts"), texts, lambda terms: True) == "lights"
    assert suggest_spelling(parse_terms("lihgts"), texts, lambda terms: False) == ""
    assert suggest_spelling(parse_terms("zebra"), texts, lambda terms: True) == ""
    assert suggest_spelling(parse_terms('"lihgts"'), texts, lambda terms: True) == "", "exactly these words"
    assert fold_text("Świat") == "swiat"
