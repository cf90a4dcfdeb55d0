import pytest

from insights.releases.minority_views.policies import (
    LONGEST,
    find_people_count,
    find_repeated_words,
    find_summary_mistake,
)

FINE = "Young people say that adults should ask before they share a picture. No one had told them where to go."


@pytest.mark.parametrize(
    "words",
    [
        "Three people said it.",
        "Only one said it.",
        "A girl told us that it is dark.",
        "It was said by 4.",
        "Five per cent feel so.",
        "two young people feel unsafe",
        "The only child who wrote of it was afraid.",
        "one of them is afraid",
        "Three told us that it is dark.",
        "Two of you are afraid.",
    ],
)
def test_a_summary_that_counts_is_refused(words):
    assert find_people_count(words)
    assert "Say nothing of how many" in find_summary_mistake(words, [])


def test_a_summary_without_a_number_may_stand():
    assert find_summary_mistake(FINE, ["Something else altogether was written here by somebody."]) == ""
    assert (
        find_people_count("It is hard when a teacher does not listen. One park has no lamp. No one told them.") == ""
    )


def test_words_of_an_answer_are_no_summary():
    said = ["he said he would share it if i did not answer him"]
    assert find_repeated_words("Someone WOULD share it, if I did not answer.", said) == "would share it if i"
    assert find_repeated_words("Someone may share it.", said) == ""


@pytest.mark.parametrize("words", ["", "  ", "a" * (LONGEST + 1), "[WORKER 1] left"])
def test_empty_long_or_tagged_words_are_refused(words):
    assert find_summary_mistake(words, [])
