"""Offsets are exact in any script, and redaction removes nothing but the marked spans."""

import json
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from consultation.reading import redaction_spans
from consultation.reading.redaction import TYPES, Span, propose_spans, replace_with_tags
from consultation.reading.redaction.personal_data_spans import drop_overlapping_spans
from consultation.reading.redaction_spans import list_redaction_tags

SCRIPT = Path(__file__).parents[3] / "consultation/static/voice/text_selection.js"
INVISIBLE = ["\u200b", "\u2060", "\ufeff", "\u00ad", "\u200e", "\u202e", "\u2066"]

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
@settings(max_examples=300)
def test_proposals_lie_in_the_text_whatever_it_is(text):
    check(text, propose_spans(text))


@pytest.mark.slow
@given(PIECES)
@settings(max_examples=300)
def test_proposals_lie_in_mixed_scripts(text):
    check(text, propose_spans(text))


@given(PIECES)
@settings(max_examples=100)
def test_an_emoji_before_moves_every_offset_by_one(text):
    plain, moved = propose_spans("!. " + text), propose_spans("😀. " + text)
    assert [(s.start, s.end, s.type) for s in plain] == [(s.start, s.end, s.type) for s in moved]


@given(marked())
@settings(max_examples=300)
def test_what_is_outside_the_spans_stays_letter_by_letter(given_text):
    text, spans = given_text
    kept = drop_overlapping_spans(spans)
    outside, at = [], 0
    for span in kept:
        outside.append(text[at : span.start])
        at = span.end
    outside.append(text[at:])
    redacted = replace_with_tags(text, spans)
    pattern = r"\[[A-Z]+(?: \d+)?\]".join(re.escape(part) for part in outside)
    assert re.fullmatch(pattern, redacted, re.DOTALL)


@given(marked())
@settings(max_examples=100)
def test_no_character_is_hidden_twice(given_text):
    kept = drop_overlapping_spans(given_text[1])
    assert all(a.end <= b.start for a, b in zip(kept, kept[1:], strict=False))


def test_the_same_person_gets_the_same_tag_within_an_answer():
    text = "Kieran is alright. I asked kieran and Tash. Kieran's off at Easter."
    spans = [Span(0, 6, "WORKER"), Span(27, 33, "WORKER"), Span(38, 42, "WORKER"), Span(44, 50, "WORKER")]
    assert replace_with_tags(text, spans) == (
        "[WORKER 1] is alright. I asked [WORKER 1] and [WORKER 2]. [WORKER 1]'s off at Easter."
    )


def test_only_people_are_numbered():
    text = "Tash at Leeds Road, 07700 900123"
    spans = [Span(0, 4, "PERSON"), Span(8, 18, "PLACE"), Span(20, 32, "PHONE")]
    assert replace_with_tags(text, spans) == "[PERSON 1] at [PLACE], [PHONE]"


def test_nothing_to_hide_leaves_the_words_alone():
    assert replace_with_tags("more goals on the field", []) == "more goals on the field"


@given(ANY)
@settings(max_examples=300)
@example("hi Q\u0301ori\u0323\u0301s, 0\u200b7700 900123")
@example("נועה שרה @מאיה \u202e07700 900123\u202c")
@example("👩🏽\u200d🏫 Miss Okonjo 👨\u200d👩\u200d👧")
def test_no_letter_is_cut_from_its_marks(text):
    spans = propose_spans(text)
    check(text, spans)
    for span in spans:
        assert span.end == len(text) or not unicodedata.category(text[span.end]).startswith("M")
        assert span.start == 0 or not unicodedata.category(text[span.start]).startswith("M")


@given(PIECES)
@settings(max_examples=150)
def test_decomposed_letters_hide_the_same_words(text):
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    hidden = [(unicodedata.normalize("NFC", decomposed[s.start : s.end]), s.type) for s in propose_spans(decomposed)]
    assert hidden == [(composed[s.start : s.end], s.type) for s in propose_spans(composed)]


