"""Texts as points for clustering: similar texts are near. A point joins meaning (embeddings) and spelling (n-grams).

A text has a multilingual embedding, by which later texts join a cluster, and a finer English embedding for clustering;
for other languages the second is estimated from the first. Both are computed for every text up to `EXACT` different
ones; beyond that for a sample, and for the rest by ridge regression on spelling, fitted on the sample: ten times
faster, and near enough to find a cluster (NOTES.md).
"""

import zlib

import numpy as np

from consultation.domain.personal_data_types import TAG
from insights.coding.engine import english_encoder, multilingual_encoder
from insights.coding.engine.multilingual_encoder import scale_to_unit_length
from insights.coding.engine.text_features import CHUNK, TextFeatures, tokenise_texts

EXACT, SAMPLE = 12_000, 5_000
SPELLING_AXES, MEANING_AXES = 150, 100
STRAIGHT_WEIGHT, SPELLING_WEIGHT = 1.0, 0.25  # relative to the rotated embeddings
LEAST_READ = 200  # English texts from which English embeddings of other languages can be estimated
RIDGE = 1.0


def strip_redaction_tags(text):
    return " ".join(TAG.sub(" ", text).split())


def pick_text_sample(texts, most):
    """Up to `most` distinct texts, chosen and ordered by their content alone, so that input order has no effect."""
    different = sorted(set(texts), key=lambda text: (zlib.crc32(text.encode()), text))
    return different[:most]


class TextSpace:
    """The space of points, fitted on a sample. `place` gives the point of any text."""

    def __init__(self, texts):
        texts = [strip_redaction_tags(text) for text in texts]
        different = len(set(texts))
        self.sample = pick_text_sample(texts, different if different <= EXACT else SAMPLE)
        if len(self.sample) < 4:
            raise ValueError("There are too few different answers to find groups in.")
        self.known = {text: at for at, text in enumerate(self.sample)}
        self.exact = len(self.sample) == different
        self.features = TextFeatures.fit(self.sample, [""] * len(self.sample), floor=1)
        self.axes = _fit_spelling_axes(self.features.spelling(tokenise_texts(self.sample)), SPELLING_AXES)
        spelling, self.meanings = self.spelling(self.sample), multilingual_encoder.embed_meaning(self.sample)
        self.finely = FineMeanings(self.sample, self.meanings)
        self.told = np.hstack([self.meanings, self.finely.rows])
        self.ridge = None if self.exact else _fit_ridge(spelling, self.told)
        self.middle, self.turn = _fit_meaning_axes(self.finely.rows)
        self.points = self._stack_coordinates(self.finely.rows, spelling)

    def spelling(self, texts):
        parts = [texts[start : start + CHUNK] for start in range(0, len(texts), CHUNK)]
        rows = [scale_to_unit_length(self.features.spelling(tokenise_texts(part)) @ self.axes) for part in parts]
        return np.vstack([np.zeros((0, self.axes.shape[1]), np.float32), *rows])

    def place(self, texts):
        """(multilingual embeddings, clustering points) of texts, a row each."""
        texts = [strip_redaction_tags(text) for text in texts]
        spelling = self.spelling(texts)
        at = np.array([self.known.get(text, -1) for text in texts], dtype=int)
        told = self.told[at] if len(at) else np.zeros((0, self.told.shape[1]), np.float32)
        strange = at < 0
        if strange.any():
            new = [texts[place] for place in np.flatnonzero(strange)]
            told[strange] = self._place_unknown(new, spelling[strange])
        meanings, fine = np.hsplit(told, [multilingual_encoder.WIDTH])
        return meanings, self._stack_coordinates(fine, spelling)

    def mean(self, texts):
        """The multilingual embeddings, computed in chunks."""
        parts = [self.place(texts[start : start + CHUNK])[0] for start in range(0, len(texts), CHUNK)]
        return np.vstack([np.zeros((0, multilingual_encoder.WIDTH), np.float32), *parts])

    def _place_unknown(self, texts, spelling):
        if self.ridge is None:
            meanings = multilingual_encoder.embed_meaning(texts)
            return np.hstack([meanings, self.finely.place_texts(texts, meanings)])
        told = np.hsplit(spelling @ self.ridge, [multilingual_encoder.WIDTH])
        return np.hstack([scale_to_unit_length(part) for part in told])

    def _stack_coordinates(self, rows, spelling):
        straight = rows - self.middle
        parts = (
            scale_to_unit_length(straight @ self.turn),
            STRAIGHT_WEIGHT**0.5 * scale_to_unit_length(straight),
            SPELLING_WEIGHT**0.5 * spelling,
        )
        return np.hstack(parts).astype(np.float32)


class FineMeanings:
    """English embeddings of English texts, and estimates of them for other languages by ridge regression. With too few
    English texts to fit that, the multilingual embeddings of all."""

    def __init__(self, texts, meanings):
        read = np.array([english_encoder.can_encode(text) for text in texts])
        self.only_meaning = not read.all() and read.sum() < LEAST_READ
        if self.only_meaning:
            self.rows = meanings
            return
        own = english_encoder.embed_english([text for text, one in zip(texts, read, strict=True) if one])
        self.ridge = None if read.all() else _fit_ridge(meanings[read], own)
        self.rows = self._build_meaning_rows(read, own, meanings)

    def place_texts(self, texts, meanings):
        """The rows of texts that may be new."""
        if self.only_meaning:
            return meanings
        read = np.array([self.ridge is None or english_encoder.can_encode(text) for text in texts], dtype=bool)
        own = english_encoder.embed_english([text for text, one in zip(texts, read, strict=True) if one])
        return self._build_meaning_rows(read, own, meanings)

    def _build_meaning_rows(self, read, own, meanings):
        rows = np.zeros((len(read), english_encoder.WIDTH), np.float32)
        rows[read] = own
        if not read.all():
            rows[~read] = scale_to_unit_length(meanings[~read] @ self.ridge)
        return rows


def _fit_spelling_axes(matrix, most):
    from sklearn.decomposition import TruncatedSVD

    size = min(most, matrix.shape[0] - 1, matrix.shape[1] - 1)
    if size < 2:
        raise ValueError("There are too few different answers to find groups in.")
    return TruncatedSVD(size, random_state=0, n_iter=4).fit(matrix).components_.T.astype(np.float32)


def _fit_meaning_axes(meanings):
    """(mean, rotation): principal axes of the embeddings, the strongest damped, because common topics separate
    least."""
    middle = meanings.mean(axis=0)
    spread = (meanings - middle).T @ (meanings - middle)
    values, vectors = np.linalg.eigh(spread)
    most = min(MEANING_AXES, len(meanings) - 1)
    strongest = np.argsort(-values)[:most]
    return middle, vectors[:, strongest] / np.maximum(values[strongest], 1e-9) ** 0.25


def _fit_ridge(spelling, meanings):
    """The ridge regression from spelling (or one embedding) to embeddings."""
    inner = spelling.T @ spelling + RIDGE * np.eye(spelling.shape[1], dtype=np.float32)
    return np.linalg.solve(inner, spelling.T @ meanings).astype(np.float32)
