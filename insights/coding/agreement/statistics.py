"""How well two people agree, and a machine with a person. Point figures come from libraries; intervals are bootstraps
over texts, seeded, by closed forms that the tests hold against the same libraries.

Overall: Krippendorff's alpha with the MASI distance (Passonneau 2006), because a text may have several themes: two
people who share one of two themes agree in part. No theme is a choice too. A theme: Cohen's kappa on has it, has it not.
"""

from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

MIN_TEXTS = 30  # below it nothing is said
MIN_WITH_THEME = 10  # texts with the theme, by either of the two: below it nothing is said of this theme
RESAMPLES = 2000
SEED = 20
NOTHING = frozenset({0})  # no id of a theme
RULE_OF_THREE = 3  # no disagreement in n texts: 95% sure that there are fewer than 3 in n


class Estimate(NamedTuple):
    value: float
    low: float
    high: float

    def as_dict(self) -> dict[str, float]:
        return {name: round(float(value), 2) + 0.0 for name, value in self._asdict().items()}


@lru_cache(maxsize=2)
def _resampled(n: int) -> Any:
    """[resample, text]: how often each text is drawn in each resample."""
    drawn = np.random.default_rng(SEED).integers(0, n, (RESAMPLES, n)) + n * np.arange(RESAMPLES)[:, None]
    return np.bincount(drawn.ravel(), minlength=RESAMPLES * n).reshape(RESAMPLES, n)


def _estimate(value: float, found: Any, perfect_low: float | None) -> Estimate:
    """`perfect_low`: where nobody disagreed, resamples have nothing to vary, and would claim certainty."""
    if perfect_low is not None:
        return Estimate(value, min(value, max(perfect_low, -1.0)), value)
    low, high = np.nanpercentile(found, [2.5, 97.5])
    return Estimate(value, float(low), float(high))


def masi(one: frozenset, other: frozenset) -> float:
    from nltk.metrics.distance import masi_distance

    return float(masi_distance(one or NOTHING, other or NOTHING))


def nominal(one: Hashable, other: Hashable) -> float:
    return float(one != other)


def alpha(first: Sequence[Any], second: Sequence[Any], distance: Callable[[Any, Any], float] = masi) -> float:
    """Krippendorff's alpha of two people, by NLTK."""
    from nltk.metrics.agreement import AnnotationTask

    rows = [("first", item, label) for item, label in enumerate(first)]
    rows += [("second", item, label) for item, label in enumerate(second)]
    return float(AnnotationTask(data=rows, distance=distance).alpha())


def alpha_estimate(
    first: Sequence[Any], second: Sequence[Any], distance: Callable[[Any, Any], float] = masi
) -> Estimate | None:
    """None: too few texts, or everybody chose the same for all of them, so that chance explains it."""
    labels = sorted({*first, *second}, key=repr)
    if len(first) < MIN_TEXTS or len(labels) < 2:
        return None
    apart = np.array([[distance(one, other) for other in labels] for one in labels])
    place = {label: at for at, label in enumerate(labels)}
    a, b = (np.array([place[label] for label in side]) for side in (first, second))
    found, _ = alphas(apart, a, b, _resampled(len(a)))
    _, by_chance = alphas(apart, a, b, np.ones((1, len(a))))
    perfect = None if apart[a, b].any() else 1 - RULE_OF_THREE / len(a) / by_chance[0]
    return _estimate(alpha(first, second, distance), found, perfect)


def alphas(apart: Any, a: Any, b: Any, weights: Any) -> tuple[Any, Any]:
    """Of each row of weights: alpha, and the disagreement that chance alone would bring."""
    one_hot, n = np.eye(len(apart)), weights.sum(axis=1)
    counts = weights @ (one_hot[a] + one_hot[b])
    expected = np.einsum("ru,uv,rv->r", counts, apart, counts, optimize=True) / (2 * n * (2 * n - 1))
    observed = weights @ apart[a, b] / n
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(expected > 0, 1 - observed / expected, np.nan), expected


def kappa_estimate(first: Any, second: Any, weights: Any) -> Estimate | None:
    """Cohen's kappa of two yes-or-no columns; None: too few texts, or too few with a yes."""
    first, second, weights = np.asarray(first, bool), np.asarray(second, bool), np.asarray(weights, float)
    if not _enough(first, second):
        return None
    from sklearn.metrics import cohen_kappa_score

    value = cohen_kappa_score(first, second, sample_weight=weights)
    found, _ = kappas(first, second, _resampled(len(first)) * weights)
    _, by_chance = kappas(first, second, weights[None])
    alike = not (first ^ second).any()
    perfect = 1 - RULE_OF_THREE / _worth(weights) / by_chance[0] if alike and by_chance[0] else None
    return None if np.isnan(value) else _estimate(float(value), found, perfect)


def kappas(first: Any, second: Any, weights: Any) -> tuple[Any, Any]:
    """Of each row of weights: kappa, and the disagreement that chance alone would bring."""
    total = weights.sum(axis=1)
    yes_one, yes_two = weights @ first / total, weights @ second / total
    observed = weights @ (first ^ second) / total
    expected = yes_one * (1 - yes_two) + (1 - yes_one) * yes_two
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(expected > 1e-12, 1 - observed / expected, np.nan), expected


def _enough(first: Any, second: Any) -> bool:
    return len(first) >= MIN_TEXTS and int((first | second).sum()) >= MIN_WITH_THEME


def _worth(weights: Any) -> float:
    """How many texts of equal weight these are worth (Kish)."""
    return float(weights.sum() ** 2 / (weights**2).sum())


def f1_estimate(truth: Any, proposed: Any, weights: Any) -> Estimate | None:
    """F1 of proposals beside a person's choices; with several columns, over all of them (micro)."""
    truth, proposed, weights = np.asarray(truth, bool), np.asarray(proposed, bool), np.asarray(weights, float)
    if not _enough(truth.reshape(len(truth), -1).any(axis=1), np.zeros(len(truth), bool)):
        return None
    from sklearn.metrics import f1_score

    average = "micro" if truth.ndim > 1 else "binary"
    value = f1_score(truth, proposed, average=average, sample_weight=weights, zero_division=0)
    hits, misses = hits_and_misses(truth, proposed)
    found = f1s(hits, misses, _resampled(len(truth)) * weights)
    perfect = None if misses.any() else 2 * hits.sum() / (2 * hits.sum() + RULE_OF_THREE)
    return _estimate(float(value), found, perfect)


def hits_and_misses(truth: Any, proposed: Any) -> tuple[Any, Any]:
    """Of each text: themes that both gave, and themes that one alone gave."""
    one, other = truth.reshape(len(truth), -1), proposed.reshape(len(truth), -1)
    return (one & other).sum(axis=1), (one ^ other).sum(axis=1)


def f1s(hits: Any, misses: Any, weights: Any) -> Any:
    both = 2 * (weights @ hits)
    return both / np.maximum(both + weights @ misses, 1e-9)
