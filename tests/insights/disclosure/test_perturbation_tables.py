"""The committed perturbation tables keep their promises in every line, and are what the command makes."""

import numpy as np
import pytest
from scipy.optimize import minimize

from insights.disclosure.entropy_tables import build_table
from insights.disclosure.perturbation import KEYS, load_tables
from insights.management.commands.build_perturbation_tables import CARD_HEAD, CARD_PATH, PARTS
from tests.domain_tables import CONTROLS, FOLDER

TABLES = dict(zip(PARTS, load_tables(), strict=True))
LINES = [(name, count) for name, table in TABLES.items() for count in range(table.most + 1)]


def line_of(name, count):
    table = TABLES[name]
    return np.arange(-table.most, table.most + 1), np.array(table.lines[count])


@pytest.mark.parametrize("name", PARTS)
def test_the_committed_table_is_what_the_command_makes(name):
    assert (TABLES[name].most, TABLES[name].variance) == PARTS[name]
    assert build_table(*PARTS[name]) == TABLES[name]


@pytest.mark.parametrize("name", PARTS)
def test_the_demands_name_the_tables_that_are_used(name):
    most, variance = TABLES[name].most, TABLES[name].variance
    demanded = CONTROLS["sdc"]["perturbation"][name]
    assert (demanded["max"], demanded["variance"]) == (most, variance)
    cells = {"lasting": "by cell", "fresh": "by cell and release"}[name]
    assert f"{cells}: at most {most}, variance {variance:g}" in (FOLDER / "REQUIREMENTS.md").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize(("name", "count"), LINES)
def test_each_line_shares_out_all_keys_without_bias(name, count):
    noise, keys = line_of(name, count)
    assert keys.sum() == KEYS
    assert (keys >= 0).all()
    assert keys @ noise == 0


@pytest.mark.parametrize(("name", "count"), [line for line in LINES if line[1]])
def test_each_count_above_zero_has_the_whole_variance(name, count):
    noise, keys = line_of(name, count)
    assert keys @ noise**2 == TABLES[name].variance * KEYS


@pytest.mark.parametrize("name", PARTS)
def test_zero_stays_zero_and_no_count_becomes_negative(name):
    table = TABLES[name]
    assert not table.noise[0].any()
    for count in range(3 * table.most):
        found = [table.perturb(count, key) for key in range(KEYS)]
        assert min(found) >= 0
        assert max(abs(one - count) for one in found) <= table.most


@pytest.mark.parametrize(("name", "count"), [line for line in LINES if line[1]])
def test_no_other_noise_of_the_same_mean_and_variance_has_more_entropy(name, count):
    """Found a second way: by climbing the entropy itself, not its dual."""
    noise, keys = line_of(name, count)
    noise, p = noise[keys > 0], keys[keys > 0] / KEYS
    bounds = {"fun": lambda q: np.array([q.sum() - 1, q @ noise, q @ noise**2 - TABLES[name].variance]), "type": "eq"}
    start = np.full(noise.size, 1 / noise.size)
    found = minimize(
        lambda q: float(q @ np.log(q)), start, bounds=[(1e-9, 1)] * noise.size, constraints=bounds, tol=1e-10
    )
    assert found.success
    assert -(p @ np.log(p)) == pytest.approx(-found.fun, abs=3e-4)  # keys are whole numbers


def test_the_card_shows_every_line_and_is_what_the_command_writes():
    card = CARD_PATH.read_text()
    assert card.startswith(CARD_HEAD)
    for name, count in LINES:
        assert " | ".join(str(keys) for keys in TABLES[name].lines[count]) in card
