"""Cell keys (Thompson, Broadfoot and Elazar 2013): small noise that hangs on who is in a figure.

Each person has a record key; the cell key of a figure is the sum of its people's keys, modulo 4,096. A perturbation table
gives the noise of each count and cell key. There are two parts. The lasting one hangs on the people alone, so the mean
of many releases does not lead back to the count; the fresh one hangs on the release too, so a figure that stayed the
same does not show that nobody new is in it. Within a release a figure has the same number everywhere. A figure of a
group adds the group's own key (record_keys.make_group_key), so equal numbers do not show that nobody else is in it.
"""

import json
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np

KEYS = 4096
TABLES_PATH = Path(__file__).with_name("perturbation_tables.json")


@dataclass(frozen=True)
class PerturbationTable:
    """`lines[count]` says for how many keys each noise from -most to most is taken; the last line holds for larger
    counts."""

    most: int
    variance: float
    lines: tuple[tuple[int, ...], ...]

    @cached_property
    def noise(self) -> np.ndarray:
        """noise[line, key]: the smallest keys have the smallest noise."""
        values = np.arange(-self.most, self.most + 1)
        return np.stack([np.repeat(values, line) for line in self.lines])

    def perturb(self, count: int, key: int) -> int:
        return count + int(self.noise[min(count, self.most), key])


@cache
def load_tables() -> tuple[PerturbationTable, PerturbationTable]:
    """The committed (lasting, fresh) tables."""
    stored = json.loads(TABLES_PATH.read_text())
    lasting, fresh = (
        PerturbationTable(part["most"], part["variance"], tuple(map(tuple, part["lines"])))
        for part in (stored["lasting"], stored["fresh"])
    )
    return lasting, fresh


@cache
def measure_noise() -> tuple[float, float]:
    """(mean, standard deviation) of by how many people a number that is not small is off, up or down: 1.98 and 1.49."""
    lasting, fresh = (np.array(part.lines[-1]) / KEYS for part in load_tables())
    chances = np.convolve(lasting, fresh)
    off = np.abs(np.arange(chances.size) - chances.size // 2)
    mean = float(chances @ off)
    return mean, float(chances @ off**2 - mean**2) ** 0.5


@dataclass(frozen=True)
class ReleaseNoise:
    """The noise of one release: `record_keys` by a person's place, and for each cell key its key in the fresh table.

    Every number is a pure function of who is in it, of the group that it is about, and of the release.
    """

    record_keys: np.ndarray
    fresh_keys: np.ndarray

    def perturb_people(self, places: np.ndarray) -> int:
        """The number to publish of the people at these places."""
        return self.perturb_count(places.size, self.cell_key(places))

    def cell_key(self, places: np.ndarray) -> int:
        return int(self.record_keys[places].sum(dtype=np.int64)) % KEYS

    def perturb_count(self, count: int, cell_key: int) -> int:
        """For a difference of two sets: its count and its cell key, which are differences too."""
        lasting, fresh = load_tables()
        return fresh.perturb(lasting.perturb(count, cell_key), int(self.fresh_keys[cell_key]))
