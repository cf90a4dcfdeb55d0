"""Makes the perturbation tables: for each count the noise of largest entropy with mean 0 and the wanted variance.

The R package `ptable` solves the same problem. A line of a table says for how many of the 4,096 cell keys each noise is
taken; whole numbers of keys keep the mean at exactly 0 and the variance at exactly what was asked.
"""

import numpy as np
from scipy.optimize import minimize

from insights.disclosure.perturbation import KEYS, PerturbationTable


def build_table(most: int, variance: float) -> PerturbationTable:
    """The table of a part whose noise is at most `most`. Its last line holds for all larger counts."""
    zero = tuple(KEYS if noise == 0 else 0 for noise in range(-most, most + 1))
    lines = (build_line(count, most, variance) for count in range(1, most + 1))
    return PerturbationTable(most, variance, (zero, *lines))


def build_line(count: int, most: int, variance: float) -> tuple[int, ...]:
    """How many keys take each noise from -most to most; none that would make the count negative."""
    allowed = np.arange(-min(count, most), most + 1)
    keys = _share_keys(allowed, _find_widest_noise(allowed, variance), variance)
    return (0,) * (2 * most + 1 - allowed.size) + tuple(int(number) for number in keys)


def _find_widest_noise(allowed: np.ndarray, variance: float) -> np.ndarray:
    """The probabilities of largest entropy: proportional to exp(a v + b v^2), found by the convex dual problem."""
    moments = np.stack([allowed, allowed**2 - variance])

    def dual(multipliers: np.ndarray) -> tuple[float, np.ndarray]:
        exponents = multipliers @ moments
        weights = np.exp(exponents - exponents.max())
        return exponents.max() + np.log(weights.sum()), moments @ weights / weights.sum()

    found = minimize(dual, np.zeros(2), jac=True, method="BFGS", options={"gtol": 1e-10})
    weights = np.exp(found.x @ moments)
    return np.asarray(weights / weights.sum())


def _share_keys(allowed: np.ndarray, probabilities: np.ndarray, variance: float) -> np.ndarray:
    """Whole numbers of keys nearest to the probabilities, then moved until sum, mean and variance are exact."""
    keys = np.rint(probabilities * KEYS).astype(int)
    keys[probabilities.argmax()] += KEYS - keys.sum()
    at_zero = int(np.flatnonzero(allowed == 0)[0])
    excess = int(keys @ allowed)
    keys[at_zero] += excess  # moves one key of a positive noise to 0 for each unit of excess
    keys[at_zero + 1] -= excess
    too_wide = int(keys @ allowed**2 - variance * KEYS) // 2
    keys[at_zero] += 2 * too_wide  # one key each of the noises -1 and 1
    keys[[at_zero - 1, at_zero + 1]] -= too_wide
    return keys
