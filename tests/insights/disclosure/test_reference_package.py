"""Each part equals the ONS' own package, `cell-key-perturbation`, run on the same people, keys and table.

It needs pandas, which the product does not, so both are in the lock of the tests alone."""

import numpy as np
import pytest

from insights.disclosure.perturbation import KEYS, ReleaseNoise, load_tables

AREAS, ANSWERS = ("A", "B", "C", "D", "E"), ("yes", "no", "unsure", "other")
PEOPLE = 240


@pytest.fixture(scope="module")
def reference():
    """reference(people, part, columns): the package's rows, by area and answer."""
    reason = "the ONS' package is not here, so cell keys are not compared with it: install requirements-dev.lock"
    pandas = pytest.importorskip("pandas", reason=reason)
    package = pytest.importorskip("cell_key_perturbation.create_perturbed_table", reason=reason)

    def run(people, part, columns):
        lines = [part.noise[min(count, part.most)] for count in range(1, PEOPLE + 1)]
        noise = [(count, key, value) for count, line in enumerate(lines, 1) for key, value in enumerate(line)]
        table = package.create_perturbed_table(
            data=pandas.DataFrame(people),
            ptable=pandas.DataFrame(noise, columns=["pcv", "ckey", "pvalue"]),
            geog=[],
            tab_vars=columns,
            record_key="key",
            use_existing_ons_id=False,
            threshold=0,
        )
        return table.to_dict("records")

    return run


@pytest.mark.slow
@pytest.mark.parametrize("part", load_tables(), ids=["lasting", "fresh"])
def test_counts_cell_keys_and_noise_equal_the_reference(reference, part):
    rng = np.random.default_rng(19)
    people = {
        "area": rng.choice(AREAS, PEOPLE),
        "said": rng.choice(ANSWERS, PEOPLE, p=[0.6, 0.25, 0.1, 0.05]),
        "key": rng.integers(0, KEYS, PEOPLE),
    }
    noise, counts = ReleaseNoise(people["key"], np.arange(KEYS)), set()
    for columns in (["said"], ["area", "said"]):
        for row in reference(people, part, columns):
            places = np.flatnonzero(np.all([people[name] == row[name] for name in columns], axis=0))
            assert (row["pre_sdc_count"], row["ckey"]) == (places.size, noise.cell_key(places))
            assert row["count"] == part.perturb(places.size, noise.cell_key(places))
            counts.add(places.size)
    assert counts & {1, 2, 3, 4} and max(counts) > 100
