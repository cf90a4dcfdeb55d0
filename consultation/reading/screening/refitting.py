"""Fits the screen again with what readers decided: redacted words, terms that five people or more used, and figures
that set the new one beside the one in use. Nothing here takes anything into use."""

import io
from dataclasses import replace
from typing import Any, BinaryIO

import numpy as np

from consultation.reading.screening import training
from consultation.reading.screening.model import Model, read, save, shipped
from consultation.reading.screening.normalise import Normaliser
from consultation.reading.screening.rules import rules
from consultation.reading.screening.training import Row, Scored

PARTS = 3


def refit(texts: list[dict[str, Any]], to: BinaryIO, *, version: str, used: bytes | None) -> dict[str, Any]:
    """Write the artefact to `to`; returns {readers, used_then, authors}, each with n, recall, flag_rate.

    Spelling and vocabularies stay those of the repository's answers: they are lists of words, and nobody's here."""
    own = training.answers()
    costs = training.spelling(own)
    normalise = Normaliser(rules().aliases, costs)
    rows, learned = training.prepared(own, normalise), training.prepared(texts, normalise)
    english, others = training.left_out(rows + learned, training.UNSEEN), training.folded(rows + learned)
    known = replace(training.finished(training.fitted(rows + learned), english, others), version=version)
    save(to, known.tables, training.facts_of(known, costs, training.vocabularies(own)))
    before = read(io.BytesIO(used)) if used is not None else shipped()
    readers = _unseen(rows, learned)
    return {
        "readers": _figures(readers.rows, _chances(known, readers), known),
        "used_then": _figures(learned, [before.score(row.blocks) for row in learned], before),
        "authors": _figures(english.rows, _chances(known, english), known),
    }


def _chances(known: Model, scored: Scored) -> list[float]:
    return [training.probability(known, float(score)) for score in scored.scores]


def _unseen(rows: list[Row], learned: list[Row]) -> Scored:
    """Readers' answers, each scored by a model of all people but a third of them, hers or his among these."""
    people = sorted({row.person for row in learned})
    part = {person: at % PARTS for at, person in enumerate(people)}
    found: list[Row] = []
    scores: list[Any] = []
    for turn in range(PARTS):
        unseen = [row for row in learned if part[row.person] == turn]
        if unseen:
            seen = [row for row in learned if part[row.person] != turn]
            scores.append(training.logits(training.fitted(rows + seen), unseen))
            found += unseen
    return Scored(found, np.concatenate(scores))


def _figures(rows: list[Row], chances: list[float], known: Model) -> dict[str, Any]:
    limits = [known.thresholds["en" if row.language == "en" else "other"] for row in rows]
    flags = [row.plain or c >= t for row, c, t in zip(rows, chances, limits, strict=True)]
    told = [flag for row, flag in zip(rows, flags, strict=True) if row.disclosure]
    return {
        "n": len(flags),
        "recall": round(sum(told) / len(told), 3) if told else None,
        "flag_rate": round(sum(flags) / len(flags), 3) if flags else None,
    }
