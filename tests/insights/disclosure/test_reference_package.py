"""Each part equals the reference package of the ONS, `cell-key-perturbation` 3.1.0, on the same people, keys and table.

`reference_figures.json` was recorded from it, with pandas, which the product does not need otherwise: 240 people as
[area, answer, record key], and for each part [area, answer, cell key, count, perturbed count] of the one-way tables and
the two-way one.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from insights.disclosure.perturbation import KEYS, ReleaseNoise, load_tables

RECORDED = json.loads(Path(__file__).with_name("reference_figures.json").read_text())
TABLES = dict(zip(("lasting", "fresh"), load_tables(), strict=True))
FIGURES = [(part, tuple(figure)) for part in TABLES for figure in RECORDED[part]]


@pytest.mark.parametrize(("part", "figure"), FIGURES)
def test_count_cell_key_and_noise_equal_the_reference(part, figure):
    area, said, cell_key, count, perturbed = figure
    noise = ReleaseNoise(np.array([key for _, _, key in RECORDED["people"]]), np.arange(KEYS))
    inside = [area in ("", home) and said in ("", answer) for home, answer, _ in RECORDED["people"]]
    places = np.flatnonzero(inside)
    assert (places.size, noise.cell_key(places)) == (count, cell_key)
    assert TABLES[part].perturb(count, cell_key) == perturbed


def test_the_recorded_figures_hold_small_and_large_counts():
    counts = {count for _, (_, _, _, count, _) in FIGURES}
    assert counts & {1, 2, 3, 4, 5}
    assert max(counts) > 100
