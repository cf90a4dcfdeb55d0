import numpy as np
import pytest

from insights.coding.engine import long_answers
from insights.coding.engine.calibration import choose_thresholds, fit_calibration_curves, sigmoid
from insights.coding.engine.theme_model import ThemeModel
from tests.insights.coding.engine.invented_answers import CODEBOOK, QUESTION, SAID, answers


@pytest.fixture(scope="module")
def from_codebook():
    return ThemeModel.fit(CODEBOOK)


@pytest.fixture(scope="module")
def from_codes():
    return ThemeModel.fit(CODEBOOK, answers())


def proposed(model, texts, questions=None):
    return [{one.theme for one in proposals} for proposals in model.propose_themes(texts, questions)]


def test_a_codebook_alone_proposes(from_codebook):
    assert proposed(from_codebook, ["Our street lights are always broken."]) == [{"lights"}]
    assert proposed(from_codebook, ["lunch in the canteen is cold"]) == [{"food"}]


def test_confirmed_codes_teach_words_that_the_codebook_lacks(from_codebook, from_codes):
    text = ["the 620 to work"]
    before = from_codebook.decide(text)[1][0, from_codebook.themes.index("buses")]
    after = from_codes.decide(text)[1][0, from_codes.themes.index("buses")]
    assert after > before


def test_the_codebooks_rows_are_in_a_fit_on_codes_too():
    """Coders have met nobody yet who speaks of lights."""
    model = ThemeModel.fit(CODEBOOK, [one for one in answers() if "lights" not in one[2]])
    assert proposed(model, ["Our street lights are always broken."]) == [{"lights"}]


def test_unseen_answers_get_the_themes_that_people_gave(from_codes):
    unseen = answers(count=60, seed=9)
    found = proposed(from_codes, [text for text, _, _ in unseen], [QUESTION] * 60)
    right = sum(len(got & themes) for got, (_, _, themes) in zip(found, unseen, strict=True))
    wrong = sum(len(got ^ themes) for got, (_, _, themes) in zip(found, unseen, strict=True))
    assert 2 * right / (2 * right + wrong) > 0.9


def test_an_answer_can_have_two_themes(from_codes):
    assert proposed(from_codes, ["the bus is late and the police were rude"], [QUESTION]) == [{"buses", "police"}]


def test_because_quotes_the_answer(from_codes):
    text = "Honestly, BUS drivers should wait"
    (proposal,) = from_codes.propose_themes([text], [QUESTION])[0]
    assert proposal.theme == "buses"
    assert "BUS drivers" in " ".join(proposal.because)
    assert all(phrase in text for phrase in proposal.because)


def test_a_long_answer_is_read_by_sentence_and_because_quotes_the_sentence(from_codes):
    about_nothing = "We went there one day in the summer and it was a day like many others before it for us. " * 4
    text = f"{about_nothing}The 620 bus is always late. {about_nothing}Our lunch in the canteen is horrid."
    assert len(text.split()) > long_answers.LONG
    because = {one.theme: " ".join(one.because) for one in from_codes.propose_themes([text], [QUESTION])[0]}
    assert {"buses", "food"} <= set(because)
    assert "late" not in because["food"]
    assert "canteen" not in because["buses"]


def test_sentences_of_every_script_are_found_and_short_ones_stay_with_the_one_before():
    assert long_answers.split_into_sentences(
        "The bus was late. Very late! We walked home then.\n\nNobody asked us why"
    ) == [
        "The bus was late. Very late!",
        "We walked home then.",
        "Nobody asked us why",
    ]
    assert len(long_answers.split_into_sentences("ہماری سڑک پر اندھیرا ہے۔ ہمیں روشنی چاہیے آج ہی۔")) == 2


def test_likely_themes_come_first(from_codes):
    for proposals in from_codes.propose_themes([text for text, _, _ in answers(30, seed=3)]):
        confidences = [one.confidence for one in proposals]
        assert confidences == sorted(confidences, reverse=True)
        assert all(0 < confidence < 1 for confidence in confidences)


