"""Clustering of texts for discovery: clusters of similar texts, named by their own words.

A graph joins each text to its nearest neighbours; its spectral axes are clustered by k-means (alternatives: NOTES.md).
A re-run finds the same clusters whatever the order; later texts join the nearest centre. No text is dropped as an
outlier, and no cluster may take most texts.
"""

from dataclasses import dataclass, field

import numpy as np

from insights.coding.engine.cluster_naming import ClusterNamer
from insights.coding.engine.multilingual_encoder import scale_to_unit_length
from insights.coding.engine.text_features import CHUNK
from insights.coding.engine.text_space import TextSpace, strip_redaction_tags

NEIGHBOURS = 8
MOST_THEMES = 20
LEAST_PEOPLE = 10
LARGEST_SHARE = 0.25
SILHOUETTE_SAMPLE = 1500
ROWS_AT_ONCE = 1024
STARTS, STEPS = 10, 60
SLACK = 0.1
LEAST_REACH = 0.55  # so that a loose cluster does not attract every new text
REACHED = 20  # percent of a cluster farther from its centre than a new text may be
CANDIDATES = (4, 5, 6, 8, 10, 12, 14, 16, 18, 20, 25, 30, 45, 60, 75, 90, 110, 130, 150)


@dataclass(frozen=True)
class Cluster:
    number: int
    name: tuple
    size: int
    phrases: tuple = ()
    centre: np.ndarray | None = field(default=None, repr=False)  # a multilingual embedding
    reach: float = 0.0  # the least cosine to the centre of a member


class TextClusters:
    def __init__(self, space, sample_labels):
        self.space = space
        self.known = dict(zip(space.sample, sample_labels, strict=True))
        self.count = int(sample_labels.max()) + 1
        members = [sample_labels == number for number in range(self.count)]
        self.centres = scale_to_unit_length(np.array([space.points[mine].mean(axis=0) for mine in members]))
        self.meant = scale_to_unit_length(np.array([space.meanings[mine].mean(axis=0) for mine in members]))
        near = (space.meanings[mine] @ self.meant[at] for at, mine in enumerate(members))
        self.reach = [max(LEAST_REACH, float(np.percentile(one, REACHED))) for one in near]
        self.labels, self.near, self.clusters = None, None, []

    def join(self, texts):
        """(cluster number, cosine to its centre) of each text, without a re-run."""
        labels, near = np.zeros(len(texts), dtype=int), np.zeros(len(texts), dtype=np.float32)
        for start in range(0, len(texts), CHUNK):
            part = slice(start, start + CHUNK)
            labels[part], near[part] = self._join_chunk(texts[part])
        return labels, near

    def _join_chunk(self, texts):
        _, points = self.space.place(texts)
        likeness = scale_to_unit_length(points) @ self.centres.T
        nearest = likeness.argmax(axis=1)
        labels = [self.known.get(strip_redaction_tags(text), at) for text, at in zip(texts, nearest, strict=True)]
        return labels, likeness[np.arange(len(texts)), labels]


def discover_clusters(texts, themes=None, most=MOST_THEMES, floor=1, people=None, space=None, start=None):
    """Cluster `texts` into `themes` clusters, or into the best-separated number up to `most`.

    `people`: the person of each text; words of a name were used by at least `floor` people. `start`: centres of an
    earlier run, whose clusters are kept while they are about as good as new ones, so that a re-run moves few texts."""
    texts = list(texts)
    space = space or TextSpace(texts)
    labels = (
        _cluster_by_kmeans(_spectral_axes(space.points, themes), themes)
        if themes
        else _choose_clustering(space, most, start)
    )
    found = TextClusters(space, _number_by_size(labels))
    found.labels, found.near = found.join(texts)
    rows = list(zip(texts, found.labels, range(len(texts)) if people is None else people, strict=True))
    if not space.exact:  # only a sample was embedded: its words name the clusters
        rows = [row for row in rows if strip_redaction_tags(row[0]) in found.known]
    namer = ClusterNamer(*zip(*rows, strict=True), floor)
    found.clusters = [_build_cluster(found, number, namer) for number in range(found.count)]
    return found


def _spectral_axes(points, most):
    """The spectral axes of the nearest-neighbour graph, rows of length 1."""
    import scipy.sparse as sp

    net = _build_neighbour_graph(points)
    scale = sp.diags(1 / np.sqrt(np.asarray(net.sum(axis=1)).ravel() + 1e-3))
    values, axes = _strongest_eigenvectors(scale @ net @ scale, max(2, min(most, len(points) - 2)))
    strongest = np.argsort(-values)
    return scale_to_unit_length(axes[:, strongest] * np.maximum(values[strongest], 0))


