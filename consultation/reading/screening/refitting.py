"""Refits the learned score with readers' decisions: redacted words, terms that five or more people used, and figures
that compare the new screen with the one in use. Taking it into use is a separate step."""

import io
from dataclasses import replace
from typing import Any, BinaryIO

import numpy as np

from consultation.reading.screening import meaning, training
from consultation.reading.screening.model import Model, read, save, shipped
from consultation.reading.screening.normalise import Normaliser
from consultation.reading.screening.rules import rules
from consultation.reading.screening.training import Row, Scored

PARTS = 3


def refit(texts: list[dict[str, Any]], to: BinaryIO, *, version: str, used: bytes | None) -> dict[str, Any]:
    """Write the artefact to `to`; returns {readers, used_then, authors}, each with n, recall, flag_rate.

    Spelling, vocabularies and the meaning score stay those of the repository's answers. The meaning score holds the
    embedding of each training answer, which would be personal data of its author; only its range and threshold are
    chosen anew."""
    own = training.answers()
    costs = training.spelling(own)
    normalise = Normaliser(rules().aliases, costs)
    rows, learned = training.prepared(own, normalise), training.prepared(texts, normalise)
    fits = training.Learned(rows + learned, _says_of(rows))
    english, others = fits.left_out(training.UNSEEN), fits.left_out(training.OTHERS)
    second = meaning.shipped().version
    known = replace(training.finished(training.fitted(rows + learned), english, others, second), version=version)
    save(to, known.tables, training.facts_of(known, costs, training.vocabularies(own)))
    before = read(io.BytesIO(used)) if used is not None else shipped()
    readers = _unseen(rows, learned)
    return {
        "readers": _figures(readers.rows, _chances(known, readers), known),
        "used_then": _figures(learned, _chances(before, _scored(before, learned)), before),
        "authors": _figures(english.rows, _chances(known, english), known),
    }


def _says_of(rows: list[Row]) -> training.Says:
    """The stored meaning scores of the measured authors, each left out of the fit."""
    known = meaning.shipped().unseen

    def says(*authors: str) -> dict[str, Any]:
        return {a: np.array([known[meaning.mark(r.author, r.text)] for r in rows if r.author == a]) for a in authors}

    return says


def _scored(known: Model, rows: list[Row]) -> Scored:
    """Readers' answers with both scores of this screen. The meaning score was not fitted on them."""
    return Scored(rows, training.logits(known, rows), meaning.shipped().score([row.text for row in rows]))


def _chances(known: Model, scored: Scored) -> list[float]:
    in_step = known.second is not None and known.second.version == meaning.shipped().version
    looked = training.looked_at(scored, known.second if in_step else None)
    return [training.probability(known, float(score)) for score in looked.scores]


def _unseen(rows: list[Row], learned: list[Row]) -> Scored:
    """Readers' answers, each scored by a model without a third of the people, the author among them."""
    people = sorted({row.person for row in learned})
    part = {person: at % PARTS for at, person in enumerate(people)}
    found = []
    for turn in range(PARTS):
        unseen = [row for row in learned if part[row.person] == turn]
        if unseen:
            seen = [row for row in learned if part[row.person] != turn]
            found.append(_scored(training.fitted(rows + seen), unseen))
    return Scored(
        [row for one in found for row in one.rows],
        np.concatenate([one.scores for one in found]),
        np.concatenate([one.meant for one in found]),
    )


def _figures(rows: list[Row], chances: list[float], known: Model) -> dict[str, Any]:
    limits = [known.thresholds["en" if row.language == "en" else "other"] for row in rows]
    flags = [row.plain or c >= t for row, c, t in zip(rows, chances, limits, strict=True)]
    told = [flag for row, flag in zip(rows, flags, strict=True) if row.disclosure]
    return {
        "n": len(flags),
        "recall": round(sum(told) / len(told), 3) if told else None,
        "flag_rate": round(sum(flags) / len(flags), 3) if flags else None,
    }