def test_the_question_is_a_feature():
    good, bad = "What is good?", "What is bad?"
    book = [
        {"theme": "praise", "label": "Content", "examples": ["all is well"]},
        {"theme": "blame", "label": "Unhappy", "examples": ["all is wrong"]},
    ]
    examples = [("nothing at all", bad, {"praise"}), ("nothing at all", good, {"blame"})] * 40
    model = ThemeModel.fit(book, examples)
    assert proposed(model, ["nothing at all"] * 2, [bad, good]) == [{"praise"}, {"blame"}]


def test_empty_and_unreadable_answers_get_no_proposal(from_codes):
    assert proposed(from_codes, ["", "!!! …", "ﷺ"]) == [set(), set(), set()]
    assert from_codes.propose_themes([]) == []


def test_words_of_few_people_never_enter_a_model():
    examples = answers(100) + [("zanzibarian buses", QUESTION, {"buses"})] * 4
    model = ThemeModel.fit(CODEBOOK, examples)
    assert not any("zanzi" in name for name in [*model.features.words, *model.features.grams])
    assert "canteen" in model.features.words


def test_a_model_survives_as_bytes_without_pickle(from_codes):
    data = from_codes.to_bytes()
    again = ThemeModel.from_bytes(data)
    texts = [text for text, _, _ in answers(40, seed=5)]
    assert np.allclose(again.decide(texts)[1], from_codes.decide(texts)[1], atol=0.01)
    assert again.seen == from_codes.seen == {"codebook": again.seen["codebook"], "examples": 240, "themes": 4}
    assert data[:2] == b"PK"
    assert b"pickle" not in data


def test_the_same_rows_give_the_same_model(from_codes):
    assert ThemeModel.fit(CODEBOOK, answers()).to_bytes() == from_codes.to_bytes()


def test_a_theme_without_any_text_is_never_proposed_by_accident():
    model = ThemeModel.fit([*CODEBOOK, {"theme": "other", "label": "Other"}], answers())
    assert not any("other" in themes for themes in proposed(model, [text for text, _, _ in answers(50, seed=2)]))


def test_curves_turn_scores_into_frequencies():
    draw = np.random.default_rng(0)
    scores = draw.normal(0, 2, (4000, 1))
    hits = (draw.random((4000, 1)) < sigmoid(0.5 * scores - 1)).astype(int)
    slope, offset = fit_calibration_curves(scores, hits)[0]
    assert abs(slope - 0.5) < 0.1
    assert abs(offset + 1) < 0.15


def test_themes_with_few_codes_keep_the_common_threshold():
    draw = np.random.default_rng(0)
    hits = np.zeros((500, 2), dtype=int)
    hits[:200, 0] = 1
    hits[:2, 1] = 1
    scores = draw.normal(0, 1, hits.shape) + 3 * hits + 2
    common, rare = choose_thresholds(scores, hits, default=0.0)
    assert common > 2
    assert rare < 0.5


def test_every_theme_was_said_by_someone():
    assert {theme for _, _, themes in answers() for theme in themes} == set(SAID)


def test_one_person_who_says_a_word_often_is_one_person():
    often = [(f"zanzibarian buses {n}", QUESTION, {"buses"}, "one person") for n in range(8)]
    several = [(f"zanzibarian buses {n}", QUESTION, {"buses"}, f"person {n}") for n in range(8)]
    assert "zanzibarian" not in ThemeModel.fit(CODEBOOK, answers(100) + often).features.words
    assert "zanzibarian" in ThemeModel.fit(CODEBOOK, answers(100) + several).features.words


def test_figures_come_from_answers_that_the_model_had_not_seen(from_codebook, from_codes):
    assert from_codebook.figures == {}
    assert from_codes.figures["answers"] == 240
    low, high = from_codes.figures["micro_f1_interval"]
    assert 0.8 < low <= from_codes.figures["micro_f1"] <= high <= 1
    assert from_codes.figures["calibration_error"] < 0.2
    assert set(from_codes.figures["of_theme"]) == {"buses", "food", "lights", "police"}


