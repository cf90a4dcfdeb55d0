"""The theme model: for each theme a linear model over words, n-grams, concept groups and the question.

It can be fitted on the codebook alone, and learns from confirmed codes. Experiments: NOTES.md.
"""

import io
import json
from dataclasses import dataclass, field

import numpy as np

from insights.coding.engine import calibration, codebook_seeds, cross_validation, english_encoder, meaning_model
from insights.coding.engine.calibration import ENOUGH, calibrate, to_log_odds, to_probabilities
from insights.coding.engine.long_answers import WHOLE, LongAnswers
from insights.coding.engine.meaning_model import CodedTexts, MeaningModel
from insights.coding.engine.remembered_rows import remember_rows
from insights.coding.engine.text_features import CHUNK, TextFeatures, TokenBatch, build_count_matrix, tokenise_texts
from insights.coding.engine.word_tokens import load_concepts

FORMAT = 3
PEOPLE = 5  # a term stays in a model only when this many people used it
STRENGTH = 2.0  # inverse regularisation from the codebook alone; twice that with coded answers
PROFILE = 6.0  # weight of concept profiles without coded answers
BEFORE_CODES = 0.0  # score threshold without enough coded answers
FOLDS = 4
START_CURVE = (0.83, -1.33)  # slope, offset; pooled over the NHS comments
NEAR_ENOUGH = 1e-3  # tolerance of a fit; 1e-4 changes no score by more than 0.001
BECAUSE = 3


@dataclass(frozen=True)
class ThemeProposal:
    theme: str
    confidence: float
    because: tuple


class ThemeModel:
    second = None  # a MeaningModel, where fitted with one
    figures: dict = {}  # noqa: RUF012 - held-out figures, by cross-validation
    held_out: tuple = ()  # proposals for each example by cross-validation: none has learned from its own codes

    def __init__(self, themes, features, weights, intercepts, curves, cuts, seen):
        self.themes, self.features = list(themes), features
        self.weights, self.intercepts = weights, intercepts
        self.curves, self.cuts, self.seen = curves, cuts, seen

    @classmethod
    def fit(cls, codebook, examples=(), people=PEOPLE, second_look=False):
        """Fit from codebook rows (dicts) and confirmed examples: (text, question, themes[, person[, random]]). The
        answers of one person share a fold and count once for a word. All examples teach; where enough are `random`
        (drawn at random, as they are unless said), these alone set curves and thresholds."""
        entries = codebook_seeds.complete_seeds([codebook_seeds.build_theme_seed(row) for row in codebook])
        with remember_rows():
            return _ThemeModelFit(entries, list(examples), people).build_model(second_look)

    def known(self, texts):
        """The share of each text's words that this model knows; a low share means an unknown language."""
        return self.features.known(tokenise_texts(texts))

    def _score_batch(self, batch, questions):
        return self.features.transform_batch(batch, questions) @ self.weights + self.intercepts

    def propose_themes(self, texts, questions=None, look_twice=False):
        """For each text its proposals, most likely first, each with the causing words. `look_twice` adds scores by
        meaning, if the model was fitted with them, at fifty times the cost."""
        questions, found = questions or [""] * len(texts), []
        for at in range(0, len(texts), CHUNK):
            part = slice(at, at + CHUNK)
            found += self._propose_themes(list(texts[part]), list(questions[part]), look_twice)
        return found

    @property
    def can_propose_by_meaning(self):
        return self.second is not None and self.second.any_text is not None

    def propose_by_meaning(self, texts):
        """Proposals by meaning alone, without causing words, for texts in a language of `meaning_model.LANGUAGES`."""
        look, scores = self.second.any_text, self.second.scores_alone(texts)
        likely = calibrate(scores, look.alone_curves)
        return self._sort_proposals(scores >= look.alone_cuts, likely, lambda text, theme: ())

    def decide(self, texts, questions=None, look_twice=False):
        """(proposed, probability), arrays texts x themes."""
        reading = self._read_answers(texts, questions or [""] * len(texts), look_twice)
        return reading.margins >= 0, reading.probabilities()

    def _read_answers(self, texts, questions, look_twice):
        """The reading of answers: of a long one also by its sentences."""
        reading, long = self._read_whole(texts, questions, look_twice), LongAnswers(texts, questions)
        if long.sentences:
            reading.sentences = self._read_whole(long.sentences, long.questions, look_twice)
            reading.nearest = long.nearest_sentences(reading.sentences.margins)
            for at, sentences in reading.nearest.items():
                best = reading.sentences.margins[sentences, np.arange(len(sentences))]
                reading.margins[at] = WHOLE * reading.margins[at] + (1 - WHOLE) * best
        return reading

    def _read_whole(self, texts, questions, look_twice):
        batch = tokenise_texts(texts)
        scores = self._score_batch(batch, questions)
        odds, least = to_log_odds(scores, self.curves), np.tile(to_log_odds(self.cuts, self.curves), (len(scores), 1))
        for look, places, meant in self.second.look_at(texts) if look_twice and self.second else ():
            odds[places] = to_log_odds(scores[places] + meant, look.curves)
            least[places] = to_log_odds(look.cuts, look.curves)
        return _Reading(batch, odds - least, least)

    def _propose_themes(self, texts, questions, look_twice):
        reading = self._read_answers(texts, questions, look_twice)
        causes = _Causes(self, reading.batch)
        of_sentences = _Causes(self, reading.sentences.batch) if reading.sentences else None

        def because(text, theme):
            if text in reading.nearest:
                return of_sentences.list_phrases(reading.nearest[text][theme], theme)
            return causes.list_phrases(text, theme)

        return self._sort_proposals(reading.margins >= 0, reading.probabilities(), because)

    def _sort_proposals(self, proposed, likely, because):
        found = [[] for _ in proposed]
        for text, theme in zip(*np.nonzero(proposed), strict=True):
            confidence = round(float(likely[text, theme]), 4)
            found[text].append(ThemeProposal(self.themes[theme], confidence, because(text, theme)))
        return [sorted(proposals, key=lambda one: -one.confidence) for proposals in found]

    def to_bytes(self):
        """An npz of arrays and JSON, not a pickle: loading a model from a row must never run code."""
        names, arrays = self.features.to_arrays()
        about = names | {"format": FORMAT, "themes": self.themes, "seen": self.seen}
        file = io.BytesIO()
        np.savez_compressed(
            file,
            about=np.frombuffer(json.dumps(about).encode(), dtype=np.uint8),
            weights=self.weights.astype(np.float16),
            intercepts=self.intercepts,
            curves=self.curves,
            cuts=self.cuts,
            **arrays,
            **(self.second.to_arrays() if self.second else {}),
        )
        return file.getvalue()

    @classmethod
    def from_bytes(cls, data):
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        about = json.loads(arrays["about"].tobytes())
        if about["format"] != FORMAT:
            raise ValueError("This model was fitted by another version of the engine: fit it again.")
        features = TextFeatures.from_arrays(about, arrays)
        weights = arrays["weights"].astype(np.float32)
        model = cls(
            about["themes"], features, weights, arrays["intercepts"], arrays["curves"], arrays["cuts"], about["seen"]
        )
        model.second = MeaningModel.from_arrays(arrays)
        return model


