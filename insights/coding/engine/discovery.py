"""What the codebook misses: groups of answers that speak alike, named by their own words. They only suggest.

Character n-grams alone serve best here (NOTES.md). Fitted on a sample in an order that does not depend on how the
answers arrived, so a re-run finds the same groups; all answers, and later ones, join by the same look-up. No answer is
thrown away as an outlier, and no group may take most.
"""

from dataclasses import dataclass

import numpy as np

from insights.coding.engine.features import CHUNK, Features, read

SAMPLE = 12_000
DIMENSIONS = 100
MOST_THEMES = 20
LEAST_PEOPLE = 10
LARGEST_SHARE = 0.25
SILHOUETTE_SAMPLE = 1500
NAME_WORDS = 4
SHOWN = 5
CANDIDATES = (4, 6, 8, 12, 16, 20, 30, 45, 60, 77, 100)
COMMON = frozenset(
    "a an the and or but if so of to in on at by for from with as is are was were be been being am do does did have has "
    "had i me my we us our you your he him his she her they them their it its this that these those there here not no "
    "can could would will should just very too more most also what which who when where why how than then because "
    "about out up down all any some i'm i've it's don't didn't can't get got".split()
)


@dataclass(frozen=True)
class Cluster:
    number: int
    name: tuple
    size: int
    cohesion: float
    typical: tuple  # places of the answers in the list that was given
    atypical: tuple


class Discovery:
    def __init__(self, features, axes, centres, names):
        self.features, self.axes, self.centres, self.names = features, axes, centres, names
        self.labels, self.clusters = None, []

    def join(self, texts):
        """The group of each text, and how near it is (cosine): new answers join without a re-run."""
        labels, near = [], []
        for start in range(0, len(texts), CHUNK):
            likeness = self._place(texts[start : start + CHUNK]) @ self.centres.T
            labels.append(likeness.argmax(axis=1))
            near.append(likeness.max(axis=1))
        empty = np.zeros(0, dtype=int)
        return np.concatenate([empty, *labels]), np.concatenate([np.zeros(0), *near])

    def _place(self, texts):
        return _unit(self.features.spelling(read(texts)) @ self.axes)


def discover(texts, themes=None, most=MOST_THEMES, people=1):
    """Groups of `texts`: their number as asked, or the one whose groups lie furthest apart, at most `most`."""
    texts = list(texts)
    sample = _sample(texts)
    features = Features.fit(sample, [""] * len(sample), floor=people)
    spelling = features.spelling(read(sample))
    axes = _axes(spelling)
    points = _unit(spelling @ axes)
    labels = _split_largest(points, _grouped(points, themes, most)) if themes is None else _kmeans(points, themes)
    centres = _centres(points, labels)
    found = Discovery(features, axes, centres, _names(sample, (points @ centres.T).argmax(axis=1), len(centres)))
    found.labels, near = found.join(texts)
    found.clusters = [_cluster(found, number, near) for number in range(len(centres))]
    return found


def _sample(texts):
    different = sorted(set(texts))
    if len(different) <= SAMPLE:
        return different
    chosen = np.random.default_rng(0).choice(len(different), SAMPLE, replace=False)
    return [different[at] for at in sorted(chosen)]


def _axes(matrix):
    from sklearn.decomposition import TruncatedSVD

    size = min(DIMENSIONS, matrix.shape[0] - 1, matrix.shape[1] - 1)
    if size < 2:
        raise ValueError("There are too few different answers to find groups in.")
    return TruncatedSVD(size, random_state=0, n_iter=4).fit(matrix).components_.T.astype(np.float32)


def _unit(points):
    return points / (np.linalg.norm(points, axis=1, keepdims=True) + 1e-9)


def _kmeans(points, themes):
    from sklearn.cluster import KMeans

    return KMeans(min(themes, len(points)), n_init=3, random_state=0, max_iter=100).fit_predict(points)


def _grouped(points, themes, most):
    from sklearn.metrics import silhouette_score

    highest = max(2, min(most, len(points) // LEAST_PEOPLE))
    tries = [count for count in CANDIDATES if count <= highest] or [highest]
    tried = [_kmeans(points, count) for count in tries]
    size = min(SILHOUETTE_SAMPLE, len(points))
    scores = [
        silhouette_score(points, labels, metric="cosine", sample_size=size, random_state=0)
        if len(set(labels)) > 1
        else -1
        for labels in tried
    ]
    return tried[int(np.argmax(scores))]


def _split_largest(points, labels):
    """No catch-all: a group that takes more than its share is cut in two, a few times at most."""
    labels = labels.copy()
    for _ in range(4):
        sizes = np.bincount(labels)
        largest = sizes.argmax()
        if len(sizes) < 4 or sizes[largest] <= LARGEST_SHARE * len(labels):
            break
        inside = np.flatnonzero(labels == largest)
        labels[inside[_kmeans(points[inside], 2) == 1]] = len(sizes)
    return labels


def _centres(points, labels):
    return _unit(np.array([points[labels == number].mean(axis=0) for number in np.unique(labels)]))


def _names(sample, labels, count):
    """The words that a group uses far more often than the others do."""
    batch = read(sample)
    used = (batch.counts > 0).astype(np.float32)
    overall = np.asarray(used.mean(axis=0)).ravel()
    plain = np.array([word in COMMON or word.isdigit() or len(word) < 2 for word in batch.words])
    names = []
    for number in range(count):
        mine = labels == number
        share = np.asarray(used[mine].mean(axis=0)).ravel() if mine.any() else np.zeros(len(overall))
        score = np.where(plain, 0, share * np.log((share + 1e-6) / (overall + 1e-6)))
        best = [at for at in np.argsort(-score, kind="stable")[:NAME_WORDS] if score[at] > 0]
        names.append(tuple(batch.words[at] for at in best))
    return names


def _cluster(found, number, near):
    members = np.flatnonzero(found.labels == number)
    ordered = members[np.argsort(-near[members], kind="stable")]
    cohesion = round(float(near[members].mean()), 3) if len(members) else 0.0
    typical, atypical = tuple(ordered[:SHOWN].tolist()), tuple(ordered[::-1][:SHOWN].tolist())
    return Cluster(number, found.names[number], len(members), cohesion, typical, atypical)
