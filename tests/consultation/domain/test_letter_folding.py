"""Letters that look alike are one letter to every comparison, and to nothing that is stored or shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.channels.imports.closed_columns import fold_words
from consultation.domain.letter_folding import LATIN_OF, fold_letters, unmask_words
from consultation.reading.copied_texts.actions import digest_wording
from consultation.reading.flood_similarity import similarity_mark
from consultation.reading.redaction.span_proposals import propose_spans
from consultation.reading.screening.meaning_score import clean_for_encoder
from consultation.reading.screening.screener import screen_text

PLAIN = "more lights in the park by the gate next to our school"
DISGUISES = {
    "Cyrillic": PLAIN.translate(str.maketrans("aeopkmts", "аеоркмтѕ")),
    "Greek": PLAIN.translate(str.maketrans("oiputy", "οιρυτγ")),
    "full width": "".join(chr(ord(c) + 0xFEE0) if c.isalpha() else c for c in PLAIN),
    "bold": "".join(chr(ord(c) - 97 + 0x1D41A) if c.isalpha() else c for c in PLAIN),
    "small capitals": PLAIN.translate(str.maketrans("aeklmnot", "ᴀᴇᴋʟᴍɴᴏᴛ")),
    "strokes": PLAIN.translate(str.maketrans("lothik", "łøŧħɨꝁ")),
    "accents": "".join(c + "\u0301" if c.isalpha() else c for c in PLAIN),
    "invisible": "\u200b".join(PLAIN).replace("k", "k\ufe00\u2061"),
}


@pytest.mark.parametrize("disguised", DISGUISES.values(), ids=DISGUISES)
def test_a_copy_in_disguise_is_the_same_text_to_copies_and_floods(disguised):
    assert disguised != PLAIN
    assert digest_wording(1, disguised) == digest_wording(1, PLAIN) != ""
    assert similarity_mark(disguised) == similarity_mark(PLAIN)


@pytest.mark.parametrize(
    "text",
    [
        "thinking about ѕuісіdе again",
        "i want to ᴋɪʟʟ myself",
        "Ι ωаnt tο dιе tonight, κill me",
        "he тоuснеs me at night",
    ],
)
def test_look_alikes_do_not_hide_a_plea(text):
    assert screen_text(text).flagged


@pytest.mark.parametrize(
    "hidden",
    [
        "Аlkborоugh Кieran Walsh",
        "kiera\ufe00n@exam\u2061ple.com",
        "kieran＠example．com",
        "⓪⑦⑦⓪⓪ ⑨⓪⓪①②③",
        "07700\u034f 90\u20610123",
    ],
)
def test_look_alikes_do_not_hide_a_person(hidden):
    text = f"my friend is {hidden} ok"
    spans = propose_spans(text, language="en")
    assert any(hidden[-5:] in text[span.start : span.end] for span in spans)


def test_the_encoder_reads_plain_letters():
    assert clean_for_encoder("hе ｔｏｕｃｈｅｓ 𝐦𝐞") == "he touches me"


def test_a_word_of_another_script_stays_as_it_is_written():
    for text in ("Я хочу домой", "আমি ০৭৭০০", "میں گھر", "Łukasz Sørensen"):
        assert unmask_words(text) == text


@given(st.text())
def test_unmasking_moves_no_letter_and_folding_twice_is_folding_once(text):
    assert len(unmask_words(text)) == len(text)
    assert fold_letters(fold_letters(text)) == fold_letters(text)


def test_each_look_alike_has_one_latin_letter():
    assert all(latin.isascii() and latin.isalpha() and not letter.isascii() for letter, latin in LATIN_OF.items())


def test_imported_choices_match_whatever_nobody_sees():
    assert fold_words("Y\u2061es\ufe00") == fold_words("Yes")
