import numpy as np
import pytest
from django.core.management import CommandError, call_command

from insights.coding.engine import sentiment_model
from insights.coding.engine.sentiment_model import SentimentModel, english_sentiment, lexicon_sentiment
from tests.insights.coding.evaluation.test_text_engine_evaluation import write

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


@pytest.fixture(scope="module")
def learned():
    texts, labels = (GOOD + BAD + PLAIN) * 6, (["positive"] * 5 + ["negative"] * 5 + ["neutral"] * 5) * 6
    return SentimentModel.fit([*texts, "zanzibarian"], [*labels, "positive"])


def test_a_sentiment_model_survives_as_bytes_without_pickle(learned):
    data = learned.to_bytes()
    again = SentimentModel.from_bytes(data)
    assert np.allclose(again.predict_probabilities(GOOD), learned.predict_probabilities(GOOD), atol=0.01)
    assert b"pickle" not in data


def test_no_word_of_few_people_is_in_a_sentiment_model(learned):
    assert not any("zanzi" in name for name in [*learned.features.words, *learned.features.grams])
    assert "club" in learned.features.words


def test_the_shipped_model_reads_feeling_that_the_lexicon_misses():
    texts = ["Nobody ever listened to me and I had to wait for hours", "They made me feel at home", "", "ہماری سڑک"]
    assert [one.label for one in lexicon_sentiment(texts)] == ["neutral"] * 4
    assert [one.label for one in english_sentiment(texts)] == ["negative", "positive", "neutral", "neutral"]


def test_the_shipped_model_holds_no_rare_words_and_no_question():
    features = sentiment_model.load_shipped_model().features
    assert features.questions == []
    assert sentiment_model.SHIPPED.stat().st_size < 200_000


@pytest.mark.parametrize("missing", ["encoder", "file"])
def test_textblob_answers_where_the_model_cannot_be_used(missing, monkeypatch, tmp_path):
    sentiment_model.load_shipped_model.cache_clear()
    if missing == "encoder":
        monkeypatch.setattr(sentiment_model.english_encoder, "is_usable", lambda: False)
    else:
        monkeypatch.setattr(sentiment_model, "SHIPPED", tmp_path / "none.npz")
    assert english_sentiment(GOOD) == lexicon_sentiment(GOOD)
    sentiment_model.load_shipped_model.cache_clear()


def test_a_command_builds_the_model_from_labelled_texts(tmp_path):
    rows = [
        {"text": text, "sentiment": value} for texts, value in ((GOOD, 2), (BAD, -1), (PLAIN, 0)) for text in texts
    ]
    built = tmp_path / "built.npz"
    call_command("build_sentiment_model", write(tmp_path / "rows.csv", rows * 6), to=str(built))
    assert SentimentModel.from_bytes(built.read_bytes()).sentiment(GOOD)[0].label == "positive"
    with pytest.raises(CommandError, match="No model could be built"):
        call_command("build_sentiment_model", write(tmp_path / "few.csv", rows), to=str(built))
