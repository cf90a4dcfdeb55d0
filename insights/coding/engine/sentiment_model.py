"""Sentiment of answers: TextBlob's lexicon, or with labelled answers a model with the lexicon as features.

Only `.sentiment` of TextBlob is used, which needs no corpora. Polarity: -1 (negative) to 1 (positive).
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from insights.coding.engine.text_features import TextFeatures

LABELS = ("negative", "neutral", "positive")
NEUTRAL_BELOW = 0.1
ENOUGH = 60  # labelled answers, and at least FEW of each label
FEW = 5
STRENGTH = 1.0
PEOPLE = 5


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


def has_enough_labels(labels):
    counts = [labels.count(label) for label in LABELS]
    return len(labels) >= ENOUGH and min(counts) >= FEW


class SentimentModel:
    """Logistic regression over words, n-grams, concept groups, the question, and TextBlob's two figures."""

    def __init__(self, features, weights, intercepts):
        self.features, self.weights, self.intercepts = features, weights, intercepts

    @classmethod
    def fit(cls, texts, labels, questions=None, people=PEOPLE):
        from sklearn.linear_model import LogisticRegression

        if not has_enough_labels(list(labels)):
            raise ValueError(f"At least {ENOUGH} labelled answers are needed, with {FEW} of each label.")
        questions = questions or [""] * len(texts)
        features = TextFeatures.fit(texts, questions, floor=people)
        matrix = _build_feature_matrix(features, texts, questions)
        model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=300)
        model.fit(matrix, [LABELS.index(label) for label in labels])
        return cls(features, model.coef_.T, model.intercept_)

    def predict_probabilities(self, texts, questions=None):
        matrix = _build_feature_matrix(self.features, texts, questions or [""] * len(texts))
        scores = matrix @ self.weights + self.intercepts
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        return raised / raised.sum(axis=1, keepdims=True)

    def sentiment(self, texts, questions=None):
        likely = self.predict_probabilities(texts, questions)
        polarity = likely[:, 2] - likely[:, 0]
        best = likely.argmax(axis=1)
        return [Sentiment(round(float(p), 4), LABELS[at]) for p, at in zip(polarity, best, strict=True)]


def _build_feature_matrix(features, texts, questions):
    return sp.hstack([features.transform(texts, questions), sp.csr_matrix(lexicon_scores(texts))], format="csr")