@dataclass
class _Reading:
    """What a model finds in texts, in calibrated log-odds, texts x themes."""

    batch: TokenBatch
    margins: np.ndarray  # over the thresholds
    least: np.ndarray  # the thresholds
    sentences: "_Reading | None" = None  # of the long answers
    nearest: dict = field(default_factory=dict)  # {long answer: the nearest sentence of each theme}

    def probabilities(self):
        return to_probabilities(self.margins + self.least)


class _Causes:
    """Which words of a text made a theme likely, by an approximation of what each adds."""

    def __init__(self, model, batch):
        self.batch, self.voices = batch, _word_scores(model, batch)

    def list_phrases(self, text, theme):
        return _causing_phrases(self.batch.written[text], self.voices[self.batch.numbers[text], theme])


def _word_scores(model, batch):
    """words x themes: the contribution of a word, its n-grams and concept groups to each theme's score."""
    own = model.features
    names = np.array([own.word_at.get(word, -1) for word in batch.words], dtype=np.int64)
    words = np.where((names >= 0)[:, None], (model.weights[names] * own.word_idf[names][:, None]), 0)
    start, end = len(own.words), own.concept_start
    grams = own.word_grams(batch.words) @ (model.weights[start:end] * own.gram_idf[:, None])
    groups = [load_concepts().of_word(word) for word in batch.words]
    meant = build_count_matrix(groups, own.question_start - end) @ model.weights[end : own.question_start]
    return words / 4 + grams / 16 + meant / 4


def _causing_phrases(words, voices):
    """The strongest words in the order of the text, neighbours joined to a phrase."""
    strongest = [at for at in np.argsort(-voices)[:BECAUSE] if voices[at] > 0]
    phrases, last = [], None
    for at in sorted(strongest):
        if last is not None and at == last + 1:
            phrases[-1] += " " + words[at]
        else:
            phrases.append(words[at])
        last = at
    return tuple(dict.fromkeys(phrases))


def _number_people(examples):
    """The person number of each example; an example without a person counts as another person."""
    known = {}
    people = [example[3] if len(example) > 3 else ("one", at) for at, example in enumerate(examples)]
    return np.array([known.setdefault(person, len(known)) for person in people], dtype=np.int64)


