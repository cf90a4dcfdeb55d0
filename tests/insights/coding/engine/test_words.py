import numpy as np
import pytest

from insights.coding.engine import seeds
from insights.coding.engine.features import Features, concept_counts, read
from insights.coding.engine.words import concepts, ngrams, split


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
    assert split(text) == words


def test_ngrams_meet_misspelt_siblings():
    assert len(set(ngrams("receptionist")) & set(ngrams("receptonist"))) >= 15


def test_concepts_know_endings_and_phrases():
    names = concepts().names
    found = {names[at] for at in concept_counts(["we waited for a car park space"])[0].nonzero()[0]}
    assert {"waiting", "parking"} <= found


def test_features_are_the_same_alone_and_in_company():
    texts = ["the bus was late", "lunch was cold", "the bus and the lunch"]
    features = Features.fit(texts, [""] * 3, floor=1)
    together = features.transform(texts, [""] * 3).toarray()
    alone = [features.transform([text], [""]).toarray()[0] for text in texts]
    assert np.allclose(together, alone)


def test_pairs_of_words_are_counted_within_an_answer_only():
    batch = read(["no lights", "lights out"])
    assert {name.replace("\x1f", " ") for name in batch.pair_names} == {"no lights", "lights out"}


def test_codebook_rows_take_lists_or_joined_text():
    joined = seeds.entry(
        {"theme": "a", "label": "A", "examples": "one thing || two things", "keywords": "park, bench"}
    )
    listed = seeds.entry(
        {"theme": "a", "label": "A", "examples": ["one thing", "two things"], "keywords": ["park", "bench"]}
    )
    assert joined == listed


def test_a_bare_theme_borrows_phrases_of_its_words():
    book = [
        seeds.entry(
            {
                "theme": "a",
                "label": "Staff",
                "definition": "How quickly staff respond; uniforms.",
                "examples": ["responded fast"],
            }
        ),
        seeds.entry({"theme": "b", "label": "Responsiveness"}),
    ]
    bare = seeds.complete(book)[1]
    assert bare.examples == ["responded fast"]
    assert "uniforms" not in bare.definition
