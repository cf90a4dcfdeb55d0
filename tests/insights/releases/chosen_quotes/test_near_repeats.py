import numpy as np
import pytest

from insights.coding.engine.english_encoder import embed_english
from insights.releases.chosen_quotes.near_repeats import ComparedQuote, are_near_repeats, fold_near_repeats, list_turns

LIGHTS = "fix the lights by the tennis courts. half of them flicker"


def folded(*texts):
    quotes = [ComparedQuote(at, text) for at, text in enumerate(texts)]
    return [[texts[at] for at in group] for group in fold_near_repeats(quotes, embed_english(texts))]


@pytest.mark.parametrize(
    "one, other",
    [
        (LIGHTS, "someone needs to sort the lights by the tennis courts, half of them flicker"),
        ("Answer phone quicker", "Answer the phone quicker!"),
        ("I can't think of anything to change", "i cannot think of anything to change"),
    ],
)
def test_the_same_in_other_words_is_a_near_repeat(one, other):
    assert folded(one, other) == [[one, other]]


@pytest.mark.parametrize(
    "one, other",
    [
        ("I feel safe at the bus stop", "I do not feel safe at the bus stop"),
        ("i feel ok at the bus stop", "i dont feel ok at the bus stop"),
        ("There should be more police around", "There should be less police around"),
        ("The bus comes at 4", "The bus comes at 6"),
        (LIGHTS, "the canteen queue is long"),
    ],
)
def test_what_turns_a_sentence_round_is_never_folded(one, other):
    assert sorted(folded(one, other)) == sorted([[one], [other]])


def test_somebody_who_disagrees_stands_for_nobody_who_agrees():
    agrees, disagrees = ComparedQuote(1, "Close it."), ComparedQuote(2, "close it", disagrees=True)
    assert not are_near_repeats(agrees, disagrees, likeness=1.0)
    assert len(fold_near_repeats([agrees, disagrees], embed_english(["Close it.", "close it"]))) == 2


def test_in_a_language_that_the_encoder_does_not_read_only_the_same_words_are_folded():
    texts = ["ہماری سڑک کی بتیاں ٹوٹی ہیں", "ہماری سڑک کی بتیاں ٹوٹی ہیں۔", "ہماری سڑک کی بتیاں ٹھیک ہیں"]
    quotes = [ComparedQuote(at, text) for at, text in enumerate(texts)]
    assert fold_near_repeats(quotes, np.zeros((3, 384), np.float32)) == [[0, 1], [2]]


def test_turns_are_negations_comparisons_and_numbers():
    assert list_turns("It didn't work, cannot work: no more than 4 of year 10s") == {"not", "no", "more", "4", "10s"}
