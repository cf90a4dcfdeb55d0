"""The interval of a theme never begins below the people in whom a person found it."""

import pytest

from insights.releases.stored_figures import count_interval, raise_low_ends


def row(value, percent, low, high, **more):
    return {"value": value, "percent": percent, "low": low, "high": high} | more


@pytest.mark.parametrize(
    ("base", "value", "percent"), [(345, 12, 3), (345, 6, 2), (345, 5, 1), (120, 9, 8), (40, 30, 75)]
)
def test_five_confirmed_people_are_the_least(base, value, percent):
    table = {"base": base, "rows": [row(value, percent, 0, percent + 4, coded=value, id="1")]}
    raise_low_ends(table, {"1": 5})
    held = table["rows"][0]
    assert held["low"] <= percent and (held["low"] == percent or held["low"] * base >= 500)
    ends = count_interval(held, base)
    assert 5 <= ends["least"] <= value <= ends["most"]


def test_where_everyone_was_read_noise_alone_is_in_doubt():
    assert count_interval(row(6, 5, 1, 12), 120) == {"least": 1, "most": 14}


def test_a_hidden_number_has_no_interval():
    assert count_interval(row(None, None, None, None, coded=None), 120) == {"least": None, "most": None}
