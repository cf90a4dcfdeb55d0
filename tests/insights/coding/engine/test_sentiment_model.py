import pytest

from insights.coding.engine import SentimentModel, lexicon_sentiment

GOOD = ["I love the youth club", "staff were brilliant", "great trips and kind workers", "so happy here", "best place"]
BAD = ["I hate the dark park", "it was awful", "nobody listens and it is rubbish", "terrible buses", "worst lunch"]
PLAIN = ["we meet on mondays", "I take the 620", "the door is green", "it opens at ten", "there are two rooms"]


def test_textblob_alone_tells_love_from_hate():
    loved, hated, plain = lexicon_sentiment(
        ["I love it, it is great", "I hate it, it is awful", "the door is 3 metres"]
    )
    assert (loved.label, hated.label, plain.label) == ("positive", "negative", "neutral")
    assert -1 <= hated.polarity < plain.polarity < loved.polarity <= 1


def test_no_answers_give_no_sentiment():
    assert lexicon_sentiment([]) == []


def test_a_model_learns_what_the_lexicon_does_not_know():
    texts = (GOOD + BAD + PLAIN) * 6 + ["it is peng"] * 12
    labels = (["positive"] * 5 + ["negative"] * 5 + ["neutral"] * 5) * 6 + ["positive"] * 12
    model = SentimentModel.fit(texts, labels)
    found = model.sentiment(["that club is peng", "awful and terrible"])
    assert lexicon_sentiment(["that club is peng"])[0].label == "neutral"
    assert [one.label for one in found] == ["positive", "negative"]
    assert found[0].polarity > 0 > found[1].polarity


def test_too_few_labels_are_refused():
    with pytest.raises(ValueError, match="At least 60"):
        SentimentModel.fit(GOOD, ["positive"] * 5)
