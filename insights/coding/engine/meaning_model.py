"""Theme scores by meaning: ridge regression on a text's embeddings, added to the score by words.

The look at English texts uses the English embedding beside the multilingual one; the look at any text uses the
multilingual one, and alone it codes texts in languages that this encoder knows and the word model does not. Both cost
far more than words, so only workers use them. They store weights of embedding dimensions, never an answer.
"""

from dataclasses import dataclass

import numpy as np

from insights.coding.engine.calibration import ENOUGH, fit_curves_and_cuts
from insights.coding.engine.english_encoder import can_encode, embed_english_with_peaks
from insights.coding.engine.multilingual_encoder import embed_meaning

LANGUAGES = ("ar", "pl")  # languages of answers that the multilingual encoder knows; measured in NOTES.md
CODEBOOK = 0.5  # weight of a codebook phrase relative to a coded answer
MIDDLE = 0.4  # of predictions between 0 and 1; the weights scale these to the score by words
WEIGHT, RIDGE = 4.0, 0.3
MANY, ENGLISH_WEIGHT, ENGLISH_RIDGE = 1000, 6.0, 1.0  # the English look weighs more from this many coded answers on
RARE = 0.2  # power of a theme's imbalance by which answers with the theme weigh more
CODEBOOK_MIDDLE, CODEBOOK_RIDGE = 0.15, 1.0  # of the English look without coded answers
INTERCEPT = 10.0  # value of the constant column: so large that the ridge hardly shrinks its weight


@dataclass
class Look:
    weights: np.ndarray  # embedding dimensions x themes
    offsets: np.ndarray  # of themes
    curves: np.ndarray  # calibration of the joint score; `alone_`: of the score by meaning
    cuts: np.ndarray
    alone_curves: np.ndarray | None = None
    alone_cuts: np.ndarray | None = None

    def scores(self, rows):
        return rows @ self.weights + self.offsets


@dataclass
class MeaningModel:
    any_text: Look | None = None  # needs coded answers
    english: Look | None = None  # needs the English encoder

    def look_at(self, texts):
        """Yield (look, places of the texts that it is for, their scores)."""
        english = self.english is not None
        read = np.array([english and can_encode(text) for text in texts], dtype=bool)
        for look, places in ((self.english, np.flatnonzero(read)), (self.any_text, np.flatnonzero(~read))):
            if look is not None and len(places):
                some = [texts[at] for at in places]
                embed = embed_twice if look is self.english else embed_meaning
                yield look, places, look.scores(embed(some))

    def scores_alone(self, texts):
        return self.any_text.scores(embed_meaning(texts))

    def to_arrays(self):
        """{"look-part": array}."""
        looks = [(name, vars(look)) for name, look in vars(self).items() if look]
        return {f"{name}-{part}": value for name, look in looks for part, value in look.items() if value is not None}

    @classmethod
    def from_arrays(cls, arrays):
        """The model of `to_arrays`; arrays of other names are passed over."""
        looks = {}
        for name in arrays:
            look, found, part = name.partition("-")
            if found:
                looks.setdefault(look, {})[part] = arrays[name]
        return cls(**{look: Look(**parts) for look, parts in looks.items()}) if looks else None


@dataclass
class CodedTexts:
    """Texts with their themes: the codebook's, or coded answers."""

    texts: list
    hits: np.ndarray  # texts x themes
    folds: np.ndarray | None = None  # of answers
    drawn: np.ndarray | None = None  # which answers set curves and thresholds
    rows: np.ndarray | None = None  # embeddings

    def only(self, kept):
        texts = [text for text, one in zip(self.texts, kept, strict=True) if one]
        return CodedTexts(texts, self.hits[kept], self.folds[kept], self.drawn[kept])


