"""Fits the screen on the answers in `data/`, and measures it on authors it has not seen.

Thresholds are chosen with one author left out. Each figure of the card comes from an author who took part neither in
the fit nor in the choice of threshold. Only the list of known spellings is shared: it holds no labels.
"""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from itertools import chain
from math import log
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from consultation.reading.model_training import meaning_fit
from consultation.reading.screening import language_detection, meaning_score, sentence_encoder
from consultation.reading.screening.flag_reasons import is_plain_match
from consultation.reading.screening.indicator_rules import DATA, load_indicator_rules, load_yaml_data
from consultation.reading.screening.learned_score import (
    ARTEFACT,
    URGENCY_ARTEFACT,
    FeatureTable,
    LearnedScore,
    MeaningStage,
    save_score,
)
from consultation.reading.screening.score_features import BLOCKS, WEIGHTS, FeatureInput, extract_features
from consultation.reading.screening.text_normalisation import Normaliser

FILES = ("answers_train.csv", "vignettes_dev.csv", "answers_extra.csv", "answers_prioritised.csv")
UNSEEN = ("A", "B", "C", "V")  # the measured authors in English: their answers represent future ones
LEAST = {"word": 2, "char": 3, "kind": 3, "beside": 3, "rule": 1}  # answers in which a feature must occur
INVERSE_REGULARISATION = 4.0
FLAG_RATE = 0.4845  # over left-out authors; a little less for an author who took no part in the choice
OTHER_RECALL = 0.96
OTHER_WEIGHT = 3.0  # of an answer in another language, since these are few
MEASURED_WEIGHT = 3.0  # of an answer by one of UNSEEN: they answered a form, the others wrote what was still missed
LOOKED_AT = (0.36, 0.66)  # quantiles of a left-out author's scores between which answers get a meaning score
SECOND_WEIGHT = 3.2
OTHERS = ("D", "E")  # the measured authors in other languages
PRIORITISED = ("AR", "AS")  # gave each answer a priority; of others it is the usual one of the answer's category
URGENT_RECALL = 0.95  # of urgent answers by left-out authors; the rules find more
FEWEST_PEOPLE = 5  # who must have used a term before a refitted screen may hold it
VERSION = "7"
DRAWN = 1  # variants of each phrasing to learn from: two or four found no more
CHOICE = re.compile(r"\(([^()|]*(?:\|[^()|]*)+)\)")


@dataclass(frozen=True)
class TrainingAnswer:
    text: str
    author: str
    language: str
    disclosure: int
    urgent: int  # a disclosure of priority T1
    category: str
    blocks: dict[str, list[str]]
    seen: FeatureInput
    plain: bool
    id: str = ""
    person: str = ""  # of an answer from the desk: a term counts once a person


@dataclass(frozen=True)
class ScoredAnswers:
    """Answers of left-out authors, with the scores by models of the other authors."""

    rows: list[TrainingAnswer]
    scores: Any
    meant: Any  # meaning scores

    @classmethod
    def join_parts(cls, parts: list["ScoredAnswers"]) -> "ScoredAnswers":
        scores, meant = [one.scores for one in parts], [one.meant for one in parts]
        return cls([row for one in parts for row in one.rows], np.concatenate(scores), np.concatenate(meant))


def load_answers() -> list[dict[str, str]]:
    found = []
    for name in FILES:
        with (DATA / name).open(encoding="utf-8", newline="") as file:
            found += [{"author": "V", "language": "en", **row} for row in csv.DictReader(file)]
    return found + load_phrasings()


def draw_phrasings(line: str, most: int = DRAWN) -> list[str]:
    """Variants of the line, each (a|b|c) replaced by one alternative; the same variants every time."""
    ways: dict[str, None] = {}
    for turn in range(most * 3):
        seen = iter(range(99))

        def one(match: re.Match[str], turn: int = turn, seen: Iterator[int] = seen) -> str:
            parts = match.group(1).split("|")
            mark = sha256(f"{turn} {next(seen)} {line}".encode()).digest()
            return parts[mark[0] % len(parts)]

        ways[CHOICE.sub(one, line)] = None
    return list(ways)[:most]


def load_phrasings() -> list[dict[str, str]]:
    """Typical phrasings of disclosures and of harmless answers; the English ones are drawn from patterns."""
    found = []
    for part, groups in load_yaml_data("phrasings.yaml").items():
        for name, lines in groups.items():
            texts = [text for line in lines.strip().splitlines() for text in draw_phrasings(line)]
            found += _phrasing_rows(texts, "en", name if part == "told" else "")
    for language, parts in load_yaml_data("phrasings_other.yaml").items():
        for part, lines in parts.items():
            found += _phrasing_rows(lines.strip().splitlines(), language, "other" if part == "told" else "")
    return found


