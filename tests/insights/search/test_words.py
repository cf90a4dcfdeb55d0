"""What somebody types is words to look for, in any script, and never a command or markup."""

import pytest

from insights.search.finding import how_many
from insights.search.highlights import marked
from insights.search.spelling import instead
from insights.search.words import MOST_TERMS, Term, fold, holds, parse, words_of


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("Lights", [Term(("lights",), begins=True)]),
        ("bus", [Term(("bus",))]),
        ("bu*", [Term(("bu",), begins=True)]),
        ("b*", [Term(("b",))]),
        ('"bus stop"', [Term(("bus", "stop"), exact=True)]),
        ("“bus stop” dark", [Term(("bus", "stop"), exact=True), Term(("dark",), begins=True)]),
        ("bus-stop", [Term(("bus", "stop"), begins=True)]),
        ("dog OR 1=1 NEAR(", [Term(("dog",)), Term(("or",)), Term(("1", "1")), Term(("near",), begins=True)]),
        ("', ) | & ! <-> :* \\", []),
        ("", []),
    ],
)
def test_what_is_typed_becomes_terms(typed, terms):
    assert list(parse(typed)) == terms


def test_only_so_many_terms_are_looked_for():
    assert len(parse("word " * 40)) == MOST_TERMS


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
    found = words_of(written)
    assert found == words if isinstance(words, list) else len(found) == words


def test_found_words_are_marked_as_they_were_written_and_all_else_is_escaped():
    assert marked("<b>Łady</b> LIGHT & lights", parse("lady light")) == (
        "&lt;b&gt;<mark>Łady</mark>&lt;/b&gt; <mark>LIGHT</mark> &amp; <mark>lights</mark>"
    )
    assert marked("the bus stop, the bus", parse('"bus stop"')) == "the <mark>bus stop</mark>, the bus"
    assert "<script" not in marked("<script>alert(1)</script>", parse("script alert"))


def test_a_tag_stays_a_tag_and_a_long_text_is_cut_around_what_was_found():
    assert marked("Ask [PERSON 1] please", parse("person please")) == (
        'Ask <span class="tagged">[PERSON 1]</span> <mark>please</mark>'
    )
    long = "dull words " * 200 + "here is the lamp " + "dull words " * 200
    cut = marked(long, parse("lamp"))
    assert "<mark>lamp</mark>" in cut and len(cut) < 800 and cut.startswith("… ") and cut.endswith(" …")
    assert marked("x" * 3000, parse("lamp")).startswith("xxx")


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "None"), (1, "Fewer than 10"), (9, "Fewer than 10"), (10, "About 10"), (12, "About 10"), (13, "About 15")],
)
def test_a_number_is_never_exact(number, said):
    assert how_many(number) == said


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
    assert holds("Lights at the bus stop, Światło!", parse(typed), some=some) is held


def test_another_spelling_is_proposed_only_where_it_finds_something_and_only_from_words_that_were_given():
    texts = ["The Lights are broken", "more lights please"]
    assert instead(parse("lihgts"), texts, lambda terms: True) == "lights"
    assert instead(parse("lihgts"), texts, lambda terms: False) == ""
    assert instead(parse("zebra"), texts, lambda terms: True) == ""
    assert instead(parse('"lihgts"'), texts, lambda terms: True) == "", "exactly these words"
    assert fold("Świat") == "swiat"