def fit_meaning_model(own, answers, first):
    """(model, held-out joint scores of the answers). `own`: the codebook's texts; `first`: held-out scores by words."""
    own.rows, answers.rows = embed_meaning(own.texts), embed_meaning(answers.texts)
    look, alone = _fit_look(own, answers, first, WEIGHT, _fit_ridge)
    look.alone_curves, look.alone_cuts = fit_curves_and_cuts(alone[answers.drawn], answers.hits[answers.drawn])
    model, joint = MeaningModel(look), first + alone
    read = np.array([can_encode(text) for text in answers.texts], dtype=bool)
    if (read & answers.drawn).sum() >= ENOUGH:
        some = answers.only(read)
        own.rows, some.rows = embed_twice(own.texts), embed_twice(some.texts)
        weight = ENGLISH_WEIGHT if len(some.texts) >= MANY else WEIGHT
        model.english, alone = _fit_look(own, some, first[read], weight, _fit_balanced_ridge)
        joint[read] = first[read] + alone
    return model, joint


def fit_codebook_look(own, counts, curves, cuts):
    """The model without coded answers: the English look alone."""
    goals = own.hits.astype(float)
    weights, offsets = _fit_ridge(embed_twice(own.texts).astype(float), goals, counts, CODEBOOK_RIDGE)
    return MeaningModel(english=_scale_look(weights, offsets - CODEBOOK_MIDDLE, WEIGHT, (curves, cuts)))


def embed_twice(texts):
    """Multilingual and English embeddings side by side, the English ones with their peaks."""
    return np.hstack([embed_meaning(texts), embed_english_with_peaks(texts)])


def _fit_look(own, answers, first, weight, fit_weights):
    """(look, held-out scores by meaning of the answers)."""
    rows = np.vstack([own.rows, answers.rows]).astype(float)
    goals = np.vstack([own.hits, answers.hits]).astype(float)
    counts = np.r_[np.full(len(own.texts), CODEBOOK), np.ones(len(answers.texts))]
    alone = np.zeros_like(first)
    for fold in np.unique(answers.folds):
        held = np.r_[np.zeros(len(own.texts), dtype=bool), answers.folds == fold]
        weights, offsets = fit_weights(rows[~held], goals[~held], counts[~held])
        alone[answers.folds == fold] = weight * (rows[held] @ weights + offsets - MIDDLE)
    weights, offsets = fit_weights(rows, goals, counts)
    fitted = fit_curves_and_cuts((first + alone)[answers.drawn], answers.hits[answers.drawn])
    return _scale_look(weights, offsets - MIDDLE, weight, fitted), alone


def _scale_look(weights, offsets, weight, fitted):
    return Look((weight * weights).astype(np.float32), weight * offsets, *fitted)


def _fit_ridge(rows, goals, counts, ridge=RIDGE):
    middle, usual = np.average(rows, axis=0, weights=counts), np.average(goals, axis=0, weights=counts)
    turned = (rows - middle) * counts[:, None]
    square = turned.T @ (rows - middle) + ridge * np.eye(rows.shape[1])
    weights = np.linalg.solve(square, turned.T @ (goals - usual))
    return weights, usual - middle @ weights


def _fit_balanced_ridge(rows, goals, counts):
    """Ridge regression a theme, in which answers with the theme weigh more the rarer it is. In the axes of all rows each
    theme adds its own answers alone (Woodbury’s identity): one decomposition for all themes, a small system for each."""
    rows = np.c_[rows, np.full(len(rows), INTERCEPT)]
    sizes, axes = np.linalg.eigh((rows * counts[:, None]).T @ rows)
    turned, weights = rows @ axes, np.zeros((rows.shape[1], goals.shape[1]))
    for theme in np.flatnonzero(goals.any(axis=0)):
        with_theme = goals[:, theme] > 0
        mine, others = counts[with_theme].sum(), counts[~with_theme].sum()
        raised = (max(others, 1) / mine) ** RARE
        scale = counts.sum() / (others + raised * mine)
        some, more = turned[with_theme], scale * (raised - 1) * counts[with_theme]
        goal, penalised = scale * raised * counts[with_theme] @ some, scale * sizes + ENGLISH_RIDGE
        if len(some) > len(sizes):
            weights[:, theme] = np.linalg.solve(np.diag(penalised) + (some.T * more) @ some, goal)
        else:
            spread = some / penalised
            inner = np.eye(len(some)) + more[:, None] * (spread @ some.T)
            weights[:, theme] = goal / penalised - spread.T @ np.linalg.solve(inner, more * (spread @ goal))
    weights = axes @ weights
    return weights[:-1], INTERCEPT * weights[-1]
