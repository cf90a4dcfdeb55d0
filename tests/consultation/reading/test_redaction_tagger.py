"""The learned tagger beside the rules: its additions, its limits, and its reproducible training."""

import csv
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from consultation.reading.model_training import tagger_training
from consultation.reading.model_training.tagger_training import (
    AnnotatedText,
    fit_tagger,
    load_marked_texts,
    swap_names,
)
from consultation.reading.redaction import propose_spans, tagger
from consultation.reading.redaction.personal_data_spans import Span

VOICES = Path(__file__).parent / "data" / "redaction_voices_dev.csv"


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def learned(text, **options):
    return {text[s.start : s.end] for s in propose_spans(text, **options) if s.why in tagger.WHY.values()}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ms khan works at harbour nursery and she is lovely", "harbour nursery"),
        ("me and miss lamb went to town and got chips", "miss lamb"),
    ],
)
def test_it_finds_names_of_everyday_words(text, words):
    assert words in learned(text)


@pytest.mark.slow
def test_it_takes_nothing_from_the_rules(monkeypatch):
    """It adds, gives another type, or cuts a name from the address behind it; every letter stays proposed."""
    rows = rows_of(VOICES)
    both = [propose_spans(row["text"], language=row["language"]) for row in rows]
    monkeypatch.setattr(tagger, "add_tagged_names", lambda text, words, found: found)
    for row, more in zip(rows, both, strict=True):
        for span in propose_spans(row["text"], language=row["language"]):
            covered = {at for other in more for at in range(other.start, other.end)}
            left = row["text"][span.start : span.end]
            assert not [
                left[at - span.start]
                for at in range(span.start, span.end)
                if at not in covered and left[at - span.start].isalnum()
            ], row["text"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "My details, since you asked: Wioletta Nowak, 52 Candlewick Fold, BD98 1AI",
            {("Wioletta Nowak", "PERSON"), ("52 Candlewick Fold", "ADDRESS")},
        ),
        ("it was Pete Moss before and he left after like 2 weeks", {("Pete Moss", "WORKER")}),
    ],
)
def test_a_name_in_what_the_rules_took_for_a_place_is_told_from_it(text, parts):
    assert parts <= {(text[span.start : span.end], span.type) for span in propose_spans(text)}


@pytest.mark.parametrize(
    "text",
    [
        "my hamster is called brontey and he bites",
        "i go to school and then the park and then home",
        "I like the library and the big slide, and Miss was nice",
        "Waiting times should be shorter and the staff were very kind to us.",
    ],
)
def test_what_names_nobody_stays(text):
    assert learned(text) == set()


def test_only_english_answers_are_guessed_at():
    text = "dobrze jest w szkole ale brontey zawsze krzyczy na mnie w domu"
    assert learned(text, language="pl") == set()


def test_what_the_consultation_asks_about_is_left_alone():
    text = "ms khan works at harbour nursery and she is lovely"
    assert learned(text)
    assert learned(text, allowed=learned(text)) == set()


def test_the_weights_are_small():
    assert tagger.FILE.stat().st_size < 2_000_000


@pytest.mark.slow
def test_the_same_data_gives_the_same_weights(tmp_path):
    few = [text for text in load_marked_texts() if text.marks][:60]
    one, again = tmp_path / "one.gz", tmp_path / "again.gz"
    fit_tagger(few, one)
    fit_tagger(few, again)
    assert one.read_bytes() == again.read_bytes()


def test_many_threads_get_what_one_gets():
    rows = rows_of(VOICES)[:60]
    alone = [propose_spans(row["text"]) for row in rows]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda row: propose_spans(row["text"]), rows)) == alone


def test_other_names_stand_where_the_names_stood():
    from random import Random

    text, marks = swap_names(
        AnnotatedText("a", "Miss Okoro took us to Hollin Road", [(0, 10, "WORKER"), (22, 33, "PLACE")]), Random(1)
    )
    (start, end, _), (from_, to, _) = marks
    assert text[start:end].startswith("Miss ")
    assert text[from_:to].endswith(" Road")
    assert "Okoro" not in text
    assert text[end : end + 12] == " took us to "


def test_the_answers_it_learns_from_are_marked_within_their_text():
    for row in rows_of(tagger_training.ANSWERS):
        for start, end, kind in json.loads(row["pii_spans"]):
            assert 0 <= start < end <= len(row["text"])
            assert Span(start, end, kind)
            assert row["text"][start:end].strip() == row["text"][start:end], row["id"]
