"""Marks of an answer on the page: each word once, marks by number, and the planner's exact view."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.reading import redaction_marks, redaction_spans

TEXT = "🦋 Kieran is ok.\r\nKieran left at Easter."


def marks(*places, kind="PERSON", on=True):
    return [redaction_marks.RedactionMark(start, end, kind, on) for start, end in places]


def test_the_same_words_share_a_number_and_a_switch():
    first, second = redaction_spans.find_words(TEXT, "kieran")
    easter = redaction_spans.find_words(TEXT, "Easter")[0]
    shown = marks(first, second) + marks(easter, kind="DATE")
    groups = redaction_marks.group_marks(shown, TEXT)
    assert [(group.key, group.words, group.times) for group in groups] == [(1, "Kieran", 2), (2, "Easter", 1)]
    after = redaction_marks.toggle_group(shown, TEXT, 1)
    assert [mark.on for mark in after] == [False, False, True]
    assert redaction_marks.toggle_group(after, TEXT, 1) == shown
    assert redaction_marks.toggle_group(shown, TEXT, 7) == shown


def test_proposals_may_come_in_any_order_and_overlap():
    proposed = [
        {"start": 8, "end": 12, "type": "PLACE", "why": "b"},
        {"start": 0, "end": 5, "type": "PERSON", "why": "a"},
        {"start": 3, "end": 6, "type": "ORG"},
    ]
    assert [(mark.start, mark.type, mark.why) for mark in redaction_marks.marks_from_spans(proposed)] == [
        (0, "PERSON", "a"),
        (8, "PLACE", "b"),
    ]


def test_the_preview_is_the_redaction():
    shown = marks(*redaction_spans.find_words(TEXT, "kieran"))
    seen = redaction_marks.build_redacted_preview(shown, TEXT)
    assert "".join(words for words, _ in seen) == redaction_spans.redact_text(
        TEXT, redaction_marks.hidden_spans(shown)
    )
    assert [is_tag for _, is_tag in seen] == [False, True, False, True, False]


def test_line_ends_do_not_shift_places():
    pieces = redaction_marks.build_marked_runs([], TEXT, [])
    assert [(piece.at, piece.text, piece.new_line) for piece in pieces] == [
        (0, "🦋 Kieran is ok.", False),
        (17, "Kieran left at Easter.", True),
    ]
    assert TEXT[17:] == "Kieran left at Easter."


def test_new_words_swallow_what_they_touch_and_hide_no_less():
    before = marks((0, 5)) + marks((8, 12))
    after = redaction_marks.hide_places(before, [(3, 9)], "PLACE")
    assert [(mark.start, mark.end, mark.type) for mark in after] == [(0, 12, "PLACE")]


def test_a_shown_mark_is_replaced_and_not_widened():
    after = redaction_marks.hide_places(marks((0, 5), on=False), [(3, 9)], "PLACE")
    assert [(mark.start, mark.end) for mark in after] == [(3, 9)]


@pytest.mark.parametrize("value", ["", "a:b:PERSON:1", "0:99:PERSON:1", "0:3:SECRET:1", "3:3:PERSON:1", "0:3:PERSON"])
def test_a_damaged_mark_is_refused(value):
    with pytest.raises(redaction_spans.InvalidSpan):
        redaction_marks.parse_marks([value], "Hello there")


LETTERS = st.text(alphabet=st.sampled_from("ab🦋é\n\r ك"), min_size=1, max_size=30)


@given(LETTERS, st.data())
def test_every_word_is_shown_once_whatever_is_marked(text, data):
    places = data.draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=5))
    shown = redaction_marks.drop_overlapping_marks(
        redaction_marks.RedactionMark(start, end, "PERSON") for start, end in places if start < end
    )
    pieces = redaction_marks.build_marked_runs(shown, text, redaction_marks.group_marks(shown, text))
    for piece in pieces:
        assert text[piece.at : piece.at + len(piece.text)] == piece.text
    assert "".join(piece.text for piece in pieces) == "".join(
        character for character in text if character not in "\r\n"
    )
    seen = "".join(words for words, _ in redaction_marks.build_redacted_preview(shown, text))
    assert seen == redaction_spans.redact_text(text, redaction_marks.hidden_spans(shown))


def test_every_kind_is_reached_from_its_kin_by_one_key():
    assert sorted(kind for ring in redaction_marks.KIN for kind in ring) == sorted(redaction_spans.TYPES)
    for ring in redaction_marks.KIN:
        assert {redaction_marks.next_kin(kind) for kind in ring} == set(ring)


@given(LETTERS, st.data())
def test_marks_survive_the_form(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    mark = redaction_marks.RedactionMark(start, end, "PLACE", data.draw(st.booleans()), "Shop and street")
    assert redaction_marks.parse_marks([mark.value], text, [mark]) == [mark]


@given(LETTERS, st.data())
def test_adding_hides_all_that_was_chosen(text, data):
    places = data.draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=6))
    shown: list = []
    for start, end in places:
        if start < end:
            shown = redaction_marks.hide_places(shown, [(start, end)], "ORG")
    hidden = {at for mark in shown for at in range(mark.start, mark.end)}
    assert all(at in hidden for start, end in places for at in range(start, end))
