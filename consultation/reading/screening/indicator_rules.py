"""Matches the indicators: phrases and lexicons over tokens, patterns over the joined text, co-occurrences."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache, reduce
from itertools import chain
from operator import or_
from pathlib import Path
from typing import Any

import yaml

from consultation.reading.screening.text_normalisation import NormalisedText, Normaliser

REMEMBERED = 10_000
LONG = 24  # letters of a word that are compared with required beginnings
DATA = Path(__file__).parent / "data"
CUES = ("now", "first_person", "other_child", "negation", "hypothetical", "service_talk", "resolved")


@dataclass(frozen=True)
class RuleMatch:
    """One rule that matched the tokens from `first` up to `last` (exclusive)."""

    rule: str
    category: str
    priority: str
    first: int
    last: int


def load_yaml_data(name: str) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with (DATA / name).open(encoding="utf-8") as file:
        return yaml.load(file, Loader=loader)  # noqa: S506 - a safe loader, in C where there is one


# A required group of alternatives, or a required word, after a word boundary in a pattern.
NEEDED = re.compile(r"\\b(?:\(([^()]*)\)(?![?*{])|([a-z]+[?*{]?))")
INNER = re.compile(r"(\([^()]*)\([^()]*\)")


def required_beginnings(pattern: str) -> list[tuple[str, ...]]:
    """Word beginnings without which this pattern cannot match: the text needs at least one of each tuple."""
    if "|" in _outside_brackets(pattern):
        return []
    while (flatter := INNER.sub("\\1\0", pattern)) != pattern:
        pattern = flatter  # nested brackets only continue an alternative
    ways = [(match.group(1) or match.group(2)).split("|") for match in NEEDED.finditer(pattern)]
    return [starts for several in ways if all(starts := tuple(map(_beginning_of, several)))]


def _beginning_of(way: str) -> str:
    letters = re.match("[a-z]*", way)
    start = letters.group() if letters else ""
    return start[:-1] if way[len(start) : len(start) + 1] in ("?", "*", "{") else start


def _outside_brackets(pattern: str) -> str:
    """The pattern without its brackets and their content."""
    while (shorter := re.sub(r"\([^()]*\)|\[[^\]]*\]", "", pattern)) != pattern:
        pattern = shorter
    return pattern


class PhraseMatcher:
    """Finds any of thousands of phrases in one pass over the tokens."""

    def __init__(self) -> None:
        self.by_first: dict[str, list[tuple[tuple[str, ...], Any]]] = {}

    def add(self, words: Iterable[str], payload: Any) -> None:
        words = tuple(words)
        if words:
            self.by_first.setdefault(words[0], []).append((words, payload))

    def find(self, words: list[str]) -> Iterator[tuple[int, int, Any]]:
        for at, word in enumerate(words):
            for phrase, payload in self.by_first.get(word, ()):
                if len(phrase) == 1 or tuple(words[at : at + len(phrase)]) == phrase:
                    yield at, at + len(phrase), payload


class IndicatorRules:
    def __init__(self, indicators: dict[str, Any], urgent: dict[str, Any]):
        self.aliases: dict[str, str] = {str(k): str(v) for k, v in indicators["aliases"].items()}
        self._plain = Normaliser(self.aliases, {})
        self.labels = {row["id"]: row["label"] for row in indicators["categories"]}
        self.priorities = {row["id"]: row["default_priority"] for row in indicators["categories"]}
        self.phrases, self.terms, self.patterns = PhraseMatcher(), PhraseMatcher(), []
        for row in indicators["categories"]:
            for number, phrase in enumerate(row["phrases"], 1):
                self.phrases.add(self.words(phrase), (f"{row['id']}-{number}", row["id"]))
            for number, pattern in enumerate(row["patterns"], 1):
                plain = re.sub(r"\s+", " ", pattern)
                self.patterns.append((f"{row['id']}-pattern-{number}", row["id"], re.compile(plain)))
        for language, categories in urgent.items():
            for category, entries in categories.items():
                for number, phrase in enumerate((p for entry in entries for p in entry["phrases"]), 1):
                    self.phrases.add(self.words(phrase), (f"{language}-{category}-{number}", category))
        self._load_terms(indicators)
        needed = [required_beginnings(pattern.pattern) for _, _, pattern in self.patterns]
        bits = [(1 << at, starts) for at, starts in enumerate(chain.from_iterable(needed))]
        self._begun = lru_cache(REMEMBERED)(lambda word: sum(bit for bit, starts in bits if word.startswith(starts)))
        bit = iter(bits)
        self._needed = [sum(next(bit)[0] for _ in groups) for groups in needed]

    def _load_terms(self, indicators: dict[str, Any]) -> None:
        for name, terms in indicators["lexicons"].items():
            for term in terms:
                self.terms.add(self.words(str(term)), name)
        for name in CUES:
            for term in indicators["cues"][name]:
                self.terms.add(self.words(str(term)), f"cue:{name}")
        for phrase in indicators["figurative_exclusions"]:
            self.terms.add(self.words(phrase), "figurative")
        self.cooccurrence = indicators["cooccurrence_rules"]

    def words(self, phrase: str) -> list[str]:
        return [token.word for token in self._plain(phrase).tokens]

    def known_words(self) -> set[str]:
        phrases = [*self.phrases.by_first.values(), *self.terms.by_first.values()]
        return {word for group in phrases for phrase, _ in group for word in phrase}

    def match(self, text: NormalisedText) -> tuple[list[RuleMatch], dict[str, list[int]]]:
        """(matches, {lexicon or cue: token places of its terms}). Figurative words are ignored."""
        words = [token.word for token in text.tokens]
        places: dict[str, list[int]] = {}
        figurative: set[int] = set()
        for first, last, name in self.terms.find(words):
            if name == "figurative":
                figurative.update(range(first, last))
            else:
                places.setdefault(name, []).append(first)
        if figurative:
            places = {name: kept for name, at in places.items() if (kept := [i for i in at if i not in figurative])}
            words = ["." if i in figurative else word for i, word in enumerate(words)]
        hits = [
            RuleMatch(rule, category, self.priorities.get(category, "T2"), first, last)
            for first, last, (rule, category) in self.phrases.find(words)
        ]
        hits.extend(self._patterns(" ".join(words) if figurative else text.joined, words))
        hits.extend(self._match_cooccurrences(places))
        return hits, places

    def _patterns(self, joined: str, words: list[str]) -> Iterator[RuleMatch]:
        """Matches of patterns. A pattern is tried only if its required beginnings occur, which is rare."""
        there = -1  # all bits set
        if joined.isascii():
            there = reduce(or_, [self._begun(word[:LONG]) for word in words], 0)
        for at, needed in enumerate(self._needed):
            if needed & ~there:
                continue
            rule, category, pattern = self.patterns[at]
            match = pattern.search(joined)
            if match:
                first = joined.count(" ", 0, match.start())
                last = first + match.group().strip().count(" ") + 1
                yield RuleMatch(rule, category, self.priorities.get(category, "T2"), first, last)

    def _match_cooccurrences(self, places: dict[str, list[int]]) -> Iterator[RuleMatch]:
        there = places.keys()
        for rule in self.cooccurrence:
            needed, optional = rule["all_of"], rule.get("any_of", ())
            if not there >= set(needed) or (optional and there.isdisjoint(optional)):
                continue
            merged = sorted(at for name in optional for at in places.get(name, ()))
            columns = [places[name] for name in needed] + ([merged] if optional else [])
            window = narrowest_range(columns)
            if window and window[1] - window[0] < rule["window"]:
                yield RuleMatch(rule["id"], rule["category"], rule["priority"], window[0], window[1] + 1)


def narrowest_range(columns: list[list[int]]) -> tuple[int, int] | None:
    """The smallest (low, high) that contains a value of every column."""
    events = sorted((at, column) for column, places in enumerate(columns) for at in places)
    counts, low, best = [0] * len(columns), 0, None
    missing = len(columns)
    for high, (at, column) in enumerate(events):
        missing -= counts[column] == 0
        counts[column] += 1
        while not missing:
            start, first = events[low]
            if best is None or at - start < best[1] - best[0]:
                best = (start, events[high][0])
            counts[first] -= 1
            missing += counts[first] == 0
            low += 1
    return best


@cache
def load_indicator_rules() -> IndicatorRules:
    """The indicator rules, loaded on first use."""
    return IndicatorRules(load_yaml_data("indicators.yaml"), load_yaml_data("urgent_phrases.yaml"))
