"""Live pictures (polls, reach, equality questions) are small freezes by cell keys.

A picture is renewed at most weekly, and only when 10 to 14 more people are in it, drawn in secret: who left meanwhile
is hidden among those who came.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

import numpy as np

from insights.disclosure.disclosure_rules import DEFAULT, DisclosureRules
from insights.disclosure.perturbation import KEYS, ReleaseNoise
from insights.disclosure.perturbed_tables import perturb_table
from insights.disclosure.protected_tables import CountTable, ProtectedTable
from insights.disclosure.record_keys import make_fresh_keys, make_record_keys
from insights.disclosure.record_secret import draw_number

DAYS_BETWEEN = 7
LEAST_NEWCOMERS = 10


def may_renew(name: str, people: int, frozen: int, made_on: date, today: date, *, days: int = DAYS_BETWEEN) -> bool:
    """Whether the picture of this name, frozen on `made_on` of `frozen` people, may be frozen again of `people`."""
    needed = LEAST_NEWCOMERS + draw_number("live", name, made_on, below=5)
    return (today - made_on).days >= days and people - frozen >= needed


def protect_live_table(
    groups: Mapping[str, Iterable[UUID]],
    name: str,
    today: date,
    rules: DisclosureRules = DEFAULT,
    *,
    everyone: Iterable[UUID] | None = None,
    sensitive: bool = False,
) -> ProtectedTable:
    """One-way: the people of each group, or TableRefused. `everyone` where a person may be in several groups."""
    inside = {group: list(people) for group, people in groups.items()}
    whole = [person for people in inside.values() for person in people] if everyone is None else list(everyone)
    keys = dict(zip(whole, make_record_keys(whole).tolist(), strict=True))
    noise = ReleaseNoise(np.array([]), make_fresh_keys(f"{name}/{today}"))
    table = CountTable.one_way(
        {group: len(people) for group, people in inside.items()}, base=None if everyone is None else len(whole)
    )
    cell_keys = np.array([[sum(keys[person] for person in people)] for people in (*inside.values(), whole)])
    return perturb_table(table, cell_keys % KEYS, noise, rules, frozenset(table.rows if sensitive else ()))
