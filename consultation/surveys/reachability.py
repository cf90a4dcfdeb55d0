"""Decides whether any answers lead to a question. Exact, or ReachabilityUndecided if the search would take too long.

A rule depends on the choices ticked in earlier questions, and each question allows some sets of choices only: one of
several, at most its limit, "none of these" alone. The search takes one question after the other, tries each set that
the rule can tell apart, and simplifies the rule until it is decided.
"""

from functools import partial

from consultation.surveys import rule_formulas
from consultation.surveys.questionnaire_schema import can_choose_several, list_option_keys
from consultation.surveys.routing_rules import list_exclusive_keys
from consultation.surveys.rule_formulas import FALSE, TRUE
from consultation.surveys.type_registry import type_of

MOST_WORK = 100_000  # atoms visited for one questionnaire: a few seconds at worst
MOST_WAYS = 3000  # distinguishable answers to one question
NOTHING: frozenset = frozenset()


class ReachabilityUndecided(Exception):
    """The rules depend on more combinations of answers than the search may try."""


class ReachabilitySearch:
    """A search over one questionnaire: `items` as in the content of a version."""

    def __init__(self, items):
        self.items = {item["id"]: item for item in items}
        self.left = MOST_WORK
        self._known = {TRUE: True, FALSE: False}
        self._ways = {}

    def is_possible(self, formula):
        """Whether some answers make the formula over (item id, keys) true."""
        if formula not in self._known:
            self.left -= rule_formulas.count_atoms(formula)
            if self.left < 0:
                raise ReachabilityUndecided
            self._known[formula] = self._search_answers(formula)
        return self._known[formula]

    def _search_answers(self, formula):
        kind, inner = formula
        if kind == "any":
            return any(self.is_possible(part) for part in sorted(inner, key=rule_formulas.count_atoms))
        apart = _group_independent_parts(rule_formulas.list_conjuncts(formula))
        if len(apart) > 1:
            return all(self.is_possible(rule_formulas.join_all(parts)) for parts in apart)
        return any(self.is_possible(tried) for tried in self._list_simplified(formula))

    def _list_simplified(self, formula):
        """The formula, simplified for each set of answers to one of its questions."""
        first = min(rule_formulas.list_conjuncts(formula), key=rule_formulas.count_atoms)
        item_id = min(id_ for id_, _ in rule_formulas.collect_atoms(first))
        asked = frozenset(keys for id_, keys in rule_formulas.collect_atoms(formula) if id_ == item_id)
        if (item_id, asked) not in self._ways:
            self._ways[item_id, asked] = list_answer_sets(self.items[item_id], asked)

        def decide(atom, ticked):
            if atom[0] != item_id:
                return rule_formulas.build_atom(atom)
            return TRUE if atom[1] in ticked else FALSE

        for ticked in self._ways[item_id, asked]:
            yield rule_formulas.substitute_atoms(formula, partial(decide, ticked=ticked))


def list_answer_sets(item, asked):
    """The possible answers to an item, each as the frozenset of those key sets in `asked` that it meets."""

    def met(key):
        return frozenset(keys for keys in asked if key in keys)

    keys = list_option_keys(item)
    if type_of(item).has_rows:
        return _union_up_to(len(item["rows"]), {met(key) for key in keys})
    if not can_choose_several(item):
        return {NOTHING} | {met(key) for key in keys}
    alone = set(list_exclusive_keys(item))
    return _union_up_to(max_choices(item), {met(key) for key in keys - alone}) | {met(key) for key in alone}


def max_choices(item):
    """The largest number of options that can be chosen together."""
    together = list_option_keys(item) - set(list_exclusive_keys(item))
    return min(type_of(item).choice_limit(item) or len(together), len(together))


def _union_up_to(times, steps):
    found, new = {NOTHING}, {NOTHING}
    for _ in range(times):
        new = {one | step for one in new for step in steps} - found
        if not new:
            break
        found |= new
        if len(found) > MOST_WAYS:
            raise ReachabilityUndecided
    return found


def _group_independent_parts(parts):
    """The parts in groups that share no question."""
    groups = []
    for part in parts:
        ids, together = {id_ for id_, _ in rule_formulas.collect_atoms(part)}, [part]
        apart = []
        for other_ids, others in groups:
            if ids.isdisjoint(other_ids):
                apart.append((other_ids, others))
            else:
                ids, together = ids | other_ids, together + others
        groups = [*apart, (ids, together)]
    return [together for _, together in groups]
