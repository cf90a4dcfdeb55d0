"""The paths through a questionnaire: the shortest, the longest, their branches, and unreachable entries.

Independent questions are analysed separately: a routing cluster is a set of questions that decide about the same
entries. Within a cluster every distinguishable answer is tried, as in reachability.py, so figures are exact. A cluster
with too many combinations is marked so: the shortest path has none of its entries, the longest has all.
"""

from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import Any

from consultation.surveys import rule_formulas
from consultation.surveys.editor.questionnaire_outline import describe_choice, estimate_seconds
from consultation.surveys.questionnaire_schema import ALSO, can_choose_several
from consultation.surveys.reachability import ReachabilitySearch, ReachabilityUndecided, list_answer_sets
from consultation.surveys.routing_rules import FormulaLogic, evaluate_visibility, list_conditions
from consultation.surveys.type_registry import type_of

MOST_TRIED = 20_000  # combinations of answers in one cluster


@dataclass
class PathOutcome:
    """One outcome of a cluster: example answers, and the places in the outline of the entries then shown."""

    answers: list[str]
    met: tuple[int, ...]


@dataclass
class RoutingCluster:
    deciders: list[int]
    hanging: list[int]  # places of the entries that depend on them
    ways: list[PathOutcome] = field(default_factory=list)
    too_many: bool = False


@dataclass
class SurveyPath:
    questions: int
    seconds: float


class SurveyPaths:
    def __init__(self, entries: list[dict[str, Any]], children: bool = True):
        self.entries = entries
        self.places = {entry["id"]: place for place, entry in enumerate(entries)}
        self.shown = list(evaluate_visibility(entries, FormulaLogic()).values())
        self.times = [estimate_seconds(entry, children) for entry in entries]
        self.always = [place for place, formula in enumerate(self.shown) if formula == rule_formulas.TRUE]
        self.unreachable = self._find_unreachable_places()
        self.knots = [self._build_routing_cluster(*together) for together in self._group_dependent_places()]
        self.shortest, self.longest = self._find_extreme_path(min), self._find_extreme_path(max)

    def waits_for(self, place):
        """The places of the questions in this entry's own conditions."""
        named = {condition["question"] for condition in list_conditions(self.entries[place]["show_if"])}
        return sorted(self.places[id_] for id_ in named if id_ in self.places)

    def leads_to(self, place):
        return [other for other in range(len(self.entries)) if place in self.waits_for(other)]

    def _find_unreachable_places(self):
        reach, found = ReachabilitySearch(self.entries), []
        for place, formula in enumerate(self.shown):
            try:
                if not reach.is_possible(formula):
                    found.append(place)
            except ReachabilityUndecided:
                break
        return found

    def _group_dependent_places(self):
        """[(ids of deciding questions, places that depend on them)], merged where they share a dependent entry."""
        groups: list[tuple[set, list]] = []
        for place, formula in enumerate(self.shown):
            ids = {id_ for id_, _ in rule_formulas.collect_atoms(formula)}
            if not ids:
                continue
            hanging, apart = [place], []
            for other_ids, others in groups:
                if other_ids & ids:
                    ids, hanging = ids | other_ids, others + hanging
                else:
                    apart.append((other_ids, others))
            groups = [*apart, (ids, hanging)]
        return [(ids, sorted(hanging)) for ids, hanging in groups]

    def _build_routing_cluster(self, ids, hanging):
        deciders = sorted(self.places[id_] for id_ in ids)
        knot = RoutingCluster(deciders, hanging)
        atoms = set().union(*(rule_formulas.collect_atoms(self.shown[place]) for place in hanging))
        asked = {id_: frozenset(keys for one, keys in atoms if one == id_) for id_ in ids}

        def simplicity(ticked):  # smaller answers first, so that examples are simple
            return len(ticked), sorted(map(sorted, ticked))

        entries = [self.entries[place] for place in deciders]
        try:
            tried = [sorted(list_answer_sets(entry, asked[entry["id"]]), key=simplicity) for entry in entries]
        except ReachabilityUndecided:
            tried = []
        if not tried or prod(map(len, tried)) > MOST_TRIED:
            knot.too_many = True
            return knot
        outcomes: dict[tuple[int, ...], PathOutcome] = {}
        for ticked in product(*tried):
            chosen = {entry["id"]: met for entry, met in zip(entries, ticked, strict=True)}
            met = tuple(place for place in hanging if _is_true_for(self.shown[place], chosen))
            if met not in outcomes:
                outcomes[met] = PathOutcome(self._describe_example_answers(deciders, chosen, met, asked), met)
        knot.ways = list(outcomes.values())
        return knot

    def _describe_example_answers(self, deciders, chosen, met, asked):
        """Example answers to those deciding questions that are shown themselves."""
        there = [self.entries[place] for place in deciders if place in met or place in self.always]
        return [
            f"question {entry['number']}: {_describe_answers(entry, chosen[entry['id']], asked[entry['id']])}"
            for entry in there
        ]

    def _find_extreme_path(self, end):
        """The shortest (`end` is min) or longest (max) path by time, with its number of questions."""
        met = list(self.always)
        for knot in self.knots:
            if knot.too_many:
                met += knot.hanging if end is max else []
            else:
                met += end((way.met for way in knot.ways), key=lambda places: sum(self.times[one] for one in places))
        return SurveyPath(sum(bool(self.entries[one]["number"]) for one in met), sum(self.times[one] for one in met))


def _is_true_for(formula, chosen):
    kind, inner = formula
    if kind == "has":
        return inner[1] in chosen[inner[0]]
    if kind == "no":
        return not _is_true_for(inner, chosen)
    return (all if kind == "all" else any)(_is_true_for(part, chosen) for part in inner)


def _describe_answers(entry, ticked, asked):
    """An answer, in words, that meets exactly the key sets `ticked` of those in `asked`."""
    if not ticked:
        return "any other answer, or none"
    names = {option["key"]: describe_choice(entry, option["id"]) for option in entry["options"]}
    names |= {key: describe_choice(entry, one) for one, key in ALSO.items()}
    others = frozenset().union(*(asked - ticked))
    if can_choose_several(entry) or type_of(entry).has_rows:
        return " and ".join(_join_names(names, keys - others) for keys in sorted(ticked, key=sorted))
    return _join_names(names, frozenset.intersection(*ticked) - others)


def _join_names(names, keys):
    return " or ".join(f"“{name}”" for key, name in names.items() if key in keys) or "its own words"
