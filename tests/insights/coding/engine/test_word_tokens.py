import numpy as np
import pytest

from insights.coding.engine import codebook_seeds
from insights.coding.engine.text_features import TextFeatures, count_concepts, tokenise_texts
from insights.coding.engine.word_tokens import character_ngrams, load_concepts, split_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I don't know!", ["I", "don't", "know"]),
        ("well-known place", ["well-known", "place"]),
        ("مجھے ڈر لگتا ہے", ["مجھے", "ڈر", "لگتا", "ہے"]),
        ("রাস্তায় আলো চাই", ["রাস্তায়", "আলো", "চাই"]),
        ("ਮੈਨੂੰ ਡਰ ਲੱਗਦਾ", ["ਮੈਨੂੰ", "ਡਰ", "ਲੱਗਦਾ"]),
        ("więcej świateł", ["więcej", "świateł"]),
    ],
)
def test_words_of_every_script_stay_whole(text, words):
    assert split_words(text) == words


def test_ngrams_meet_misspelt_siblings():
    assert len(set(character_ngrams("receptionist")) & set(character_ngrams("receptonist"))) >= 15


def test_concepts_know_endings_and_phrases():
    names = load_concepts().names
    found = {names[at] for at in count_concepts(["we waited for a car park space"])[0].nonzero()[0]}
    assert {"waiting", "parking"} <= found


def test_features_are_the_same_alone_and_in_company():
    texts = ["the bus was late", "lunch was cold", "the bus and the lunch"]
    features = TextFeatures.fit(texts, [""] * 3, floor=1)
    together = features.transform(texts, [""] * 3).toarray()
    alone = [features.transform([text], [""]).toarray()[0] for text in texts]
    assert np.allclose(together, alone)


def test_pairs_of_words_are_counted_within_an_answer_only():
    batch = tokenise_texts(["no lights", "lights out"])
    assert {name.replace("\x1f", " ") for name in batch.pair_names} == {"no lights", "lights out"}


def test_codebook_rows_take_lists_or_joined_text():
    joined = codebook_seeds.build_theme_seed(
        {"theme": "a", "label": "A", "examples": "one thing || two things", "keywords": "park, bench"}
    )
    listed = codebook_seeds.build_theme_seed(
        {"theme": "a", "label": "A", "examples": ["one thing", "two things"], "keywords": ["park", "bench"]}
    )
    assert joined == listed


def test_a_bare_theme_borrows_phrases_of_its_words():
    book = [
        codebook_seeds.build_theme_seed(
            {
                "theme": "a",
                "label": "Staff",
                "definition": "How quickly staff respond; uniforms.",
                "examples": ["responded fast"],
            }
        ),
        codebook_seeds.build_theme_seed({"theme": "b", "label": "Responsiveness"}),
    ]
    bare = codebook_seeds.complete_seeds(book)[1]
    assert bare.examples == ["responded fast"]
    assert "uniforms" not in bare.definition