class _ThemeModelFit:
    """One fit. Codebook rows are always training data; enough coded answers also set calibration and thresholds."""

    def __init__(self, entries, examples, people):
        self.themes = [one.theme for one in entries]
        at = {theme: number for number, theme in enumerate(self.themes)}
        rows = list(codebook_seeds.seed_training_rows(entries))
        self.own, self.examples = len(rows), examples
        self.texts = [row[0] for row in rows] + [example[0] for example in examples]
        self.questions = [""] * self.own + [example[1] for example in examples]
        self.hits = np.zeros((len(self.texts), len(self.themes)), dtype=np.int8)
        for number, chosen in enumerate([{row[1]} for row in rows] + [example[2] for example in examples]):
            self.hits[number, [at[theme] for theme in chosen if theme in at]] = 1
        self.who = _number_people(examples)
        self.row_weights = np.r_[[row[2] for row in rows], np.ones(len(examples))]
        self.features = TextFeatures.fit(self.texts, self.questions, own=self.own, floor=people, who=self.who)
        self.matrix = self.features.transform(self.texts, self.questions)
        self.profiles = codebook_seeds.concept_profiles(entries)
        self.scores = None
        folds = np.random.default_rng(0).permutation(self.who.max(initial=-1) + 1)[self.who] % FOLDS
        at_random = np.array([example[4] if len(example) > 4 else True for example in examples], dtype=bool)
        drawn = calibration.pick_answers_to_set_by(at_random)
        self.answers = CodedTexts(self.texts[self.own :], self.hits[self.own :], folds, drawn)

    def build_model(self, look_twice):
        everything = np.arange(len(self.texts))
        weights, intercepts = self._fit_linear_models(everything)
        curves, cuts = self._fit_curves_and_cuts()
        seen = {"codebook": self.own, "examples": len(self.examples), "themes": len(self.themes)}
        model = ThemeModel(self.themes, self.features, weights, intercepts, curves, cuts, seen)
        scores = self.scores
        if look_twice:
            model.second, scores = self._fit_meaning_model(model)
        if scores is not None:
            model.figures = cross_validation.compute_held_out_figures(self.themes, scores, self.answers, self.who)
            proposed, likely = cross_validation.predict_held_out(scores, self.answers)
            model.held_out = tuple(model._sort_proposals(proposed, likely, lambda text, theme: ()))
        return model

    def _fit_meaning_model(self, model):
        """(model, held-out joint scores; None without enough coded answers)."""
        own = CodedTexts(self.texts[: self.own], self.hits[: self.own])
        if self.scores is not None:
            return meaning_model.fit_meaning_model(own, self.answers, self.scores)
        if not english_encoder.is_usable():
            return None, None
        weights = self.row_weights[: self.own]
        return meaning_model.fit_codebook_look(own, weights, model.curves, model.cuts), None

    def _fit_linear_models(self, rows):
        from sklearn.linear_model import LogisticRegression

        coded = self.hits[rows[rows >= self.own]].sum(axis=0)
        weights = np.zeros((self.matrix.shape[1], len(self.themes)), dtype=np.float32)
        intercepts = np.full(len(self.themes), -5.0)
        matrix, counts = self.matrix[rows], self.row_weights[rows]
        strength = STRENGTH * (2 if len(rows) - self.own >= ENOUGH else 1)
        for theme in range(len(self.themes)):
            hits = self.hits[rows, theme]
            if 0 < hits.sum() < len(hits):
                model = LogisticRegression(
                    C=strength,
                    class_weight="balanced",
                    solver="liblinear",
                    tol=NEAR_ENOUGH,
                    random_state=0,
                    dual=True,
                    max_iter=1000,  # one text after another: a fortieth of the time where words outnumber texts
                )
                model.fit(matrix, hits, sample_weight=counts)
                weights[:, theme], intercepts[theme] = model.coef_[0], model.intercept_[0]
        part = slice(self.features.concept_start, self.features.question_start)
        weights[part] += (PROFILE * self.profiles / (1 + coded / 10)[:, None]).T
        return weights, intercepts

    def _fit_curves_and_cuts(self):
        """(curves, thresholds) by cross-validation on coded answers; codebook rows are in every training part."""
        start = np.tile(START_CURVE, (len(self.themes), 1)).astype(float)
        if len(self.examples) < ENOUGH:
            return start, np.full(len(self.themes), BEFORE_CODES)
        scores = np.zeros((len(self.examples), len(self.themes)))
        for fold in range(FOLDS):
            held = np.flatnonzero(self.answers.folds == fold) + self.own
            weights, intercepts = self._fit_linear_models(np.setdiff1d(np.arange(len(self.texts)), held))
            scores[held - self.own] = self.matrix[held] @ weights + intercepts
        self.scores = scores
        drawn = self.answers.drawn
        return calibration.fit_curves_and_cuts(scores[drawn], self.answers.hits[drawn])
