"""Offsets are exact in any script, and redaction loses nothing but what it hides."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from consultation.reading.redaction import TYPES, Span, propose, redact
from consultation.reading.redaction.spans import without_overlaps

ANY = st.text(st.characters(codec="utf-8"), max_size=120)
PIECES = st.lists(
    st.sampled_from(
        ["Miss Okonjo", "aisha", "07700 900123", "a.b@example.org", "BD99 4QX", "YB98 QKP", "@kxng_07", "عائشہ", "ਗਿੱਲ",
         "😀", "e\u0301", "\u200b", "Leeds Road", "Rowan Gate PRU", "3 Tanner Fold", "12 May", "999 014 2210", "hi", ".",
         " ", "\n", "my worker", "শাহানা আপা", "www.example.org/x"]
    ),
    max_size=14,
).map(" ".join)  # fmt: skip


@st.composite
def marked(draw):
    text = draw(ANY)
    spans = draw(
        st.lists(
            st.tuples(st.integers(0, len(text)), st.integers(0, len(text)), st.sampled_from(TYPES)).map(
                lambda t: Span(min(t[:2]), max(t[:2]), t[2])
            ),
            max_size=6,
        )
    )
    return text, spans


def check(text, spans):
    assert spans == sorted(spans)
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        assert span.type in TYPES
        assert span.why
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))


@given(ANY)
@settings(max_examples=300, deadline=None)
def test_proposals_lie_in_the_text_whatever_it_is(text):
    check(text, propose(text))


@given(PIECES)
@settings(max_examples=300, deadline=None)
def test_proposals_lie_in_mixed_scripts(text):
    check(text, propose(text))


@given(PIECES)
@settings(max_examples=100, deadline=None)
def test_an_emoji_before_moves_every_offset_by_one(text):
    plain, moved = propose("!. " + text), propose("😀. " + text)
    assert [(s.start, s.end, s.type) for s in plain] == [(s.start, s.end, s.type) for s in moved]


@given(marked())
@settings(max_examples=300, deadline=None)
def test_what_is_outside_the_spans_stays_letter_by_letter(given_text):
    text, spans = given_text
    kept = without_overlaps(spans)
    outside, at = [], 0
    for span in kept:
        outside.append(text[at : span.start])
        at = span.end
    outside.append(text[at:])
    redacted = redact(text, spans)
    pattern = r"\[[A-Z]+(?: \d+)?\]".join(re.escape(part) for part in outside)
    assert re.fullmatch(pattern, redacted, re.DOTALL)


@given(marked())
@settings(max_examples=100, deadline=None)
def test_no_character_is_hidden_twice(given_text):
    kept = without_overlaps(given_text[1])
    assert all(a.end <= b.start for a, b in zip(kept, kept[1:], strict=False))


def test_the_same_person_gets_the_same_tag_within_an_answer():
    text = "Kieran is alright. I asked kieran and Tash. Kieran's off at Easter."
    spans = [Span(0, 6, "WORKER"), Span(27, 33, "WORKER"), Span(38, 42, "WORKER"), Span(44, 50, "WORKER")]
    assert redact(text, spans) == (
        "[WORKER 1] is alright. I asked [WORKER 1] and [WORKER 2]. [WORKER 1]'s off at Easter."
    )


def test_only_people_are_numbered():
    text = "Tash at Leeds Road, 07700 900123"
    spans = [Span(0, 4, "PERSON"), Span(8, 18, "PLACE"), Span(20, 32, "PHONE")]
    assert redact(text, spans) == "[PERSON 1] at [PLACE], [PHONE]"


def test_nothing_to_hide_leaves_the_words_alone():
    assert redact("more goals on the field", []) == "more goals on the field"
