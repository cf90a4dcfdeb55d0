"""The learned score: a logistic regression as plain numbers. Nothing is read before the first text, so a web process,
which screens none, never holds it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from math import exp, sqrt
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from consultation.reading.screening.features import BLOCKS, WEIGHTS
from consultation.reading.screening.normalise import Normaliser
from consultation.reading.screening.rules import DATA, rules

ARTEFACT = DATA / "screen.npz"
Table = dict[str, tuple[float, float]]


@dataclass(frozen=True)
class Model:
    """For each block: feature -> (idf, coefficient); and what turns the sum into a probability."""

    tables: dict[str, Table]
    intercept: float
    slope: float
    shift: float
    thresholds: dict[str, float]
    costs: dict[str, float]
    vocabularies: dict[str, frozenset[str]]
    version: str

    def score(self, blocks: dict[str, dict[str, float]]) -> float:
        """The calibrated probability that an answer with these features tells of harm."""
        total = self.intercept + sum(self._block(name, blocks[name]) for name in BLOCKS)
        return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, self.slope * total + self.shift))))

    def _block(self, name: str, found: dict[str, float]) -> float:
        table, dot, square = self.tables[name], 0.0, 0.0
        known = table.get
        for feature, value in found.items():
            entry = known(feature)
            if entry is not None:
                weighed = value * entry[0]
                square += weighed * weighed
                dot += weighed * entry[1]
        if name == "rule":
            return dot * WEIGHTS[name]
        return dot / sqrt(square) * WEIGHTS[name] if square else 0.0

    @cached_property
    def normaliser(self) -> Normaliser:
        return Normaliser(rules().aliases, self.costs)


def save(path: Path | BinaryIO, tables: dict[str, Table], facts: dict[str, Any]) -> None:
    """Strings and half-precision numbers in a fixed order, so that the same data gives the same bytes."""
    arrays: dict[str, Any] = {}
    for name, table in tables.items():
        features = sorted(table)
        arrays[f"{name}_features"] = _packed(features)
        arrays[f"{name}_idf"] = np.array([table[f][0] for f in features], dtype=np.float16)
        arrays[f"{name}_coefficient"] = np.array([table[f][1] for f in features], dtype=np.float16)
    arrays["facts"] = np.frombuffer(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode(), dtype=np.uint8)
    np.savez_compressed(path, **arrays)


def _packed(strings: Iterable[str]) -> Any:
    return np.frombuffer("\n".join(strings).encode(), dtype=np.uint8)


def read(path: Path | BinaryIO) -> Model:
    with np.load(path, allow_pickle=False) as stored:
        facts = json.loads(stored["facts"].tobytes().decode())
        tables: dict[str, Table] = {}
        for name in BLOCKS:
            features = stored[f"{name}_features"].tobytes().decode().split("\n")
            idf, coefficient = stored[f"{name}_idf"].tolist(), stored[f"{name}_coefficient"].tolist()
            tables[name] = dict(zip(features, zip(idf, coefficient, strict=True), strict=True))
    return Model(
        tables=tables,
        intercept=facts["intercept"],
        slope=facts["slope"],
        shift=facts["shift"],
        thresholds=facts["thresholds"],
        costs=facts["costs"],
        vocabularies={name: frozenset(words) for name, words in facts["vocabularies"].items()},
        version=facts["version"],
    )


@cache
def shipped() -> Model:
    """The artefact of the repository, read once, on first use."""
    return read(ARTEFACT)


@dataclass
class _InUse:
    """The one thing that changes while a worker runs: which screen a person took into use."""

    fitted: Model | None = None
    digest: str | None = None


_in_use = _InUse()


def model() -> Model:
    return _in_use.fitted or shipped()


def use(fitted: Model | None, digest: str | None = None) -> None:
    """From now on screen with this one; None: with the repository's."""
    _in_use.fitted, _in_use.digest = fitted, digest


def in_use_digest() -> str | None:
    return _in_use.digest


def digest_of(artefact: bytes) -> str:
    return sha256(artefact).hexdigest()
