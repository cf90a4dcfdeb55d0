"""Theme scores by meaning: ridge regression on a text's multilingual embedding, added to the score by words.

It costs ten times the score by words, so only workers use it. Alone it codes texts in languages that the encoder knows
and the word model does not. It stores weights of embedding dimensions, never an answer.
"""

from dataclasses import dataclass

import numpy as np

from insights.coding.engine.calibration import fit_curves_and_cuts
from insights.coding.engine.multilingual_encoder import embed_meaning

LANGUAGES = ("ar", "pl")  # languages of answers that the encoder knows; measured in NOTES.md
RIDGE = 0.3
CODEBOOK = 0.5  # weight of a codebook phrase relative to a coded answer
WEIGHT, MIDDLE = 4.0, 0.4  # scale a prediction between 0 and 1 to the score by words
ARRAYS = ("weights", "offsets", "curves", "cuts", "alone_curves", "alone_cuts")


@dataclass
class MeaningModel:
    weights: np.ndarray  # embedding dimensions x themes
    offsets: np.ndarray
    curves: np.ndarray  # calibration of the joint score; `alone_`: of the score by meaning
    cuts: np.ndarray
    alone_curves: np.ndarray
    alone_cuts: np.ndarray

    def scores(self, texts):
        return WEIGHT * (embed_meaning(texts) @ self.weights + self.offsets - MIDDLE)


def fit_meaning_model(own, own_hits, texts, hits, folds, first):
    """(model, held-out joint scores of the answers). `first`: held-out scores by words."""
    rows = np.vstack([embed_meaning(own), embed_meaning(texts)]).astype(float)
    goals = np.vstack([own_hits, hits]).astype(float)
    counts = np.r_[np.full(len(own), CODEBOOK), np.ones(len(texts))]
    unseen = np.zeros_like(first)
    for fold in np.unique(folds):
        held = np.r_[np.zeros(len(own), dtype=bool), folds == fold]
        weights, offsets = _fit_ridge(rows[~held], goals[~held], counts[~held])
        unseen[folds == fold] = rows[held] @ weights + offsets
    weights, offsets = _fit_ridge(rows, goals, counts)
    alone = WEIGHT * (unseen - MIDDLE)
    joint = first + alone
    curves, cuts = fit_curves_and_cuts(joint, hits)
    return MeaningModel(weights.astype(np.float32), offsets, curves, cuts, *fit_curves_and_cuts(alone, hits)), joint


def _fit_ridge(rows, goals, counts):
    middle, usual = np.average(rows, axis=0, weights=counts), np.average(goals, axis=0, weights=counts)
    turned = (rows - middle) * counts[:, None]
    square = turned.T @ (rows - middle) + RIDGE * np.eye(rows.shape[1])
    weights = np.linalg.solve(square, turned.T @ (goals - usual))
    return weights, usual - middle @ weights