@pytest.mark.parametrize(
    "name", ["Zoë Brontë", "Siân", "Jędrzej", "Małgorzata", "Renátka", "Răzvan", "Nguyễn Minh Khôi"]
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_with_accents_is_hidden_whole_in_either_form(name, form):
    text = unicodedata.normalize(form, f"my mate {name} said no")
    words = unicodedata.normalize(form, name)
    assert [text[s.start : s.end] for s in propose_spans(text)] == [words]


@given(st.sampled_from(INVISIBLE), st.integers(1, 10))
@settings(max_examples=60)
def test_nothing_invisible_hides_a_number_from_redaction(mark, at):
    number = "07700900123"[:at] + mark + "07700900123"[at:]
    text = f"ring {number} ok"
    assert [(text[s.start : s.end], s.type) for s in propose_spans(text)] == [(number, "PHONE")]


@given(marked())
@settings(max_examples=300)
def test_putting_the_words_back_gives_the_answer_letter_by_letter(given_text):
    text, spans = given_text
    rows = [{"start": s.start, "end": s.end, "type": s.type, "why": ""} for s in drop_overlapping_spans(spans)]
    rest, back = replace_with_tags(text, drop_overlapping_spans(spans)), []
    at = 0
    for row, tag in zip(rows, list_redaction_tags(text, rows), strict=True):
        between = row["start"] - at
        assert rest[between:].startswith(tag)
        back += [rest[:between], text[row["start"] : row["end"]]]
        rest, at = rest[between + len(tag) :], row["end"]
    assert "".join([*back, rest]) == text


@given(PIECES)
@settings(max_examples=100)
def test_what_is_proposed_is_gone_from_what_planners_see(text):
    seen = replace_with_tags(text, propose_spans(text))
    for words in ("07700 900123", "a.b@example.org", "BD99 4QX", "YB98 QKP", "@kxng_07", "www.example.org/x"):
        assert words not in seen


@pytest.mark.skipif(
    shutil.which("node") is None,
    reason="node is not here, so it is not proved that the desk counts letters as the server does: apt-get install nodejs",
)
def test_the_desk_counts_code_points_as_the_server_does():
    """The line of text_selection.js that turns the browser's UTF-16 into code points, run on every cut of awkward texts."""
    line = re.search(r"const points = .*;", SCRIPT.read_text(encoding="utf-8"))[0]
    texts = [
        "a😀b",
        "👩🏽\u200d🏫 e\u0301 é",
        "שלום \u202eabc\u202c",
        "ਗਿੱਲ ਜੀ",
        "𝕏\u200b\U0001f1ec\U0001f1e7!",
        "",
        "\r\n\t",
        "नमस्ते 🙏🏿",
    ]
    cuts = [[len(text[:at].encode("utf-16-le")) // 2 for at in range(len(text) + 1)] for text in texts]
    program = f"{line} const [t, c] = JSON.parse(process.argv[1]); " + (
        "console.log(JSON.stringify(t.map((x, i) => c[i].map(at => points(x.slice(0, at))))))"
    )
    given_to_node = json.dumps([texts, cuts])
    out = subprocess.run(["node", "-e", program, given_to_node], capture_output=True, text=True, check=True).stdout  # noqa: S607
    assert json.loads(out) == [list(range(len(text) + 1)) for text in texts]


@pytest.mark.parametrize("wrong", ["ask [PERSON 1] now.", "Zsk [PERSON 1] now.", "Ask Tasha now.", "[PERSON 1] now."])
def test_a_redaction_that_changes_words_outside_its_spans_is_an_error(monkeypatch, wrong):
    span = {"start": 4, "end": 9, "type": "PERSON", "why": ""}
    monkeypatch.setattr(redaction_spans, "redact_text", lambda text, spans: wrong)
    with pytest.raises(AssertionError, match="outside its spans"):
        list_redaction_tags("Ask Tasha now.", [span])


def test_the_tags_of_a_redaction_are_listed_in_order():
    text, spans = "Ask Tasha and Bo now.", [{"start": 4, "end": 9, "type": "PERSON", "why": ""}]
    assert list_redaction_tags(text, [*spans, {"start": 14, "end": 16, "type": "WORKER", "why": ""}]) == [
        "[PERSON 1]",
        "[WORKER 1]",
    ]
