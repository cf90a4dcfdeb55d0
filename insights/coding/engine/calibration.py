"""Calibration of scores to probabilities, and thresholds, both learned on held-out folds."""

import numpy as np

ENOUGH = 60  # coded answers that cross-validation needs, and that were drawn at random to leave out the others
FEW = 10  # coded answers of a theme below which the pooled curve of all themes is used
SHRINK = 40
STEPS = 3
LIKELY_ENOUGH = (0.15, 0.5)
SURE = 0.995  # highest confidence of a proposal


def sigmoid(scores):
    return 1 / (1 + np.exp(-np.clip(scores, -30, 30)))


def to_log_odds(scores, curves):
    return scores * curves[:, 0] + curves[:, 1]


def to_probabilities(log_odds):
    return np.clip(sigmoid(log_odds), 1 - SURE, SURE)


def calibrate(scores, curves):
    """Probabilities of scores, texts x themes."""
    return to_probabilities(to_log_odds(scores, curves))


def pick_answers_to_set_by(at_random):
    """Which answers may set curves and thresholds: those drawn at random where enough were, since a quota a theme would
    make its themes look common; else all."""
    return at_random if at_random.sum() >= ENOUGH else np.ones_like(at_random)


def fit_platt_curve(scores, hits, steps=50, ridge=1e-2):
    """(slope, offset) of the logistic curve through 0/1 hits, by Newton's method, towards slope 1 and offset 0."""
    design = np.c_[scores, np.ones(len(scores))]
    weights = np.array([1.0, 0.0])
    for _ in range(steps):
        p = sigmoid(design @ weights)
        gradient = design.T @ (p - hits) + ridge * (weights - [1.0, 0.0])
        curve = (design * (p * (1 - p))[:, None]).T @ design + ridge * np.eye(2)
        step = np.linalg.solve(curve, gradient)
        weights = weights - np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-6:
            break
    return max(weights[0], 0.05), weights[1]


def fit_calibration_curves(scores, hits):
    """themes x (slope, offset); a theme with few coded answers is drawn towards the pooled curve."""
    pooled = np.array(fit_platt_curve(scores.ravel(), hits.ravel()))
    curves = np.tile(pooled, (scores.shape[1], 1))
    for theme in np.flatnonzero(hits.sum(axis=0) >= FEW):
        share = hits[:, theme].sum() / (hits[:, theme].sum() + FEW)
        curves[theme] = share * np.array(fit_platt_curve(scores[:, theme], hits[:, theme])) + (1 - share) * pooled
    return curves


class _ThresholdCandidates:
    """Every possible threshold of one theme, with its number of proposals and of correct proposals."""

    def __init__(self, scores, hits, highest):
        order = np.argsort(-scores)
        found = np.r_[0, np.cumsum(hits[order])]
        ranked = scores[order]
        places = np.r_[ranked[0] + 1, (ranked[:-1] + ranked[1:]) / 2, ranked[-1] - 1]
        usable = (np.arange(len(places)) <= highest) & np.r_[True, np.diff(ranked) < -1e-9, True]
        self.right, self.proposed, self.place = found[usable], np.arange(len(places))[usable], places[usable]
        self.f1 = 2 * self.right / (self.proposed + hits.sum() + 1e-9)


def choose_thresholds(scores, hits, default, micro_share=0.5):
    """A threshold a theme that maximises micro and macro F1 together, drawn to the default where answers are few."""
    total, themes = hits.sum(), scores.shape[1]
    cuts = [_ThresholdCandidates(scores[:, t], hits[:, t], max(60, 6 * int(hits[:, t].sum()))) for t in range(themes)]
    chosen = [cut.f1.argmax() for cut in cuts]
    for _ in range(STEPS):
        right = sum(cut.right[at] for cut, at in zip(cuts, chosen, strict=True))
        proposed = sum(cut.proposed[at] for cut, at in zip(cuts, chosen, strict=True))
        for t, cut in enumerate(cuts):
            right, proposed = right - cut.right[chosen[t]], proposed - cut.proposed[chosen[t]]
            micro = 2 * (right + cut.right) / (proposed + cut.proposed + total)
            gain = micro_share * micro + (1 - micro_share) * cut.f1 / themes
            chosen[t] = _smooth_values(gain).argmax()
            right, proposed = right + cut.right[chosen[t]], proposed + cut.proposed[chosen[t]]
    best = np.array([cut.place[at] for cut, at in zip(cuts, chosen, strict=True)])
    trust = hits.sum(axis=0) / (hits.sum(axis=0) + SHRINK)
    return default + trust * (best - default)


def bound_thresholds(cuts, curves):
    """Thresholds limited to calibrated probabilities within LIKELY_ENOUGH: none below 0.15 is proposed, all above 0.5
    are."""
    lowest, highest = (np.log(p / (1 - p)) for p in LIKELY_ENOUGH)
    return np.clip(cuts, (lowest - curves[:, 1]) / curves[:, 0], (highest - curves[:, 1]) / curves[:, 0])


def fit_curves_and_cuts(scores, hits):
    """(calibration curves, bounded thresholds) of held-out scores."""
    curves = fit_calibration_curves(scores, hits)
    return curves, bound_thresholds(choose_thresholds(scores, hits, default=0.0), curves)


def _smooth_values(values, width=7):
    if len(values) <= 2 * width:
        return values
    edge = width // 2
    padded = np.r_[[values[0]] * edge, values, [values[-1]] * edge]
    return np.convolve(padded, np.ones(width) / width, "valid")
