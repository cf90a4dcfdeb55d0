"""Accuracy of a model on held-out answers, from the cross-validation folds of its own fit.

Each fold is scored by a model of the other folds, with their thresholds and calibration, so that no parameter has seen
the labels that judge it. A person's answers share a fold.
"""

import numpy as np

from insights.coding.engine import calibration

COUNTED = 10  # coded answers that a theme needs for a figure
RESAMPLES = 200
STEPS = 5  # bins of the probability scale
FEW = 20  # proposals that a bin needs to be shown


def compute_held_out_figures(themes, scores, answers, who):
    """Figures of held-out scores, over the answers that set curves and thresholds."""
    drawn = answers.drawn
    proposed, likely = (found[drawn] for found in predict_held_out(scores, answers))
    hits, who = answers.hits[drawn], np.unique(who[drawn], return_inverse=True)[1]
    counted = np.flatnonzero(hits.sum(axis=0) >= COUNTED)
    if not len(counted):
        return {}
    right, said, true = (_sum_by_person(one[:, counted], who) for one in (hits * proposed, proposed, hits))
    micro, macro = _micro_and_macro_f1(*(one.sum(axis=0, keepdims=True) for one in (right, said, true)))
    low, high = _bootstrap_interval(right, said, true)
    by_theme = (2 * right.sum(axis=0) / np.maximum(said.sum(axis=0) + true.sum(axis=0), 1)).tolist()
    return {
        "answers": len(hits),
        "themes": len(counted),
        "micro_f1": round(float(micro[0]), 3),
        "macro_f1": round(float(macro[0]), 3),
        "micro_f1_interval": [low[0], high[0]],
        "macro_f1_interval": [low[1], high[1]],
        "calibration_error": calibration_error(likely, hits, proposed),
        "calibration": calibration_frequencies(likely, hits, proposed),
        "of_theme": {themes[at]: round(f1, 2) for at, f1 in zip(counted, by_theme, strict=True)},
    }


def predict_held_out(scores, answers):
    """(proposed, probability), answers x themes, each by parameters of the other folds."""
    proposed, likely = np.zeros_like(answers.hits), np.zeros(answers.hits.shape)
    for fold in np.unique(answers.folds):
        own, rest = answers.folds == fold, (answers.folds != fold) & answers.drawn
        curves, cuts = calibration.fit_curves_and_cuts(scores[rest], answers.hits[rest])
        proposed[own] = scores[own] >= cuts
        likely[own] = calibration.calibrate(scores[own], curves)
    return proposed, likely


def _sum_by_person(values, who):
    found = np.zeros((who.max() + 1, values.shape[1]))
    np.add.at(found, who, values)
    return found


def _micro_and_macro_f1(right, said, true):
    """(micro F1, macro F1) for each row of sums a theme."""
    micro = 2 * right.sum(axis=1) / np.maximum(said.sum(axis=1) + true.sum(axis=1), 1)
    return micro, (2 * right / np.maximum(said + true, 1)).mean(axis=1)


def _bootstrap_interval(right, said, true):
    """[low, high], each (micro, macro): 95% bootstrap intervals over people."""
    people = len(right)
    draws = np.random.default_rng(0).multinomial(people, np.full(people, 1 / people), RESAMPLES)
    found = np.array(_micro_and_macro_f1(draws @ right, draws @ said, draws @ true))
    return np.percentile(found, [2.5, 97.5], axis=1).round(3).tolist()


def _calibration_parts(likely, hits, proposed):
    """[(mean probability, share correct, number of proposals)] for each bin of probability."""
    said, right = likely[proposed == 1], hits[proposed == 1]
    part = np.minimum((said * STEPS).astype(int), STEPS - 1)
    return [(said[part == at].mean(), right[part == at].mean(), int((part == at).sum())) for at in np.unique(part)]


def calibration_error(likely, hits, proposed):
    """Expected calibration error of proposals (0 to 1); None without proposals."""
    parts = _calibration_parts(likely, hits, proposed)
    total = sum(many for _, _, many in parts)
    return round(float(sum(abs(said - right) * many for said, right, many in parts) / total), 3) if total else None


def calibration_frequencies(likely, hits, proposed):
    return [
        {"said": round(float(said), 2), "right": round(float(right), 2)}
        for said, right, many in _calibration_parts(likely, hits, proposed)
        if many >= FEW
    ]