def _phrasing_rows(texts: list[str], language: str, category: str) -> list[dict[str, str]]:
    row = {"author": "G", "language": language, "disclosure": str(int(bool(category))), "category": category}
    return [{**row, "text": text} for text in texts]


def spelling_costs(found: list[dict[str, str]]) -> dict[str, float]:
    """{English word: its cost when a run of letters is split into words}."""
    plain = Normaliser(load_indicator_rules().aliases, {})
    counts = Counter(t.word for row in found if row["language"] == "en" for t in plain(row["text"]).tokens)
    known = {word: n for word, n in counts.items() if n > 1 or len(word) > 3}
    for word in load_indicator_rules().known_words():
        known.setdefault(word, 1)
    total = sum(known.values())
    letters = {word for word in known if len(word) == 1 and word not in "ai"}
    return {w: round(-log(n / total), 2) for w, n in sorted(known.items()) if w not in letters and w.isalnum()}


def build_vocabularies(found: list[dict[str, str]]) -> dict[str, list[str]]:
    """{language: words}, to detect the language of an answer in Latin letters."""
    plain = Normaliser(load_indicator_rules().aliases, {})
    words: dict[str, set[str]] = {}
    for row in found:
        if row["language"] in ("en", "ur-Latn", "pl", "sk", "ro"):
            tokens = (token.word for token in plain(row["text"]).tokens)
            words.setdefault(row["language"], set()).update(w for w in tokens if w.isascii() and not w.isdigit())
    english = words["en"]
    return {code: sorted(known if code == "en" else known - english) for code, known in sorted(words.items())}


def prepare_answers(found: list[dict[str, str]], normalise: Normaliser) -> list[TrainingAnswer]:
    rows = []
    for row in found:
        text = normalise(row["text"])
        hits, places = load_indicator_rules().match(text)
        plain = any(is_plain_match(hit) for hit in hits)
        label = int(row["disclosure"])
        category = row["category"] if label else ""
        usual = load_indicator_rules().priorities.get(category, "T2")
        seen = FeatureInput.of(text, hits, places)
        given = {name: row[name] for name in ("text", "author", "language")}
        given |= {name: row.get(name, "") for name in ("id", "person")}
        blocks = extract_features(seen)
        rows.append(
            TrainingAnswer(
                **given,
                disclosure=label,
                urgent=int(bool(label) and (row.get("priority") or usual) == "T1"),
                category=category,
                blocks=blocks,
                seen=seen,
                plain=plain,
            )
        )
    return rows


def _idf_table(rows: list[TrainingAnswer], name: str) -> dict[str, float]:
    """{feature: idf} of features that LEAST repository answers have, or that FEWEST_PEOPLE people used."""
    own = Counter(chain.from_iterable(set(row.blocks[name]) for row in rows if not row.person))
    said = {(row.person, feature) for row in rows if row.person for feature in row.blocks[name]}
    people = Counter(feature for _, feature in said)
    often = {feature for feature, n in own.items() if n >= LEAST[name]}
    often |= {feature for feature, n in people.items() if n >= FEWEST_PEOPLE}
    kept = sorted(feature for feature in often if "\n" not in feature)
    if name == "rule":
        return dict.fromkeys(kept, 1.0)
    counts = own + Counter(chain.from_iterable(set(row.blocks[name]) for row in rows if row.person))
    return {feature: float(np.float16(log((1 + len(rows)) / (1 + counts[feature])) + 1)) for feature in kept}


def _feature_matrix(rows: list[TrainingAnswer], name: str, idf: dict[str, float]) -> Any:
    """One TF-IDF row for each answer, of length 1; rule features are not weighted."""
    index = {feature: at for at, feature in enumerate(idf)}
    columns, ends = list[int](), [0]
    for row in rows:
        columns += [index[feature] for feature in row.blocks[name] if feature in index]
        ends.append(len(columns))
    data = np.array(list(idf.values()))[columns]
    if name != "rule":
        squares = np.concatenate([[0.0], np.cumsum(data * data)])[ends]
        data /= np.repeat(np.sqrt(np.maximum(np.diff(squares), 1e-9)), np.diff(ends))
    matrix = csr_matrix((data, columns, ends), shape=(len(rows), len(idf)), dtype=np.float64)
    matrix.sum_duplicates()
    return matrix * WEIGHTS[name]


