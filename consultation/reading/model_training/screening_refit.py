"""Refits the learned score with readers' decisions: redacted words, terms that five or more people used, and figures
that compare the new screen with the one in use. Taking it into use is a separate step."""

import io
from dataclasses import replace
from typing import Any, BinaryIO

import numpy as np

from consultation.reading.model_training import screening_training
from consultation.reading.model_training.screening_training import ScoredAnswers, TrainingAnswer
from consultation.reading.screening import meaning_score
from consultation.reading.screening.indicator_rules import load_indicator_rules
from consultation.reading.screening.learned_score import LearnedScore, load_score, save_score, shipped_score
from consultation.reading.screening.text_normalisation import Normaliser

PARTS = 3


def refit_screen(texts: list[dict[str, Any]], to: BinaryIO, *, version: str, used: bytes | None) -> dict[str, Any]:
    """Write the artefact to `to`; returns {readers, used_then, authors}, each with n, recall, flag_rate.

    Spelling, vocabularies and the meaning score stay those of the repository's answers. The meaning score holds the
    embedding of each training answer, which would be personal data of its author; only its range and threshold are
    chosen anew."""
    own = screening_training.load_answers()
    costs = screening_training.spelling_costs(own)
    normalise = Normaliser(load_indicator_rules().aliases, costs)
    rows, learned = (screening_training.prepare_answers(found, normalise) for found in (own, texts))
    fits = screening_training.LeaveAuthorsOut(rows + learned, _stored_meaning_scores(rows))
    english, others = fits.left_out(screening_training.UNSEEN), fits.left_out(screening_training.OTHERS)
    second = meaning_score.shipped_meaning().version
    fitted = screening_training.fit_score(rows + learned)
    known = replace(screening_training.calibrate_score(fitted, english, others, second), version=version)
    vocabularies = screening_training.build_vocabularies(own)
    save_score(to, known.tables, screening_training.artefact_facts(known, costs, vocabularies))
    before = load_score(io.BytesIO(used)) if used is not None else shipped_score()
    readers = _score_by_thirds(rows, learned)
    return {
        "readers": _measure_flags(readers.rows, _harm_probabilities(known, readers), known),
        "used_then": _measure_flags(learned, _harm_probabilities(before, _score_answers(before, learned)), before),
        "authors": _measure_flags(english.rows, _harm_probabilities(known, english), known),
    }


def _stored_meaning_scores(rows: list[TrainingAnswer]) -> screening_training.MeaningScores:
    """The stored meaning scores of the measured authors, each left out of the fit."""
    known = meaning_score.shipped_meaning().unseen

    def says(*authors: str) -> dict[str, Any]:
        return {
            a: np.array([known[meaning_score.answer_mark(r.author, r.text)] for r in rows if r.author == a])
            for a in authors
        }

    return says


def _score_answers(known: LearnedScore, rows: list[TrainingAnswer]) -> ScoredAnswers:
    """Readers' answers with both scores of this screen. The meaning score was not fitted on them."""
    meant = meaning_score.shipped_meaning().score([row.text for row in rows])
    return ScoredAnswers(rows, screening_training.score_logits(known, rows), meant)


def _harm_probabilities(known: LearnedScore, scored: ScoredAnswers) -> list[float]:
    in_step = known.second is not None and known.second.version == meaning_score.shipped_meaning().version
    looked = screening_training.apply_meaning_stage(scored, known.second if in_step else None)
    return [screening_training.calibrated_probability(known, float(score)) for score in looked.scores]


def _score_by_thirds(rows: list[TrainingAnswer], learned: list[TrainingAnswer]) -> ScoredAnswers:
    """Readers' answers, each scored by a model without a third of the people, the author among them."""
    people = sorted({row.person for row in learned})
    part = {person: at % PARTS for at, person in enumerate(people)}
    found = []
    for turn in range(PARTS):
        unseen = [row for row in learned if part[row.person] == turn]
        if unseen:
            seen = [row for row in learned if part[row.person] != turn]
            found.append(_score_answers(screening_training.fit_score(rows + seen), unseen))
    return ScoredAnswers.join_parts(found)


def _measure_flags(rows: list[TrainingAnswer], chances: list[float], known: LearnedScore) -> dict[str, Any]:
    limits = [known.thresholds["en" if row.language == "en" else "other"] for row in rows]
    flags = [row.plain or c >= t for row, c, t in zip(rows, chances, limits, strict=True)]
    told = [flag for row, flag in zip(rows, flags, strict=True) if row.disclosure]
    return {
        "n": len(flags),
        "recall": round(sum(told) / len(told), 3) if told else None,
        "flag_rate": round(sum(flags) / len(flags), 3) if flags else None,
    }
