import pytest

from insights.coding.desk import desk_phrases


@pytest.mark.parametrize(
    "confidence, words", [(0.95, "Very likely"), (0.8, "Very likely"), (0.5, "Likely"), (0.2, "Perhaps")]
)
def test_a_confidence_is_said_in_words(confidence, words):
    assert desk_phrases.likelihood_in_words(confidence) == words


@pytest.mark.parametrize(
    "coded, words",
    [(0, "None of it"), (1, "A little"), (25, "About a quarter"), (52, "About half"), (75, "three quarters"),
     (99, "Nearly all"), (100, "All of it")],
)  # fmt: skip
def test_progress_is_said_without_a_count(coded, words):
    said = desk_phrases.progress_in_words(coded, 100)
    assert words in said
    assert not any(letter.isdigit() for letter in said)


def test_nothing_to_code_yet():
    assert desk_phrases.progress_in_words(0, 0) == "No cleared words yet."


@pytest.mark.parametrize(
    "text, way",
    [
        ("[PERSON 1] پارک میں اندھیرا ہے", "rtl"),
        ("الحديقة مظلمة", "rtl"),
        ("the park is dark", "ltr"),
        ("পার্ক অন্ধকার", "ltr"),
        ("[WORKER 1]", "ltr"),
        ("", "ltr"),
    ],
)
def test_words_run_the_way_their_author_wrote(text, way):
    assert desk_phrases.text_direction(text) == way


@pytest.mark.parametrize(
    "code, name", [("ur", "Urdu"), ("pa", "Punjabi"), ("bn", "Bengali"), ("pl", "Polish"), ("xx", "xx")]
)
def test_a_language_is_named_in_english(code, name):
    assert desk_phrases.language_name(code) == name
