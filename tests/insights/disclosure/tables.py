"""Random tables like those of reports, 2x2 to 6x6, with enough small numbers to attack."""

import numpy as np

from insights.disclosure import CountTable


def random_table(seed: int) -> CountTable:
    rng = np.random.default_rng(seed)
    height, width = rng.integers(2, 7, size=2)
    kind = seed % 4
    if kind == 0:
        return one_way(rng, height, multi=bool(seed % 8))
    return several_answers(rng, height, width) if kind == 1 else two_way(rng, height, width, structural=kind == 3)


def counts(rng, height, width):
    scale = rng.choice([4, 12, 30, 80])
    return rng.poisson(rng.gamma(0.8, scale, size=(height, width)))


def labels(prefix, number):
    return tuple(f"{prefix}{n}" for n in range(number))


def one_way(rng, height, multi):
    values = counts(rng, height, 1)
    base = (max(30, int(values.max()) + int(rng.integers(0, 20))),) if multi else ()
    values[0, 0] += 0 if multi else 30
    return CountTable(labels("r", height), tuple(map(tuple, values.tolist())), bases=base)


def two_way(rng, height, width, structural):
    values = counts(rng, height, width)
    values[0, 0] += 30
    zeros = {(int(rng.integers(1, height)), int(rng.integers(0, width)))} if structural else set()
    for at in zeros:
        values[at] = 0
    return CountTable(
        labels("r", height), tuple(map(tuple, values.tolist())), labels("c", width), structural=frozenset(zeros)
    )


def several_answers(rng, height, width):
    bases = rng.poisson(rng.gamma(1.5, 40, size=width)) + 5
    bases[0] += 30
    shares = rng.beta(0.6, 2.5, size=(height, 1))
    values = rng.binomial(bases, np.broadcast_to(shares, (height, width)))
    return CountTable(
        labels("r", height), tuple(map(tuple, values.tolist())), labels("c", width), tuple(bases.tolist())
    )
