"""The paths through a questionnaire: the shortest, the longest, their branches, and unreachable entries.

Independent questions are analysed separately: a routing cluster is a set of questions that decide about the same
entries. Within a cluster every distinguishable answer is tried, as in reachability.py, so figures are exact. A cluster
with too many combinations is marked so: the shortest path has none of its entries, the longest has all.
"""

from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import Any

from consultation.questionnaires import formulas
from consultation.questionnaires.building.length import seconds
from consultation.questionnaires.building.outline import OFFERED, choice_words
from consultation.questionnaires.reach import CannotTell, Reach, ways
from consultation.questionnaires.rules import Formulas, conditions_in, shown_by
from consultation.questionnaires.schema import ALSO, takes_several

MOST_TRIED = 20_000  # combinations of answers in one cluster


@dataclass
class Way:
    """One outcome of a cluster: example answers, and the places in the outline of the entries then shown."""

    answers: list[str]
    met: tuple[int, ...]


@dataclass
class Knot:
    deciders: list[int]
    hanging: list[int]  # places of the entries that depend on them
    ways: list[Way] = field(default_factory=list)
    too_many: bool = False


@dataclass
class Path:
    questions: int
    seconds: float


class Paths:
    def __init__(self, entries: list[dict[str, Any]], children: bool = True):
        self.entries = entries
        self.places = {entry["id"]: place for place, entry in enumerate(entries)}
        self.shown = list(shown_by(entries, Formulas()).values())
        self.times = [seconds(entry, children) for entry in entries]
        self.always = [place for place, formula in enumerate(self.shown) if formula == formulas.TRUE]
        self.unreachable = self._unreachable()
        self.knots = [self._knot(*together) for together in self._together()]
        self.shortest, self.longest = self._end(min), self._end(max)

    def waits_for(self, place):
        """The places of the questions in this entry's own conditions."""
        named = {condition["question"] for condition in conditions_in(self.entries[place]["show_if"])}
        return sorted(self.places[id_] for id_ in named if id_ in self.places)

    def leads_to(self, place):
        return [other for other in range(len(self.entries)) if place in self.waits_for(other)]

    def _unreachable(self):
        reach, found = Reach(self.entries), []
        for place, formula in enumerate(self.shown):
            try:
                if not reach.possible(formula):
                    found.append(place)
            except CannotTell:
                break
        return found

    def _together(self):
        """[(ids of deciding questions, places that depend on them)], merged where they share a dependent entry."""
        groups: list[tuple[set, list]] = []
        for place, formula in enumerate(self.shown):
            ids = {id_ for id_, _ in formulas.atoms(formula)}
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

    def _knot(self, ids, hanging):
        deciders = sorted(self.places[id_] for id_ in ids)
        knot = Knot(deciders, hanging)
        asked = {id_: self._asked(id_, hanging) for id_ in ids}
        try:
            tried = [
                sorted(ways(self.entries[place], asked[self.entries[place]["id"]]), key=_order) for place in deciders
            ]
        except CannotTell:
            tried = []
        if not tried or prod(map(len, tried)) > MOST_TRIED:
            knot.too_many = True
            return knot
        outcomes: dict[tuple[int, ...], Way] = {}
        for ticked in product(*tried):
            chosen = {self.entries[place]["id"]: met for place, met in zip(deciders, ticked, strict=True)}
            met = tuple(place for place in hanging if _holds(self.shown[place], chosen))
            if met not in outcomes:
                outcomes[met] = Way(self._said(deciders, chosen, met, asked), met)
        knot.ways = list(outcomes.values())
        return knot

    def _asked(self, id_, hanging):
        found = (formulas.atoms(self.shown[place]) for place in hanging)
        return frozenset(keys for atoms in found for one, keys in atoms if one == id_)

    def _said(self, deciders, chosen, met, asked):
        """Example answers to those deciding questions that are shown themselves."""
        there = [self.entries[place] for place in deciders if place in met or place in self.always]
        return [
            f"question {entry['number']}: {answer_words(entry, chosen[entry['id']], asked[entry['id']])}"
            for entry in there
        ]

    def _end(self, end):
        """The shortest (`end` is min) or longest (max) path by time, with its number of questions."""
        met = list(self.always)
        for knot in self.knots:
            if knot.too_many:
                met += knot.hanging if end is max else []
            else:
                met += end((way.met for way in knot.ways), key=lambda places: sum(self.times[one] for one in places))
        return Path(sum(bool(self.entries[one]["number"]) for one in met), sum(self.times[one] for one in met))


def _order(ticked):
    """Sorts smaller answers first, so that examples are simple."""
    return len(ticked), sorted(sorted(keys) for keys in ticked)


def _holds(formula, chosen):
    kind, inner = formula
    if kind == "has":
        return inner[1] in chosen[inner[0]]
    if kind == "no":
        return not _holds(inner, chosen)
    return (all if kind == "all" else any)(_holds(part, chosen) for part in inner)


def answer_words(entry, ticked, asked):
    """An answer, in words, that meets exactly the key sets `ticked` of those in `asked`."""
    names = _names(entry)
    if not ticked:
        return "any other answer, or none"
    others = frozenset().union(*(asked - ticked))
    if takes_several(entry) or entry["type"] == "grid":
        return " and ".join(_one_of(names, keys - others) for keys in sorted(ticked, key=sorted))
    return _one_of(names, frozenset.intersection(*ticked) - others)


def _names(entry):
    named = {option["key"]: choice_words(entry, option["id"]) for option in entry["options"]}
    return named | {ALSO[one]: choice_words(entry, one) for one in OFFERED}


def _one_of(names, keys):
    return " or ".join(f"“{name}”" for key, name in names.items() if key in keys) or "its own words"
