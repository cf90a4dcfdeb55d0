"""Agreement of two coders, and of the machine with a coder. Point estimates come from libraries; intervals are seeded
bootstraps over texts, by closed forms that the tests compare with the same libraries.

Overall: Krippendorff's alpha with the MASI distance (Passonneau 2006), because a text may have several themes: coders
who share one of two themes agree in part. "No theme" is a label too. One theme: Cohen's kappa on its presence.
"""

from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

MIN_TEXTS = 30  # below it there is no figure
MIN_WITH_THEME = 10  # texts to which either coder gave the theme; below it the theme has no figure
RESAMPLES = 2000
SEED = 20
NO_THEME = frozenset({0})  # no id of a theme
RULE_OF_THREE = 3  # no disagreement in n texts: with 95% confidence the rate is below 3/n


class AgreementEstimate(NamedTuple):
    value: float
    low: float
    high: float

    def as_dict(self) -> dict[str, float]:
        return {name: round(float(value), 2) + 0.0 for name, value in self._asdict().items()}


@lru_cache(maxsize=2)
def _resample_counts(n: int) -> Any:
    """resamples x texts: how often each resample draws each text."""
    drawn = np.random.default_rng(SEED).integers(0, n, (RESAMPLES, n)) + n * np.arange(RESAMPLES)[:, None]
    return np.bincount(drawn.ravel(), minlength=RESAMPLES * n).reshape(RESAMPLES, n)


def _build_estimate(value: float, found: Any, perfect_low: float | None) -> AgreementEstimate:
    """`perfect_low`: the lower bound where no text differs, because resamples without variation claim certainty."""
    if perfect_low is not None:
        return AgreementEstimate(value, min(value, max(perfect_low, -1.0)), value)
    low, high = np.nanpercentile(found, [2.5, 97.5])
    return AgreementEstimate(value, float(low), float(high))


def theme_set_distance(one: frozenset, other: frozenset) -> float:
    from nltk.metrics.distance import masi_distance

    return float(masi_distance(one or NO_THEME, other or NO_THEME))


def nominal_distance(one: Hashable, other: Hashable) -> float:
    return float(one != other)


def krippendorff_alpha(
    first: Sequence[Any], second: Sequence[Any], distance: Callable[[Any, Any], float] = theme_set_distance
) -> float:
    """Krippendorff's alpha of two coders, by NLTK."""
    from nltk.metrics.agreement import AnnotationTask

    rows = [("first", item, label) for item, label in enumerate(first)]
    rows += [("second", item, label) for item, label in enumerate(second)]
    return float(AnnotationTask(data=rows, distance=distance).alpha())


def estimate_alpha(
    first: Sequence[Any], second: Sequence[Any], distance: Callable[[Any, Any], float] = theme_set_distance
) -> AgreementEstimate | None:
    """None where texts are too few or all labels are the same."""
    labels = sorted({*first, *second}, key=repr)
    if len(first) < MIN_TEXTS or len(labels) < 2:
        return None
    apart = np.array([[distance(one, other) for other in labels] for one in labels])
    place = {label: at for at, label in enumerate(labels)}
    a, b = (np.array([place[label] for label in side]) for side in (first, second))
    found, _ = resampled_alphas(apart, a, b, _resample_counts(len(a)))
    _, by_chance = resampled_alphas(apart, a, b, np.ones((1, len(a))))
    perfect = None if apart[a, b].any() else 1 - RULE_OF_THREE / len(a) / by_chance[0]
    return _build_estimate(krippendorff_alpha(first, second, distance), found, perfect)


def resampled_alphas(apart: Any, a: Any, b: Any, weights: Any) -> tuple[Any, Any]:
    """(alpha, disagreement expected by chance) for each row of weights. `apart`: distances, labels x labels."""
    one_hot, n = np.eye(len(apart)), weights.sum(axis=1)
    counts = weights @ (one_hot[a] + one_hot[b])
    expected = np.einsum("ru,uv,rv->r", counts, apart, counts, optimize=True) / (2 * n * (2 * n - 1))
    observed = weights @ apart[a, b] / n
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(expected > 0, 1 - observed / expected, np.nan), expected


def estimate_kappa(first: Any, second: Any, weights: Any) -> AgreementEstimate | None:
    """Cohen's kappa of two binary columns; None where texts, or texts with a yes, are too few."""
    first, second, weights = np.asarray(first, bool), np.asarray(second, bool), np.asarray(weights, float)
    if not _has_enough_texts(first, second):
        return None
    from sklearn.metrics import cohen_kappa_score

    value = cohen_kappa_score(first, second, sample_weight=weights)
    found, _ = resampled_kappas(first, second, _resample_counts(len(first)) * weights)
    _, by_chance = resampled_kappas(first, second, weights[None])
    alike = not (first ^ second).any()
    size = float(weights.sum() ** 2 / (weights**2).sum())  # Kish's: the equal number of texts of equal weight
    perfect = 1 - RULE_OF_THREE / size / by_chance[0] if alike and by_chance[0] else None
    return None if np.isnan(value) else _build_estimate(float(value), found, perfect)


def percent_alike(first: Any, second: Any, weights: Any) -> int:
    """How many in 100 texts both coders gave the theme, or both did not. Unlike kappa it does not allow for chance."""
    same = np.asarray(first, bool) == np.asarray(second, bool)
    return round(100 * float(np.average(same, weights=np.asarray(weights, float))))


def resampled_kappas(first: Any, second: Any, weights: Any) -> tuple[Any, Any]:
    """(kappa, disagreement expected by chance) for each row of weights."""
    total = weights.sum(axis=1)
    yes_one, yes_two = weights @ first / total, weights @ second / total
    observed = weights @ (first ^ second) / total
    expected = yes_one * (1 - yes_two) + (1 - yes_one) * yes_two
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(expected > 1e-12, 1 - observed / expected, np.nan), expected


def _has_enough_texts(first: Any, second: Any) -> bool:
    return len(first) >= MIN_TEXTS and int((first | second).sum()) >= MIN_WITH_THEME


def estimate_f1(truth: Any, proposed: Any, weights: Any) -> AgreementEstimate | None:
    """F1 of proposals against a coder's choices; micro F1 where there are several columns."""
    truth, proposed, weights = np.asarray(truth, bool), np.asarray(proposed, bool), np.asarray(weights, float)
    if not _has_enough_texts(truth.reshape(len(truth), -1).any(axis=1), np.zeros(len(truth), bool)):
        return None
    from sklearn.metrics import f1_score

    average = "micro" if truth.ndim > 1 else "binary"
    value = f1_score(truth, proposed, average=average, sample_weight=weights, zero_division=0)
    hits, misses = count_hits_and_misses(truth, proposed)
    found = resampled_f1s(hits, misses, _resample_counts(len(truth)) * weights)
    perfect = None if misses.any() else 2 * hits.sum() / (2 * hits.sum() + RULE_OF_THREE)
    return _build_estimate(float(value), found, perfect)


def count_hits_and_misses(truth: Any, proposed: Any) -> tuple[Any, Any]:
    """For each text: number of themes that both gave, number of themes that only one gave."""
    one, other = truth.reshape(len(truth), -1), proposed.reshape(len(truth), -1)
    return (one & other).sum(axis=1), (one ^ other).sum(axis=1)


def resampled_f1s(hits: Any, misses: Any, weights: Any) -> Any:
    both = 2 * (weights @ hits)
    return both / np.maximum(both + weights @ misses, 1e-9)
