"""Texts as points for clustering: similar texts are near. A point joins meaning (embeddings) and spelling (n-grams).

A text has a multilingual embedding, by which later texts join a cluster, and a finer English embedding for clustering;
for other languages the second is estimated from the first. Both are computed for every text up to `EXACT` different
ones; beyond that for a sample, and for the rest by ridge regression on spelling, fitted on the sample: ten times
faster, and near enough to find a cluster (NOTES.md).
"""

import re
import zlib

import numpy as np

from insights.coding.engine import english, meaning
from insights.coding.engine.features import CHUNK, Features, read

TAG = re.compile(r"\[[A-Z]+(?: \d+)?\]")  # a redaction tag
EXACT, SAMPLE = 12_000, 5_000
SPELLING_AXES, MEANING_AXES = 150, 100
STRAIGHT_WEIGHT, SPELLING_WEIGHT = 1.0, 0.25  # relative to the rotated embeddings
LEAST_READ = 200  # English texts from which English embeddings of other languages can be estimated
RIDGE = 1.0


def plain(text):
    """The text without redaction tags."""
    return " ".join(TAG.sub(" ", text).split())


def unit(rows):
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def sample_of(texts, most):
    """Up to `most` distinct texts, chosen and ordered by their content alone, so that input order has no effect."""
    different = sorted(set(texts), key=lambda text: (zlib.crc32(text.encode()), text))
    return different[:most]


class Space:
    """The space of points, fitted on a sample. `place` gives the point of any text."""

    def __init__(self, texts):
        texts = [plain(text) for text in texts]
        different = len(set(texts))
        self.sample = sample_of(texts, different if different <= EXACT else SAMPLE)
        if len(self.sample) < 4:
            raise ValueError("There are too few different answers to find groups in.")
        self.known = {text: at for at, text in enumerate(self.sample)}
        self.exact = len(self.sample) == different
        self.features = Features.fit(self.sample, [""] * len(self.sample), floor=1)
        self.axes = _axes(self.features.spelling(read(self.sample)), SPELLING_AXES)
        spelling, self.meanings = self.spelling(self.sample), meaning.embed(self.sample)
        self.finely = Finely(self.sample, self.meanings)
        self.told = np.hstack([self.meanings, self.finely.rows])
        self.ridge = None if self.exact else _ridge(spelling, self.told)
        self.middle, self.turn = _turn(self.finely.rows)
        self.points = self._points(self.finely.rows, spelling)

    def spelling(self, texts):
        parts = [texts[start : start + CHUNK] for start in range(0, len(texts), CHUNK)]
        rows = [unit(self.features.spelling(read(part)) @ self.axes) for part in parts]
        return np.vstack([np.zeros((0, self.axes.shape[1]), np.float32), *rows])

    def place(self, texts):
        """(multilingual embeddings, clustering points) of texts, a row each."""
        texts = [plain(text) for text in texts]
        spelling = self.spelling(texts)
        at = np.array([self.known.get(text, -1) for text in texts], dtype=int)
        told = self.told[at] if len(at) else np.zeros((0, self.told.shape[1]), np.float32)
        strange = at < 0
        if strange.any():
            told[strange] = self._strange(
                [text for text, new in zip(texts, strange, strict=True) if new], spelling[strange]
            )
        return told[:, : meaning.WIDTH], self._points(told[:, meaning.WIDTH :], spelling)

    def mean(self, texts):
        """The multilingual embeddings, computed in chunks."""
        parts = [self.place(texts[start : start + CHUNK])[0] for start in range(0, len(texts), CHUNK)]
        return np.vstack([np.zeros((0, meaning.WIDTH), np.float32), *parts])

    def _strange(self, texts, spelling):
        if self.ridge is None:
            meanings = meaning.embed(texts)
            return np.hstack([meanings, self.finely.of(texts, meanings)])
        told = spelling @ self.ridge
        return np.hstack([unit(told[:, : meaning.WIDTH]), unit(told[:, meaning.WIDTH :])])

    def _points(self, rows, spelling):
        straight = rows - self.middle
        parts = unit(straight @ self.turn), STRAIGHT_WEIGHT**0.5 * unit(straight), SPELLING_WEIGHT**0.5 * spelling
        return np.hstack(parts).astype(np.float32)


class Finely:
    """English embeddings of English texts, and estimates of them for other languages by ridge regression. With too few
    English texts to fit that, the multilingual embeddings of all."""

    def __init__(self, texts, meanings):
        read = np.array([english.reads(text) for text in texts])
        self.only_meaning = not read.all() and read.sum() < LEAST_READ
        if self.only_meaning:
            self.rows = meanings
            return
        own = english.embed([text for text, one in zip(texts, read, strict=True) if one])
        self.ridge = None if read.all() else _ridge(meanings[read], own)
        self.rows = self._rows(read, own, meanings)

    def of(self, texts, meanings):
        """The rows of texts that may be new."""
        if self.only_meaning:
            return meanings
        read = np.array([self.ridge is None or english.reads(text) for text in texts], dtype=bool)
        return self._rows(read, english.embed([t for t, one in zip(texts, read, strict=True) if one]), meanings)

    def _rows(self, read, own, meanings):
        rows = np.zeros((len(read), english.WIDTH), np.float32)
        rows[read] = own
        if not read.all():
            rows[~read] = unit(meanings[~read] @ self.ridge)
        return rows


def _axes(matrix, most):
    from sklearn.decomposition import TruncatedSVD

    size = min(most, matrix.shape[0] - 1, matrix.shape[1] - 1)
    if size < 2:
        raise ValueError("There are too few different answers to find groups in.")
    return TruncatedSVD(size, random_state=0, n_iter=4).fit(matrix).components_.T.astype(np.float32)


def _turn(meanings):
    """(mean, rotation): principal axes of the embeddings, the strongest damped, because common topics separate
    least."""
    middle = meanings.mean(axis=0)
    spread = (meanings - middle).T @ (meanings - middle)
    values, vectors = np.linalg.eigh(spread)
    most = min(MEANING_AXES, len(meanings) - 1)
    strongest = np.argsort(-values)[:most]
    return middle, vectors[:, strongest] / np.maximum(values[strongest], 1e-9) ** 0.25


def _ridge(spelling, meanings):
    """The ridge regression from spelling (or one embedding) to embeddings."""
    inner = spelling.T @ spelling + RIDGE * np.eye(spelling.shape[1], dtype=np.float32)
    return np.linalg.solve(inner, spelling.T @ meanings).astype(np.float32)