def test_labels_by_chance_earn_no_figures():
    draw = np.random.default_rng(0)
    themes = list(SAID)
    by_chance = [(text, question, {themes[draw.integers(4)]}) for text, question, _ in answers()]
    assert ThemeModel.fit(CODEBOOK, by_chance).figures["micro_f1"] < 0.5


def test_a_model_knows_which_words_it_knows(from_codes):
    english, polish = from_codes.known(["the lights are broken near the park", "kierowca przejechał obok przystanku"])
    assert english > 0.8
    assert polish < 0.3


@pytest.fixture(scope="module")
def twice():
    return ThemeModel.fit(CODEBOOK, answers(), second_look=True)


@pytest.mark.slow
def test_a_second_look_reads_the_meaning_of_polish_and_arabic(twice):
    said = ["Światła na ulicy nie działają i jest ciemno", "الحافلة تتأخر دائما"]
    found = [{one.theme for one in proposals} for proposals in twice.propose_by_meaning(said)]
    assert found == [{"lights"}, {"buses"}]


@pytest.mark.slow
def test_a_second_look_survives_as_bytes(twice):
    again = ThemeModel.from_bytes(twice.to_bytes())
    texts = [text for text, _, _ in answers(40, seed=5)]
    first, second = (model.decide(texts, look_twice=True)[1] for model in (again, twice))
    assert np.allclose(first, second, atol=0.01)


def test_other_languages_are_read_by_the_multilingual_encoder_alone(twice):
    english, polish = "more lights near the park", "Światła na ulicy nie działają i jest ciemno"
    looks = {places[0]: look for look, places, _ in twice.second.look_at([english, polish])}
    assert looks == {0: twice.second.english, 1: twice.second.any_text}


def test_a_codebook_alone_looks_twice_at_english_and_leaves_other_languages_to_people():
    model = ThemeModel.fit(CODEBOOK, second_look=True)
    assert not model.can_propose_by_meaning
    text = "I cannot see a thing after sunset"
    assert model.propose_themes([text]) == [[]]
    assert model.propose_themes([text], look_twice=True)[0][0].theme == "lights"
    again = ThemeModel.from_bytes(model.to_bytes())
    assert again.propose_themes([text], look_twice=True)[0][0].theme == "lights"


def test_no_answers_embedding_is_in_a_model(twice):
    kept = twice.second.to_arrays()
    dimensions = {name: value.shape for name, value in kept.items() if "weights" in name}
    assert dimensions == {"any_text-weights": (512, 4), "english-weights": (1280, 4)}
    assert all(value.ndim == 1 or value.shape[0] == 4 for name, value in kept.items() if "weights" not in name)


def test_a_quota_never_sets_thresholds_or_curves():
    drawn = [(*example, f"drawn {at}", True) for at, example in enumerate(answers(160))]
    texts, questions = [text for text, *_ in drawn], [QUESTION] * 160
    said_by_all, shares = [], []
    for random in (False, True):
        picked = [(text, QUESTION, {"police"}, f"picked {text} {at}", random) for at, (text, *_) in enumerate(drawn)]
        model = ThemeModel.fit(CODEBOOK, drawn + picked)
        assert model.figures["answers"] == (320 if random else 160)
        shares.append(model.decide(texts, questions)[1][:, model.themes.index("police")].mean())
        said_by_all.append(model.decide(texts, questions)[0][:, model.themes.index("police")].mean())
    true = np.mean(["police" in themes for _, _, themes, *_ in drawn])
    assert abs(shares[0] - true) < 0.1 < shares[1] - true
    assert said_by_all[0] < said_by_all[1]


def test_with_few_answers_drawn_at_random_all_set_thresholds():
    few = [(*example, f"drawn {at}", at < 59) for at, example in enumerate(answers(160))]
    enough = [(*example, f"drawn {at}", at < 60) for at, example in enumerate(answers(160))]
    assert [ThemeModel.fit(CODEBOOK, some).figures["answers"] for some in (few, enough)] == [160, 60]
