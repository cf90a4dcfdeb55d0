"""Fits the model of event questions to the lines of `event_questions/`: one question a line, its choices after a bar."""

import re
from array import array
from pathlib import Path
from typing import Any

from consultation.surveys.validation.event_model import (
    CHOICE,
    PLACES,
    SCALE,
    WORD,
    list_features,
    split_questions,
)
from consultation.surveys.validation.phrases import unify_apostrophes

QUESTIONS = Path(__file__).with_name("event_questions")
STRENGTH = 1.0  # of the regression; from 0.2 to 1 it matters little
COST_OF_A_MISS = 5  # false alarms, which a lead lets through
COMMON = 5.0  # the logarithm at which a feature, of one text in 150, keeps its weight
# Choices that tell nothing by themselves, below whatever question.
NEUTRAL = re.compile(
    r"(?:none|other|prefer|rather not|don't know|do not know|not sure|yes|no\b|never|rarely|sometimes|often|always|once|"
    r"agree|disagree|strongly|neither|i don't|i do not|more than|a few|every|daily|weekly|monthly|true|false)",
    re.IGNORECASE,
)


def read_questions(name: str) -> list[str]:
    """The lines of `events` or of `harmless`."""
    return (QUESTIONS / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def fit_event_model(events: list[str], harmless: list[str]) -> array:
    """The numbers of the weights' file: PLACES weights and the intercept, times SCALE."""
    from sklearn.linear_model import LogisticRegression

    weighed = [(text, 1, COST_OF_A_MISS * weight) for line in events for text, weight in _list_event_texts(line)]
    weighed += [(text, 0, weight) for line in harmless for text, weight in _list_harmless_texts(line)]
    texts, kinds, weights = zip(*weighed, strict=True)
    matrix = _build_matrix(texts)
    rarity = _weigh_by_rarity(matrix)
    fitted = LogisticRegression(C=STRENGTH, max_iter=3000).fit(matrix.multiply(rarity), kinds, sample_weight=weights)
    numbers = [*fitted.coef_[0] * rarity, fitted.intercept_[0]]
    return array("h", [max(-(2**15), min(2**15 - 1, round(number * SCALE))) for number in numbers])


def _weigh_by_rarity(matrix: Any) -> Any:
    """For each feature, the logarithm of all texts to those that have it, over COMMON: what nearly every question has, such
    as “do you”, says little of an event."""
    import numpy as np

    texts = np.asarray(matrix.sum(axis=0)).ravel()
    return np.log(matrix.shape[0] / np.maximum(texts, 1)) / COMMON


def _list_event_texts(line: str) -> list[tuple[str, float]]:
    question, choices = _split_line(line)
    told = [choice for choice in choices if not NEUTRAL.match(unify_apostrophes(choice))]
    return [(line, 1.0), *((question + CHOICE + choice, 1 / len(choices)) for choice in told)]


def _list_harmless_texts(line: str) -> list[tuple[str, float]]:
    question, choices = _split_line(line)
    return [
        *((sentence, 1.0) for sentence in split_questions(question)),
        *((question + CHOICE + choice, 1 / len(choices)) for choice in choices),
    ]


def _split_line(line: str) -> tuple[str, list[str]]:
    question, _, choices = line.partition(CHOICE)
    return question, [choice.strip() for choice in choices.split("; ") if choice.strip()]


def _build_matrix(texts: tuple[str, ...]) -> Any:
    """One row a text, 1 in the column of each of its features."""
    from scipy.sparse import csr_matrix

    columns, ends = [], [0]
    for text in texts:
        words = [found[0] for found in WORD.finditer(unify_apostrophes(text).lower())]
        columns += sorted({feature.place for feature in list_features(words)})
        ends.append(len(columns))
    return csr_matrix(([1.0] * len(columns), columns, ends), shape=(len(texts), PLACES))