def fit_score(rows: list[TrainingAnswer], label: str = "disclosure") -> LearnedScore:
    """A model of this label of these answers, without calibration and thresholds."""
    idf = {name: _idf_table(rows, name) for name in BLOCKS}
    matrix = hstack([_feature_matrix(rows, name, idf[name]) for name in BLOCKS]).tocsr()
    learner = LogisticRegression(C=INVERSE_REGULARISATION, max_iter=1000, tol=1e-4)
    learner.fit(matrix, [getattr(row, label) for row in rows], sample_weight=[_answer_weight(row) for row in rows])
    coefficients = iter(learner.coef_[0].astype(np.float16).tolist())
    tables: dict[str, FeatureTable] = {
        name: {f: (idf[name][f], next(coefficients)) for f in idf[name]} for name in BLOCKS
    }
    return LearnedScore(tables, round(float(learner.intercept_[0]), 4), 1.0, 0.0, {}, {}, {}, "")


def _answer_weight(row: TrainingAnswer) -> float:
    if row.language != "en":
        return OTHER_WEIGHT
    return MEASURED_WEIGHT if row.author in UNSEEN else 1.0


def score_logits(known: LearnedScore, rows: list[TrainingAnswer]) -> Any:
    return np.array(known.totals([row.seen for row in rows]))


MeaningScores = Callable[..., dict[str, Any]]  # left-out authors -> their meaning scores


class LeaveAuthorsOut:
    """Scores of authors by models without them; each fit is made once."""

    def __init__(self, rows: list[TrainingAnswer], says: MeaningScores | None = None):
        self.rows, self.says = rows, says
        self._found: dict[frozenset[str], dict[str, ScoredAnswers]] = {}

    def left_out(self, authors: Iterable[str], *besides: str) -> ScoredAnswers:
        """Each of these authors scored by a model without that author and without `besides`."""
        return ScoredAnswers.join_parts(
            [self._score_without_authors(frozenset((author, *besides)))[author] for author in authors]
        )

    def _score_without_authors(self, authors: frozenset[str]) -> dict[str, ScoredAnswers]:
        if authors not in self._found:
            known = fit_score([row for row in self.rows if row.author not in authors])
            own = {author: [row for row in self.rows if row.author == author] for author in authors}
            meant = {author: np.zeros(len(own[author])) for author in authors}
            if self.says and authors <= set(UNSEEN):  # English alone has meaning scores
                meant = self.says(*sorted(authors))
            self._found[authors] = {a: ScoredAnswers(own[a], score_logits(known, own[a]), meant[a]) for a in authors}
        return self._found[authors]


def choose_meaning_stage(scored: ScoredAnswers, version: str) -> MeaningStage:
    """The range of scores that get a meaning score, with equal weight for each author."""
    authors = np.array([row.author for row in scored.rows])
    ends = [np.quantile(scored.scores[authors == author], LOOKED_AT) for author in sorted(set(authors))]
    low, high = np.mean(ends, axis=0)
    return MeaningStage(round(float(low), 4), round(float(high), 4), SECOND_WEIGHT, version)


def apply_meaning_stage(scored: ScoredAnswers, second: MeaningStage | None) -> ScoredAnswers:
    """The scores with the meaning score added where the second stage applies."""
    if second is None:
        return scored
    pairs = zip(scored.rows, scored.scores, strict=True)
    close = np.array([row.language == "en" and second.wanted(float(s), plain=row.plain) for row, s in pairs])
    return replace(scored, scores=scored.scores + np.where(close, second.weight * scored.meant, 0.0))


def platt_calibration(scored: ScoredAnswers) -> tuple[float, float]:
    """(slope, shift) of Platt scaling on the scores of left-out authors."""
    learner = LogisticRegression(C=1e6).fit(scored.scores[:, None], [row.disclosure for row in scored.rows])
    return round(float(learner.coef_[0, 0]), 4), round(float(learner.intercept_[0]), 4)


def threshold_for_rate(scored: ScoredAnswers, rate: float) -> float:
    """The lowest threshold with at most this flag rate, with equal weight for each author."""
    authors = np.array([row.author for row in scored.rows])
    plain = np.array([row.plain for row in scored.rows])
    for value in np.sort(scored.scores):
        flags = plain | (scored.scores >= value)
        if np.mean([flags[authors == author].mean() for author in sorted(set(authors))]) <= rate:
            return float(value)
    return float(scored.scores.max())


