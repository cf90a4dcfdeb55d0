"""Disclosure presets: wording, strictness order, and results on the same two tables."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

import insights
from insights.disclosure import (
    DEFAULT,
    DFE,
    NHS,
    ONS,
    PRESETS,
    STRICTEST,
    CountTable,
    list_loosened_rules,
    protect_table,
)
from insights.disclosure.disclosure_presets import (
    describe_rules,
    find_preset,
    parse_stored_rules,
    preset_of,
    rules_for,
    serialise_preset,
)
from insights.disclosure.disclosure_rules import HIDDEN

SUPPORT = CountTable(
    rows=("Yes", "A little", "No", "Rather not say"),
    columns=("8 to 10", "11 to 13", "14 to 17"),
    counts=((44, 61, 38), (23, 19, 27), (7, 12, 9), (0, 3, 1)),
)
THEMES = CountTable.one_way({"Lights": 57, "Staff": 12, "Buses": 8, "Parks": 6, "Quiet": 5, "Noise": 0}, base=90)

C = "[c]"
GOLDEN = {
    "ons": (
        [[44, 61, 38, 143], [C, C, 27, 69], [C, C, C, C], [C, C, C, C], [74, 95, 75, 244]],
        [57, 12, C, C, C, C, 90],
    ),
    "nhs": (
        [[C, C, C, 145], [C, C, C, 70], [C, C, C, C], [0, C, C, C], [75, C, 75, 245]],
        [55, 10, 10, C, C, 0, 90],
    ),
    "dfe": (
        [[44, 61, 38, 143], [23, 19, 27, 69], [7, C, C, C], [0, C, C, C], [74, 95, 75, 244]],
        [57, 12, 8, 6, C, 0, 90],
    ),
}


def values(table):
    return [[cell.symbol or cell.value for cell in row] for row in table.grid]


@pytest.mark.parametrize("slug", GOLDEN)
def test_golden_tables(slug):
    rules, (two_way, themes) = PRESETS[slug].rules, GOLDEN[slug]
    assert [row[0] for row in values(protect_table(THEMES, rules))] == themes
    assert values(protect_table(SUPPORT, rules)) == two_way


def test_each_is_said_in_plain_words():
    for preset in PRESETS.values():
        words = " ".join(preset.lines)
        assert preset.fits.endswith(".")
        if preset.rules.perturb:
            assert f"“fewer than {preset.rules.threshold}”" in words and HIDDEN not in words
            continue
        assert f"Numbers from 1 to {preset.rules.threshold - 1} are hidden." in words
        assert f"“{HIDDEN}”, for confidential, stands in place of each hidden number." in words
        assert ("rounded to 5" in words) == (preset.rules.round_to == 5)
    assert "None is shown as 0." in describe_rules(DFE)[0]


@pytest.mark.parametrize("rules", [DFE, NHS, ONS])
def test_ours_from_ten_people_are_the_strictest(rules):
    assert list_loosened_rules(rules, STRICTEST)
    assert not list_loosened_rules(STRICTEST, rules)
    assert list_loosened_rules(DEFAULT, STRICTEST)


@pytest.mark.parametrize("rules", [DFE, NHS, ONS])
def test_exact_numbers_are_looser_than_changed_ones(rules):
    assert "numbers would not be changed at random any more" in list_loosened_rules(rules, DEFAULT)


def test_two_can_each_be_looser_than_the_other():
    assert list_loosened_rules(ONS, NHS) == ["numbers would be rounded less"]
    assert len(list_loosened_rules(NHS, ONS)) == 4


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_a_release_says_which_it_was_made_by(preset):
    assert preset_of(serialise_preset(preset)) is preset
    assert parse_stored_rules(serialise_preset(preset)) == preset.rules
    assert preset_of({name: value for name, value in serialise_preset(preset).items() if name != "preset"}) is preset
    assert preset_of({}).slug == "default"


def test_every_room_takes_its_rules_from_one_function():
    """Outside `disclosure` nothing reads the table of presets or our own rules: `rules_for` and `find_preset` do."""
    room = Path(insights.__file__).parent
    readers = {
        str(path.relative_to(room))
        for path in room.rglob("*.py")
        if room / "disclosure" not in path.parents and re.search(r"\b(PRESETS|DEFAULT)\b", path.read_text("utf-8"))
    }
    assert not readers


def test_an_unknown_preset_is_refused():
    with pytest.raises(ValidationError, match="Choose one of the conventions"):
        find_preset("none")


def test_a_stricter_release_holds_everywhere_and_a_looser_one_nowhere_that_is_ours():
    stricter, mixed = replace(DEFAULT, threshold=20), replace(DEFAULT, threshold=20, perturb=False)
    assert rules_for() == rules_for(DFE) == rules_for(NHS) == rules_for(ONS) == rules_for(mixed) == DEFAULT
    assert rules_for(stricter) == stricter
