"""The learned score, first stage of the screen: a logistic regression. The artefact is loaded with the first text, so
the process that serves respondents never holds it."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from math import exp, sqrt
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from consultation.reading.screening.indicator_rules import DATA, load_indicator_rules
from consultation.reading.screening.score_features import BLOCKS, LONG, REMEMBERED, WEIGHTS, FeatureInput, word_parts
from consultation.reading.screening.text_normalisation import Normaliser

ARTEFACT = DATA / "screen.npz"
URGENCY_ARTEFACT = DATA / "urgency.npz"
FeatureTable = dict[str, tuple[float, float]]


@dataclass(frozen=True)
class FeatureBlock:
    """For each feature its coefficient times idf, and its squared idf, for the sum and the norm. They form one complex
    number, since the dictionary look-up takes the time."""

    both: dict[str, complex]

    @classmethod
    def of(cls, table: FeatureTable) -> "FeatureBlock":
        return cls({f: complex(idf * c, idf * idf) for f, (idf, c) in table.items()})

    def sum(self, found: Iterable[str]) -> complex:
        return sum(filter(None, map(self.both.get, found)), 0j)

    def speaks(self, feature: str) -> float:
        return self.both.get(feature, 0j).real


@dataclass(frozen=True)
class MeaningStage:
    """The second stage: between which uncalibrated scores an answer gets a meaning score, its weight and version."""

    low: float
    high: float
    weight: float
    version: str

    def wanted(self, highest: float, *, plain: bool) -> bool:
        """False for an answer that is flagged anyway or far from the threshold."""
        return not plain and self.low <= highest <= self.high


@dataclass(frozen=True)
class LearnedScore:
    """The screen: {block: {feature: (idf, coefficient)}}, calibration, thresholds and vocabularies."""

    tables: dict[str, FeatureTable]
    intercept: float
    slope: float
    shift: float
    thresholds: dict[str, float]
    costs: dict[str, float]
    vocabularies: dict[str, frozenset[str]]
    version: str
    second: MeaningStage | None = None

    @cached_property
    def blocks(self) -> dict[str, FeatureBlock]:
        return {name: FeatureBlock.of(self.tables[name]) for name in BLOCKS}

    def totals(self, seen: Sequence[FeatureInput]) -> list[float]:
        """The uncalibrated score of each text, computed block by block to stay in the processor's cache."""
        found = [self.intercept] * len(seen)
        for name, look in BLOCKS.items():
            weight, add = WEIGHTS[name], self.blocks[name].sum
            for at, one in enumerate(seen):
                both = sum(map(self.of_word, set(one.words)), 0j) if name == "char" else add(look(one))
                found[at] += weight * (both.real / sqrt(both.imag) if name != "rule" and both.imag else both.real)
        return found

    def chance(self, total: float) -> float:
        """The calibrated probability that the answer tells of harm."""
        return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, self.slope * total + self.shift))))

    @cached_property
    def of_word(self) -> Callable[[str], complex]:
        """The sum of a word's parts, cached for frequent words."""
        add = self.blocks["char"].sum
        remembered = lru_cache(REMEMBERED)(lambda word: add(word_parts(word)))
        return lambda word: remembered(word) if len(word) < LONG else add(word_parts(word))

    @cached_property
    def text_normaliser(self) -> Normaliser:
        return Normaliser(load_indicator_rules().aliases, self.costs)


def save_score(path: Path | BinaryIO, tables: dict[str, FeatureTable], facts: dict[str, Any]) -> None:
    """Write strings and half-precision floats in a fixed order, so that the same data gives the same bytes."""
    arrays: dict[str, Any] = {}
    for name, table in tables.items():
        features = sorted(table)
        arrays[f"{name}_features"] = np.frombuffer("\n".join(features).encode(), dtype=np.uint8)
        arrays[f"{name}_idf"] = np.array([table[f][0] for f in features], dtype=np.float16)
        arrays[f"{name}_coefficient"] = np.array([table[f][1] for f in features], dtype=np.float16)
    arrays["facts"] = np.frombuffer(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode(), dtype=np.uint8)
    np.savez_compressed(path, **arrays)


def load_score(path: Path | BinaryIO) -> LearnedScore:
    with np.load(path, allow_pickle=False) as stored:
        facts = json.loads(stored["facts"].tobytes().decode())
        tables: dict[str, FeatureTable] = {}
        for name in BLOCKS:
            features = stored[f"{name}_features"].tobytes().decode().split("\n")
            idf, coefficient = stored[f"{name}_idf"].tolist(), stored[f"{name}_coefficient"].tolist()
            tables[name] = dict(zip(features, zip(idf, coefficient, strict=True), strict=True))
    plain = {name: facts[name] for name in ("intercept", "slope", "shift", "thresholds", "costs", "version")}
    vocabularies = {name: frozenset(words) for name, words in facts["vocabularies"].items()}
    second = MeaningStage(**facts["second"]) if facts.get("second") else None
    return LearnedScore(tables=tables, vocabularies=vocabularies, second=second, **plain)


@cache
def shipped_score() -> LearnedScore:
    """The repository's artefact, loaded on first use."""
    return load_score(ARTEFACT)


@cache
def shipped_urgency() -> LearnedScore:
    """The score of urgency: a model of T1 beside the screen's, of the same features. Readers' decisions do not refit it."""
    return load_score(URGENCY_ARTEFACT)


@dataclass
class _ScoreInUse:
    """The screen that a person took into use: the only state that changes while a worker runs."""

    fitted: LearnedScore | None = None
    digest: str | None = None


_in_use = _ScoreInUse()


def score_in_use() -> LearnedScore:
    return _in_use.fitted or shipped_score()


def use_score(fitted: LearnedScore | None, digest: str | None = None) -> None:
    """Screen with this one from now on; None: with the repository's."""
    _in_use.fitted, _in_use.digest = fitted, digest


def in_use_digest() -> str | None:
    return _in_use.digest


def artefact_digest(artefact: bytes) -> str:
    return sha256(artefact).hexdigest()