def _strongest_eigenvectors(net, size):
    """(eigenvalues, eigenvectors) of the graph. Where ARPACK does not converge, as with many equal parts, a seeded
    randomised SVD is near enough."""
    from scipy.sparse.linalg import ArpackError, eigsh
    from sklearn.utils.extmath import randomized_svd

    try:
        return eigsh(net, k=size, which="LA", v0=np.ones(net.shape[0]), tol=1e-3)
    except ArpackError:
        axes, values, others = randomized_svd(net, size, random_state=0)
        return values * np.sign((axes * others.T).sum(axis=0)), axes


def _build_neighbour_graph(points):
    import scipy.sparse as sp

    count = min(NEIGHBOURS, len(points) - 1)
    columns, weights = [], []
    for start in range(0, len(points), ROWS_AT_ONCE):
        likeness = points[start : start + ROWS_AT_ONCE] @ points.T
        own = np.arange(len(likeness))
        likeness[own, start + own] = -np.inf
        nearest = np.argpartition(-likeness, count - 1, axis=1)[:, :count]
        columns.append(nearest.ravel())
        weights.append(np.maximum(np.take_along_axis(likeness, nearest, axis=1), 0).ravel())
    rows = np.repeat(np.arange(len(points)), count)
    net = sp.csr_matrix((np.concatenate(weights), (rows, np.concatenate(columns))), shape=(len(points),) * 2)
    return ((net + net.T) / 2).astype(np.float64)


def _cluster_by_kmeans(points, themes, init="k-means++"):
    from sklearn.cluster import KMeans

    starts = STARTS if isinstance(init, str) else 1
    means = KMeans(min(themes, len(points)), init=init, n_init=starts, random_state=0, max_iter=STEPS)
    return means.fit_predict(points)


def _choose_clustering(space, most, start=None):
    """Labels of the clustering with the fewest clusters whose silhouette is within SLACK of the best."""
    from sklearn.metrics import silhouette_score

    points = space.points
    highest = max(2, min(most, len(points) // LEAST_PEOPLE))
    counts = [count for count in CANDIDATES if count <= highest] or [highest]
    axes, size = _spectral_axes(points, highest), min(SILHOUETTE_SAMPLE, len(points))
    tried, tries = [], [_cluster_by_kmeans(axes[:, :count], count) for count in counts]
    for labels in [*_carry_over_clusters(space, axes, start, highest), *tries]:
        if len(set(labels)) > 1:
            score = silhouette_score(points, labels, metric="cosine", sample_size=size, random_state=0)
            tried.append((score, labels))
    best = max((score for score, _ in tried), default=0)
    fewest = next((labels for score, labels in tried if score >= best - SLACK * abs(best)), None)
    return _split_largest_cluster(points, np.zeros(len(points), dtype=int) if fewest is None else fewest, highest)


def _carry_over_clusters(space, axes, start, most):
    """[labels] of today's texts in the clusters of an earlier run; [] where that is not possible."""
    if start is None or not 2 <= len(start) <= most:
        return []
    nearest = (space.meanings @ np.asarray(start).T).argmax(axis=1)
    numbers, labels = np.unique(nearest, return_inverse=True)
    if len(numbers) < 2:
        return []
    axes = axes[:, : len(numbers)]
    centres = np.array([axes[labels == at].mean(axis=0) for at in range(len(numbers))])
    return [_cluster_by_kmeans(axes, len(numbers), centres)]


def _split_largest_cluster(points, labels, most):
    """Split clusters larger than LARGEST_SHARE in two while there are fewer than `most`, so that none is a
    catch-all."""
    labels = labels.copy()
    for _ in range(4):
        sizes = np.bincount(labels)
        largest = sizes.argmax()
        if not 4 <= len(sizes) < most or sizes[largest] <= LARGEST_SHARE * len(labels):
            break
        inside = np.flatnonzero(labels == largest)
        labels[inside[_cluster_by_kmeans(points[inside], 2) == 1]] = len(sizes)
    return labels


def _number_by_size(labels):
    """Labels renumbered from 0 without gaps, the largest cluster first."""
    numbers, sizes = np.unique(labels, return_counts=True)
    order = {number: at for at, number in enumerate(numbers[np.argsort(-sizes, kind="stable")])}
    return np.array([order[label] for label in labels])


def _build_cluster(found, number, namer):
    return Cluster(
        number=number,
        name=namer.name(number),
        size=int((found.labels == number).sum()),
        phrases=namer.phrases(number),
        centre=found.meant[number],
        reach=found.reach[number],
    )
