"""Sentiment of answers: a model over words and meaning, with TextBlob's lexicon among its features.

A model for English is shipped (SENTIMENT_CARD.md). Texts that its encoder does not read get TextBlob's lexicon alone.
Only `.sentiment` of TextBlob is used, which needs no corpora. Polarity: -1 (negative) to 1 (positive).
"""

import io
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import scipy.sparse as sp

from insights.coding.engine import english_encoder, multilingual_encoder
from insights.coding.engine.meaning_model import embed_twice
from insights.coding.engine.text_features import TextFeatures

SHIPPED = Path(__file__).parent / "sentiment.npz"
LABELS = ("negative", "neutral", "positive")
NEUTRAL_BELOW = 0.1
ENOUGH = 60  # labelled answers, and at least FEW of each label
FEW = 5
STRENGTH = 1.0
RARE = 0.8  # power of the classes' imbalance by which rare classes weigh more
LEXICON_BESIDE_MEANING = 0.33  # weight of TextBlob's figures beside embeddings
PEOPLE = 5
MEANS = multilingual_encoder.WIDTH + english_encoder.WIDTH  # numbers of an embedding before its peaks


@dataclass(frozen=True)
class Sentiment:
    polarity: float
    label: str


def lexicon_scores(texts):
    """texts x (polarity, subjectivity) by TextBlob."""
    from textblob import TextBlob

    found = [TextBlob(text).sentiment for text in texts]
    return np.array([(one.polarity, one.subjectivity) for one in found]).reshape(len(texts), 2)


def label_of_polarity(polarity):
    if abs(polarity) < NEUTRAL_BELOW:
        return "neutral"
    return "positive" if polarity > 0 else "negative"


def lexicon_sentiment(texts):
    """One Sentiment a text by TextBlob, which knows English alone; without a known word it is neutral, 0."""
    return [Sentiment(round(float(polarity), 4), label_of_polarity(polarity)) for polarity, _ in lexicon_scores(texts)]


def english_sentiment(texts):
    """One Sentiment a text by the shipped model; by TextBlob where that cannot be used or the text is not English."""
    model = load_shipped_model()
    if model is None:
        return lexicon_sentiment(texts)
    read = [english_encoder.can_encode(text) for text in texts]
    by_model = iter(model.sentiment([text for text, one in zip(texts, read, strict=True) if one]))
    by_lexicon = iter(lexicon_sentiment([text for text, one in zip(texts, read, strict=True) if not one]))
    return [next(by_model if one else by_lexicon) for one in read]


@cache
def load_shipped_model():
    """None where the file or the English encoder is missing."""
    if not (SHIPPED.exists() and english_encoder.is_usable()):
        return None
    return SentimentModel.from_bytes(SHIPPED.read_bytes())


def has_enough_labels(labels):
    counts = [labels.count(label) for label in LABELS]
    return len(labels) >= ENOUGH and min(counts) >= FEW


class SentimentModel:
    """The mean of three logistic regressions: over words, n-grams, concept groups and the question; over the text's
    embeddings; and over these with their peaks, under each question too. All over TextBlob's two figures, too."""

    def __init__(self, features, weights, intercepts):
        self.features, self.weights, self.intercepts = features, weights, intercepts

    @classmethod
    def fit(cls, texts, labels, questions=None, people=PEOPLE, meanings=None):
        """`meanings`: the texts' embeddings, where they are known already."""
        if not has_enough_labels(list(labels)):
            raise ValueError(f"At least {ENOUGH} labelled answers are needed, with {FEW} of each label.")
        questions = questions or [""] * len(texts)
        features = TextFeatures.fit(texts, questions, floor=people)
        words, lexicon = features.transform(texts, questions), lexicon_scores(texts)
        meanings = embed_twice(texts) if meanings is None else meanings
        softly, crossed = LEXICON_BESIDE_MEANING * lexicon, _cross_with_questions(meanings, features, questions)
        by_words = _fit_classes(sp.hstack([words, sp.csr_matrix(lexicon)], format="csr"), labels)
        by_meaning = _fit_classes(np.hstack([softly, meanings[:, :MEANS]]), labels)
        by_peaks = _fit_classes(
            sp.hstack([sp.csr_matrix(np.hstack([softly, meanings])), crossed], format="csr"), labels
        )
        weights = np.zeros((words.shape[1] + 2 + meanings.shape[1] + crossed.shape[1], len(LABELS)), np.float32)
        weights[: words.shape[1] + 2] = by_words.coef_.T
        for model in (by_meaning, by_peaks):
            told = model.coef_.T
            told[:2] *= LEXICON_BESIDE_MEANING
            weights[words.shape[1] : words.shape[1] + len(told)] += told
        return cls(features, weights / 3, (by_words.intercept_ + by_meaning.intercept_ + by_peaks.intercept_) / 3)

    def predict_probabilities(self, texts, questions=None, meanings=None):
        questions = questions or [""] * len(texts)
        words = self.features.transform(texts, questions)
        meanings = embed_twice(texts) if meanings is None else meanings
        parts = [words, np.hstack([lexicon_scores(texts), meanings])]
        parts.append(_cross_with_questions(meanings, self.features, questions))
        weights = np.split(self.weights, np.cumsum([part.shape[1] for part in parts])[:-1])
        scores = sum(part @ own for part, own in zip(parts, weights, strict=True)) + self.intercepts
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        return raised / raised.sum(axis=1, keepdims=True)

    def sentiment(self, texts, questions=None, meanings=None):
        if not len(texts):
            return []
        likely = self.predict_probabilities(texts, questions, meanings)
        polarity = likely[:, 2] - likely[:, 0]
        best = likely.argmax(axis=1)
        return [Sentiment(round(float(p), 4), LABELS[at]) for p, at in zip(polarity, best, strict=True)]

    def to_bytes(self):
        """An npz of arrays and JSON, not a pickle."""
        about, arrays = self.features.to_arrays()
        file = io.BytesIO()
        about = np.frombuffer(json.dumps(about).encode(), dtype=np.uint8)
        weights = self.weights.astype(np.float16)
        np.savez_compressed(file, about=about, weights=weights, intercepts=self.intercepts, **arrays)
        return file.getvalue()

    @classmethod
    def from_bytes(cls, data):
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            features = TextFeatures.from_arrays(json.loads(file["about"].tobytes()), file)
            return cls(features, file["weights"].astype(np.float32), file["intercepts"])


def _cross_with_questions(meanings, features, questions):
    """texts x (questions x embeddings): the meaning of a text in the columns of its question, else nothing."""
    asked = features.build_question_matrix(questions)
    blocks = [asked[:, [at]].multiply(meanings) for at in range(asked.shape[1])]
    return sp.hstack(blocks, format="csr") if blocks else sp.csr_matrix((len(meanings), 0), dtype=np.float32)


def _fit_classes(matrix, labels):
    from sklearn.linear_model import LogisticRegression

    classes = [LABELS.index(label) for label in labels]
    usual = (len(classes) / len(LABELS) / np.bincount(classes)) ** RARE
    model = LogisticRegression(C=STRENGTH, class_weight=dict(enumerate(usual)), max_iter=300)
    return model.fit(matrix, classes)
