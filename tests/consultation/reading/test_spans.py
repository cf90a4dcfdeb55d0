import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.reading import spans

TEXTS = st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=40)


@given(TEXTS, st.data())
def test_utf16_offsets_go_there_and_back(text, data):
    at = data.draw(st.integers(0, len(text)))
    assert spans.from_utf16(text, spans.to_utf16(text, at)) == at


def test_offsets_as_a_browser_counts_them():
    text = "a🦋b👩‍👧c"
    assert [spans.to_utf16(text, at) for at in range(len(text) + 1)] == [0, 1, 3, 4, 6, 7, 9, 10]


def test_half_of_an_emoji_is_its_start():
    assert spans.from_utf16("a🦋b", 2) == 1


def test_overlapping_spans_become_one():
    rows = spans.normalised(
        [
            {"start": 3, "end": 8, "type": "PLACE"},
            {"start": 0, "end": 5, "type": "PERSON"},
            {"start": 9, "end": 10, "type": "DATE"},
        ],
        "x" * 10,
    )
    assert [(row["start"], row["end"], row["type"]) for row in rows] == [(0, 8, "PERSON"), (9, 10, "DATE")]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Kieran and kieran", "kieran", [(0, 6), (11, 17)]),
        ("🦋 Straße", "strasse", []),
        ("🦋 Straße", "STRAßE", [(2, 8)]),
        ("abc", "", []),
        ("abc", "   ", []),
        ("abc", "abcd", []),
        ("ہمیں حنا نے", "حنا", [(5, 8)]),
    ],
)
def test_finding_words_keeps_places_exact(text, words, expected):
    assert spans.found(text, words) == expected
