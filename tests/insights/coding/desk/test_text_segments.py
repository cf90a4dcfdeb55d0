import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.coding.desk.text_segments import find_cause_spans, split_into_segments, split_into_sentences


def put_together(text, found):
    """The text again, with every line end as one sign."""
    return "".join("\n" * piece.lines + piece.text for piece in found)


def test_words_that_caused_a_proposal_stand_out_wherever_they_stand():
    text = "It is dark. The lights, broken again! Darkness and DARK"
    assert [text[start:end] for start, end in find_cause_spans(text, ["dark", "lights broken"])] == [
        "dark",
        "lights, broken",
        "DARK",
    ]


def test_a_cause_with_signs_of_a_pattern_is_only_words():
    assert find_cause_spans("a.c abc (", ["a.c", "("]) == [(0, 3), (8, 9)]


def test_marks_of_two_themes_may_share_words():
    found = split_into_segments("dark lights here", [(0, 4)], {1: [[0, 11]], 2: [[5, 16]]})
    assert [(piece.text, piece.cause, piece.themes, piece.ends) for piece in found] == [
        ("dark", True, (1,), ()),
        (" ", False, (1,), ()),
        ("lights", False, (1, 2), (1,)),
        (" here", False, (2,), (2,)),
    ]


def test_a_tag_is_a_piece_of_its_own():
    assert [(piece.text, piece.tag) for piece in split_into_segments("so [WORKER 1] says", [], {})] == [
        ("so ", False),
        ("[WORKER 1]", True),
        (" says", False),
    ]


def test_line_ends_count_as_the_letters_that_they_are():
    found = split_into_segments("one\r\n\r\ntwo", [], {})
    assert [(piece.at, piece.text, piece.lines) for piece in found] == [(0, "one", 0), (7, "two", 2)]


@given(
    st.text("ab \n\r.[]1ÄاP", max_size=30),
    st.dictionaries(st.integers(1, 3), st.lists(st.tuples(st.integers(0, 29), st.integers(1, 30)), max_size=3)),
)
def test_no_word_is_left_out_or_said_twice(text, marked):
    def is_whole(place):  # between the two letters of one line end nothing begins or ends
        return place[0] < place[1] <= len(text) and all(text[at - 1 : at + 1] != "\r\n" for at in place if at)

    inside = {theme: [place for place in places if is_whole(place)] for theme, places in marked.items()}
    found = split_into_segments(text, find_cause_spans(text, ["a", "b b"]), inside)
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    assert put_together(text, found) == whole.rstrip("\n") or put_together(text, found) == whole
    assert all(text[piece.at :].startswith(piece.text) for piece in found)


@pytest.mark.parametrize(
    "text, found",
    [
        ("It is dark. Mend it!  Now", ["It is dark.", "Mend it!", "Now"]),
        ("یہ اندھیرا ہے۔ روشنی چاہیے", ["یہ اندھیرا ہے۔", "روشنی چاہیے"]),
        ("no end", ["no end"]),
        ("one\ntwo", ["one", "two"]),
        ("", []),
        ("?!", ["?!"]),
    ],
)
def test_sentences(text, found):
    assert [sentence.text for sentence in split_into_sentences(text)] == found
    assert all(text[sentence.start : sentence.end] == sentence.text for sentence in split_into_sentences(text))
