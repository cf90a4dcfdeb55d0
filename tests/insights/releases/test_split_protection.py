"""An attacker who subtracts parts of different splits: every pair of allowed filters over random people."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pytest

from insights.disclosure import DEFAULT, DFE, NHS, ONS, DisclosureRules, TableRefused, protect_table
from insights.releases import cross_tabulation, split_protection
from insights.releases.cross_tabulation import TOTAL, Crowd

PEOPLE, SHARES = 400, {"x": 0.7, "y": 0.3, "z": 0.1}


@dataclass
class Fresh:
    """A ledger in which the parts by these questions, by default none, keep an old number."""

    least: int
    kept: tuple = ()

    def moved_enough(self, asked, place):
        return asked.key not in self.kept


def item(name):
    options = [{"id": option, "text": {"en": option}} for option in "abc"]
    return {"id": name, "also": [], "options": options, "text": {"en": name}}


def world(seed):
    """Two questions that most people answer alike, and themes with hundreds of people to a dozen."""
    rng = np.random.default_rng(seed)
    age = rng.integers(0, 3, PEOPLE)
    other = np.where(rng.random(PEOPLE) < rng.choice([0.01, 0.03, 0.1]), rng.integers(0, 3, PEOPLE), age)
    crowd = Crowd()
    options = {name: (name, {option: option for option in "abc"}, {}) for name in ("age", "year", "area")}
    answers = zip(age, other, rng.integers(0, 3, PEOPLE), strict=True)
    for place, said in enumerate(answers):
        given = {name: "abc"[at] for name, at in zip(options, said, strict=True) if rng.random() > 0.05}
        crowd.take(given, options)
        crowd.respondents.append(place)
    base = np.arange(PEOPLE)
    found = {theme: np.flatnonzero(rng.random(PEOPLE) < share) for theme, share in SHARES.items()}
    return (
        crowd,
        cross_tabulation.build_theme_table(found, base, tuple((theme, theme) for theme in SHARES)),
        list(options),
    )


def shown_parts(seed, rules, protect_split):
    """[(theme, question, column, people)] of all that is shown: by each question in turn, as a release does it."""
    crowd, whole, questions = world(seed)
    margin, seen, shown = protect_table(whole.table, rules), [], []
    for question in questions:
        asked = cross_tabulation.build_theme_by_facet_table(whole, crowd, item(question))
        try:
            table = protect_split(asked, rules, seen, Fresh(rules.threshold), row_margin=margin)
        except TableRefused:
            continue
        for i, row in enumerate((*asked.table.rows, TOTAL)):
            cells = zip(asked.table.columns, table.grid[i], strict=False)
            shown += [(row, question, c, set(asked.behind[row, c].tolist())) for c, cell in cells if not cell.hidden]
    wholes = {row: set(whole.behind[row, TOTAL].tolist()) for row in (*SHARES, TOTAL)}
    return shown, wholes


def isolated(shown, wholes, least):
    """Pairs of two filters from which a few people are left over, by themselves or of the whole."""
    return [
        (one[:3], other[:3])
        for one, other in combinations(shown, 2)
        if one[0] == other[0] and one[1] != other[1]
        if 0 < len(one[3] ^ other[3]) < least or 0 < len(one[3] ^ (wholes[one[0]] - other[3])) < least
    ]


def without(asked, rules, seen, memory, **margins):
    return protect_table(asked.table, rules, **margins)


@pytest.mark.parametrize("rules", [DEFAULT, ONS, NHS, DFE], ids=["default", "ons", "nhs", "dfe"])
def test_no_pair_of_allowed_filters_isolates_a_few(rules):
    told, lost = 0, 0
    for seed in range(6):
        shown, wholes = shown_parts(seed, rules, split_protection.protect_split)
        assert isolated(shown, wholes, rules.threshold) == []
        open_, wholes = shown_parts(seed, rules, without)
        lost += len(isolated(open_, wholes, rules.threshold))
        told += len(shown)
    assert lost, "the attacker wins where splits are protected one by one"
    assert told > 20, "and there is something to read"


def test_beside_an_old_number_more_people_must_lie_between():
    """One part is 60 people, the other these and 15 more. Of the first, up to 13 may have come since it was shown."""
    people = np.arange(200)
    whole = cross_tabulation.build_theme_table({"x": people}, people, (("x", "x"),))
    shown = {}
    for name, kept in (("new", ()), ("old", ("age",)), ("both old", ("age", "year"))):
        seen, memory = [], Fresh(10, kept)
        for question, size in (("age", 60), ("year", 75)):
            crowd = Crowd()
            crowd.respondents = list(people)
            crowd.chosen[question, "a"], crowd.chosen[question, "b"] = list(range(size)), list(range(size, 200))
            asked = cross_tabulation.build_theme_by_facet_table(whole, crowd, item(question))
            table = split_protection.protect_split(
                asked, DisclosureRules(hide_near_whole=False, hide_zeros=False), seen, memory
            )
        shown[name] = not table.grid[0][0].hidden
    assert shown == {"new": True, "old": False, "both old": True}