def threshold_for_recall(scored: ScoredAnswers, recall: float) -> float:
    told = np.array([bool(row.disclosure) for row in scored.rows])
    plain = np.array([row.plain for row in scored.rows])
    for value in np.sort(scored.scores)[::-1]:
        if (plain | (scored.scores >= value))[told].mean() >= recall:
            return float(value)
    return float(scored.scores.min())


def calibrated_probability(known: LearnedScore, logit: float) -> float:
    return round(float(1 / (1 + np.exp(-(known.slope * logit + known.shift)))), 4)


def calibrate_score(known: LearnedScore, english: ScoredAnswers, others: ScoredAnswers, second: str) -> LearnedScore:
    """Add the second stage, calibration and thresholds. `second`: version of the meaning score."""
    known = replace(known, second=choose_meaning_stage(english, second))
    english = apply_meaning_stage(english, known.second)
    slope, shift = platt_calibration(english)
    known = replace(known, slope=slope, shift=shift)
    thresholds = {
        "en": calibrated_probability(known, threshold_for_rate(english, FLAG_RATE)),
        "other": calibrated_probability(known, threshold_for_recall(others, OTHER_RECALL)),
    }
    return replace(known, thresholds=thresholds)


def artefact_facts(known: LearnedScore, costs: dict[str, float], words: dict[str, list[str]]) -> dict[str, Any]:
    """The artefact's content besides its tables."""
    return {
        "intercept": known.intercept, "slope": known.slope, "shift": known.shift, "thresholds": known.thresholds,
        "costs": costs, "vocabularies": words, "version": known.version, "languages": sorted(language_detection.READS),
        "second": asdict(known.second) if known.second else None,
    }  # fmt: skip


def fit_urgency(rows: list[TrainingAnswer]) -> LearnedScore:
    """The model of urgent answers, with a threshold for English by PRIORITISED and for other languages by OTHERS."""
    thresholds = {"en": threshold_for_urgent(rows, PRIORITISED), "other": threshold_for_urgent(rows, OTHERS)}
    return replace(fit_score(rows, "urgent"), thresholds=thresholds, version=VERSION)


def threshold_for_urgent(rows: list[TrainingAnswer], authors: Iterable[str]) -> float:
    """The highest uncalibrated score that finds URGENT_RECALL of these authors' urgent answers, each left out."""
    found: list[float] = []
    for author in authors:
        fitted = fit_score([row for row in rows if row.author != author], "urgent")
        found += fitted.totals([row.seen for row in rows if row.author == author and row.urgent])
    return round(sorted(found)[int((1 - URGENT_RECALL) * len(found))], 4)


def train_screen() -> dict[str, Any]:
    """Write the artefacts; returns {rows, learned, others, model} for the card."""
    found = load_answers()
    meaning_fit.fit_encoder([meaning_score.clean_for_encoder(row["text"]) for row in found if row["language"] == "en"])
    sentence_encoder.load_encoder.cache_clear()
    costs = spelling_costs(found)
    rows = prepare_answers(found, Normaliser(load_indicator_rules().aliases, costs))
    meanings = meaning_fit.fit_meaning(rows, UNSEEN, VERSION)
    meaning_score.save_meaning(meaning_score.ARTEFACT, meanings.meaning)
    urgent = fit_urgency(rows)
    save_score(URGENCY_ARTEFACT, urgent.tables, artefact_facts(urgent, {}, {}))
    learned = LeaveAuthorsOut(rows, meanings.unseen)
    english, others = learned.left_out(UNSEEN), learned.left_out(OTHERS)
    known = replace(calibrate_score(fit_score(rows), english, others, VERSION), version=VERSION)
    save_score(ARTEFACT, known.tables, artefact_facts(known, costs, build_vocabularies(found)))
    return {"rows": rows, "learned": learned, "others": others, "model": known}


def nested_evaluation(learned: LeaveAuthorsOut) -> dict[str, tuple[list[TrainingAnswer], list[bool]]]:
    """{author: (answers, flags)}, by fits, a threshold and a second stage chosen without that author."""
    found = {}
    for author in UNSEEN:
        inner = learned.left_out([a for a in UNSEEN if a != author], author)
        second = choose_meaning_stage(inner, VERSION) if learned.says else None
        threshold = threshold_for_rate(apply_meaning_stage(inner, second), FLAG_RATE)
        own = apply_meaning_stage(learned.left_out((author,)), second)
        found[author] = (own.rows, [row.plain or s >= threshold for row, s in zip(own.rows, own.scores, strict=True)])
    return found
