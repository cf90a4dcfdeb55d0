"""An attacker who keeps every release, knows the new people, and subtracts figures learns nothing."""

import uuid
from collections import defaultdict
from itertools import combinations

import numpy as np
import pytest

from insights.disclosure import DEFAULT, DFE, ONS, PRESETS, TableRefused, protect_table
from insights.disclosure.disclosure_presets import serialise_preset
from insights.releases import cross_tabulation
from insights.releases.cross_tabulation import TOTAL, Crowd
from insights.releases.differencing.figure_memory import ComparedTable, FigureMemory
from insights.releases.models import Release
from insights.releases.release_freezing import _hide_bands_with_few_wordless
from insights.releases.stored_figures import freeze_refusal, freeze_table

pytestmark = pytest.mark.any_database

OPTIONS = tuple((option, option) for option in "abcd")
KEYS = {"q": ("q", {option: option for option, _ in OPTIONS}, {})}


class History:
    """Random people answer one question, with a release now and then."""

    def __init__(self, page, codebook, seed):  # noqa: F811
        self.page, self.codebook, self.rng = page, codebook, np.random.default_rng(seed)
        self.crowd, self.shown = Crowd(), []

    def join(self, number):
        weights = self.rng.dirichlet([2, 1, 0.3, 0.1])
        for option in self.rng.choice(list("abcd"), size=number, p=weights):
            self.crowd.take({"q": option}, KEYS)
            self.crowd.respondents.append(uuid.UUID(int=len(self.crowd.respondents) * 7919 + 1))

    def release(self, rules):
        asked = cross_tabulation._build_one_way_table(self.crowd, "question", "q", "Q?", OPTIONS)
        memory = FigureMemory(self.page, self.crowd.respondents, rules)
        try:
            protected = protect_table(asked.table, rules)
        except TableRefused as refusal:
            kept = memory.keep(asked, freeze_refusal(str(refusal)))
        else:
            kept = memory.keep(asked, freeze_table(protected, dict(OPTIONS), {}))
        row = Release.objects.create(
            consultation=self.page, number=len(self.shown) + 1, codebook_version=self.codebook, rules=stored_of(rules),
            made_on="2026-11-25",
        )  # fmt: skip
        name = ("question", "q")
        memory.write(row, {name: kept}, {name: asked.behind})
        self.shown.append(
            ({r["id"]: r["value"] for r in kept.table["rows"]} | {TOTAL: kept.table["base"]}, asked.behind)
        )


def stored_of(rules):
    return serialise_preset(next(preset for preset in PRESETS.values() if preset.rules == rules))


def few_between(history, least):
    """Pairs of different shown numbers of one figure with fewer than `least` people between them."""
    since = defaultdict(list)  # figure -> [(number, the people when it first showed)]
    for shown, behind in history.shown:
        for figure, number in shown.items():
            known = since[figure]
            if number is not None and (not known or known[-1][0] != number):
                known.append((number, set(behind[figure, TOTAL].tolist())))
    return [
        (figure, one[0], other[0])
        for figure, known in since.items()
        for one, other in combinations(known, 2)
        if len(one[1] ^ other[1]) < least
    ]


@pytest.mark.parametrize("seed", range(4))
def test_no_two_numbers_of_one_figure_have_a_few_people_between_them(parks, codebook, seed):
    """Also where the rules change on the way, and though most of these releases would not be allowed so soon."""
    history = History(parks[0], codebook, seed)
    history.join(60)
    for rules in (DEFAULT, DEFAULT, ONS, DFE, DEFAULT, DFE):
        history.release(rules)
        history.join(int(history.rng.integers(1, 25)))
    assert len(history.shown) == 6
    assert few_between(history, 10) == []


@pytest.mark.parametrize("rules", [DEFAULT, ONS], ids=["rounded", "exact"])
def test_release_after_release_with_one_to_fourteen_more_people_tells_of_no_few(parks, codebook, rules):
    history = History(parks[0], codebook, 11)
    history.join(90)
    for more in range(1, 15):
        history.release(rules)
        history.join(more)
    assert few_between(history, 10) == []
    assert len({shown[TOTAL] for shown, _ in history.shown}) > 2, "and yet the figures move"


def test_the_attacker_wins_without_a_ledger(parks, codebook, monkeypatch):
    monkeypatch.setattr(FigureMemory, "keep", lambda self, asked, table: ComparedTable(table, list(asked.behind), []))
    found = []
    for seed in range(3):
        history = History(parks[0], codebook, seed)
        history.join(60)
        for _ in range(4):
            history.release(ONS)
            history.join(int(history.rng.integers(1, 12)))
        found += few_between(history, 10)
        Release.objects.all().delete()
    assert found


def bands(silent):
    """80 people in two bands; all but `silent` of each wrote words."""
    crowd = Crowd()
    for number in range(80):
        crowd.take({"q": "a" if number < 40 else "b"}, KEYS)
        crowd.respondents.append(number)
    words = [*range(40 - silent[0]), *range(40, 80 - silent[1])]
    base = np.array(words)
    whole = cross_tabulation.build_theme_table({"t": base[::2]}, base, (("t", "T"),))
    item = {
        "id": "q",
        "also": [],
        "options": [{"id": option, "text": {"en": option}} for option in "ab"],
        "text": {"en": "Q"},
    }
    return crowd, whole, item


@pytest.mark.parametrize(
    ("silent", "rules", "shown"),
    [((12, 15), DEFAULT, True), ((0, 0), DEFAULT, True), ((3, 12), DEFAULT, False), ((3, 12), DFE, False)],
)
def test_a_band_of_all_less_the_band_with_words_leaves_no_few(silent, rules, shown):
    crowd, whole, item = bands(silent)
    asked = cross_tabulation.build_theme_by_facet_table(whole, crowd, item)
    totals = [{"value": asked.behind[TOTAL, column].size, "symbol": ""} for column, _ in asked.columns]
    table = {"column_totals": totals, "rows": [{"cells": [{"percent": 50} for _ in asked.columns]}]}
    _hide_bands_with_few_wordless(crowd, asked, table, rules)
    told = [total["value"] for (column, _), total in zip(asked.columns, totals, strict=True) if column in ("a", "b")]
    assert (None not in told) == shown
    assert all(cell["percent"] for cell in table["rows"][0]["cells"]) == shown
