"""Evaluation of proposals, sentiment and discovery, behind `manage.py evaluate coding|sentiment|discovery`.

Each subcommand has `add_arguments(parser)` and `evaluate(**options) -> dict`. No model is fitted on a test label.
"""

import csv
import time
from collections import Counter
from types import SimpleNamespace

import numpy as np

from insights.coding.engine import codebook_seeds
from insights.coding.engine.clustering import discover_clusters
from insights.coding.engine.meaning_model import embed_twice
from insights.coding.engine.sentiment_model import (
    LABELS,
    SentimentModel,
    english_sentiment,
    has_enough_labels,
    lexicon_sentiment,
)
from insights.coding.engine.theme_model import ThemeModel
from insights.coding.engine.word_tokens import split_words

COUNTED = 30  # training rows that a label needs to be evaluated
FOLDS = 5
RESAMPLES = 200
DRAWS = 3  # of random rows
SPEED_TEXTS, SECOND_LOOK_TEXTS = 8000, 500  # at least as many are timed
MOST_THEMES = 150
SENTIMENT_COLUMNS = ("sentiment", "sentiment_1pos_5neg")


def read_rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_codebook(path):
    """Codebook rows from CSV, or from YAML with a list `themes`."""
    if str(path).endswith((".yaml", ".yml")):
        import yaml

        with open(path, encoding="utf-8") as file:
            rows = yaml.safe_load(file)["themes"]
        return [{**row, "theme": row["id"], "examples": row.get("seed_phrases", [])} for row in rows]
    rows = read_rows(path)
    return [
        {**row, "theme": row["label"], "definition": row.get("definition") or row.get("description")} for row in rows
    ]


def labels_of(row):
    return {label.strip() for label in row["labels"].split("|") if label.strip()}


def sample_per_theme(rows, themes, wanted, seed=0):
    """A random choice of about `wanted` rows a theme, rarest theme first; a row counts for all its themes."""
    order = np.random.default_rng(seed).permutation(len(rows))
    have, chosen = dict.fromkeys(themes, 0), {}
    for theme in sorted(themes, key=lambda theme: sum(theme in labels_of(row) for row in rows)):
        for at in order:
            if have[theme] < wanted and theme in labels_of(rows[at]) and at not in chosen:
                chosen[at] = rows[at]
                for label in labels_of(rows[at]) & have.keys():
                    have[label] += 1
    return list(chosen.values())


def sample_at_random(rows, wanted, seed=0):
    return [rows[at] for at in np.random.default_rng(seed).permutation(len(rows))[:wanted]]


def _build_label_matrix(rows, themes):
    return np.array([[theme in labels_of(row) for theme in themes] for row in rows], dtype=np.int8)


def _micro_and_macro_f1(hits, proposed):
    from sklearn.metrics import f1_score

    return [f1_score(hits, proposed, average=average, zero_division=0) for average in ("micro", "macro")]


def _bootstrap_f1_interval(hits, proposed):
    """[micro (low, high), macro (low, high)]: 95% bootstrap intervals over test rows."""
    draw = np.random.default_rng(0)
    picks = (draw.integers(0, len(hits), len(hits)) for _ in range(RESAMPLES))
    found = np.array([_micro_and_macro_f1(hits[pick], proposed[pick]) for pick in picks])
    return np.percentile(found, [2.5, 97.5], axis=0).T.round(4).tolist()


def _predict_baseline(texts, hits, test_texts, class_weight):
    """TF-IDF of word 1-2 and character 3-5 grams, a linear SVM a theme; without positive rows none."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_union
    from sklearn.svm import LinearSVC

    union = make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        TfidfVectorizer(analyzer="char", ngram_range=(3, 5), sublinear_tf=True),
    )
    train, test = union.fit_transform(texts), union.transform(test_texts)
    proposed = np.zeros((len(test_texts), hits.shape[1]), dtype=np.int8)
    for theme in np.flatnonzero((hits.sum(axis=0) > 0) & (hits.sum(axis=0) < len(hits))):
        model = LinearSVC(class_weight=class_weight, random_state=0).fit(train, hits[:, theme])
        proposed[:, theme] = model.predict(test)
    return proposed


def _predict_by_keywords(codebook, themes, texts):
    """A baseline: a theme is proposed where a word of its label or keywords occurs that at most two themes share."""

    entries = [codebook_seeds.build_theme_seed(row) for row in codebook]
    words = [
        {word.lower() for word in split_words(" ".join([one.label, *one.keywords])) if len(word) > 3}
        for one in entries
    ]
    rare = {word for own in words for word in own if sum(word in other for other in words) <= 2}
    names = {one.theme: own & rare for one, own in zip(entries, words, strict=True)}
    said = [{word.lower() for word in split_words(text)} for text in texts]
    return np.array([[bool(names[_theme_in_codebook(codebook, theme)] & one) for theme in themes] for one in said])


def _measure_texts_per_cpu_second(model, rows, least=SPEED_TEXTS, look_twice=False):
    texts = [row["text"] for row in rows]
    texts = (texts * (least // len(texts) + 1))[: max(least, len(texts))]
    model.propose_themes(texts[:100], look_twice=look_twice)
    start = time.process_time()
    model.propose_themes(texts, look_twice=look_twice)
    return round(len(texts) / (time.process_time() - start))


def _countable_themes(train, codebook):
    counts = Counter(label for row in train for label in labels_of(row))
    themes = sorted(label for label, count in counts.items() if count >= COUNTED)
    known = {row["label"] for row in codebook} | {row["theme"] for row in codebook}
    return themes, [*codebook, *({"theme": label, "label": label} for label in themes if label not in known)]


def _theme_in_codebook(codebook, theme):
    return next(row["theme"] for row in codebook if theme in (row["theme"], row["label"], row.get("topic_id")))


def _list_baseline_rows(examples, codebook, themes):
    """(texts, labels) for the baseline: the model's training rows, or without any the codebook's own phrases."""
    if examples:
        return [row["text"] for row in examples], _build_label_matrix(examples, themes)
    seeds = codebook_seeds.complete_seeds([codebook_seeds.build_theme_seed(row) for row in codebook])
    rows = list(codebook_seeds.seed_training_rows(seeds))
    return [row[0] for row in rows], np.array([[row[1] == theme for theme in themes] for row in rows], dtype=np.int8)


def _list_examples(train, themes, per_theme, random):
    """The rows to learn from, once, or as often as random ones are drawn."""
    if random is not None:
        return [sample_at_random(train, random, seed) for seed in range(DRAWS)]
    return [train if per_theme is None else sample_per_theme(train, themes, per_theme)]


def evaluate_coding(*, train, test, codebook=None, per_theme=None, random=None, **_):
    train, test = read_rows(train), read_rows(test)
    themes, codebook = _countable_themes(train, read_codebook(codebook) if codebook else [])
    draws = _list_examples(train, themes, per_theme, random)
    return _average_figures([_evaluate_examples(examples, test, themes, codebook) for examples in draws])


def _average_figures(draws):
    """Each figure, and each end of an interval, as the mean of the draws; whole numbers stay whole."""
    means = {name: np.mean([one[name] for one in draws], axis=0).round(4).tolist() for name in draws[0]}
    return {name: round(mean) if isinstance(draws[0][name], int) else mean for name, mean in means.items()}


def _evaluate_examples(examples, test, themes, codebook):
    model = ThemeModel.fit(
        codebook, [(row["text"], row.get("question", ""), labels_of(row)) for row in examples], second_look=True
    )
    texts, questions = [row["text"] for row in test], [row.get("question", "") for row in test]
    columns = [model.themes.index(_theme_in_codebook(codebook, theme)) for theme in themes]
    hits = _build_label_matrix(test, themes)
    figures = {"labels": len(themes), "n": len(test), "examples": len(examples)}
    for twice, name in ((False, ""), (True, "second_look_")):
        proposed, likely = (found[:, columns] for found in model.decide(texts, questions, look_twice=twice))
        figures |= _coding_figures(hits, proposed, likely, name)
        speed = _measure_texts_per_cpu_second(model, test, SECOND_LOOK_TEXTS if twice else SPEED_TEXTS, twice)
        figures[f"{name}texts_per_cpu_second"] = speed
    seen_texts, seen_hits = _list_baseline_rows(examples, codebook, themes)
    for name, proposed in (
        ("baseline", _predict_baseline(seen_texts, seen_hits, texts, "balanced")),
        ("baseline_unweighted", _predict_baseline(seen_texts, seen_hits, texts, None)),
        ("rules", _predict_by_keywords(codebook, themes, texts)),
    ):
        micro, macro = _micro_and_macro_f1(hits, proposed)
        figures |= {f"{name}_micro_f1": round(micro, 4), f"{name}_macro_f1": round(macro, 4)}
    return figures


def _coding_figures(hits, proposed, likely, name):
    micro, macro = _micro_and_macro_f1(hits, proposed)
    micro_interval, macro_interval = _bootstrap_f1_interval(hits, proposed)
    return {
        f"{name}micro_f1": round(micro, 4),
        f"{name}macro_f1": round(macro, 4),
        f"{name}micro_f1_interval": micro_interval,
        f"{name}macro_f1_interval": macro_interval,
        f"{name}brier": round(float(((likely - hits) ** 2).mean()), 4),
    }


def orient_sentiment(values):
    """Sentiment turned so that higher is more positive. A scale from 1 (very positive) to 5, as in the NHS file, is
    reversed; a scale with zero or negative values (-2 to 2, as in this product) is kept."""
    values = np.asarray(values, dtype=float)
    return 3 - values if values.min() >= 1 else values


def _predict_held_out_sentiment(texts, names, questions):
    """(sentiments, method): each text by a model fitted on the other folds; by TextBlob where labels are too few."""

    folds = np.random.default_rng(0).permutation(len(texts)) % FOLDS
    if not all(
        has_enough_labels([name for name, at in zip(names, folds, strict=True) if at != fold]) for fold in range(FOLDS)
    ):
        return lexicon_sentiment(texts), "textblob"
    found, meanings = [None] * len(texts), embed_twice(texts)
    for fold in range(FOLDS):
        rest, held = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        known = ([some[i] for i in rest] for some in (texts, names, questions))
        model = SentimentModel.fit(*known, meanings=meanings[rest])
        feelings = model.sentiment([texts[i] for i in held], [questions[i] for i in held], meanings[held])
        for place, feeling in zip(held, feelings, strict=True):
            found[place] = feeling
    return found, "model, cross-validated"


def _sentiment_figures(feelings, names, better):
    from scipy.stats import spearmanr
    from sklearn.metrics import f1_score

    macro = f1_score(names, [feeling.label for feeling in feelings], average="macro", zero_division=0)
    return round(macro, 4), round(float(spearmanr(better, [feeling.polarity for feeling in feelings]).statistic), 4)


def read_sentiments(file):
    """(rows with a sentiment, values that rise with it, names of the classes)."""
    rows = read_rows(file)
    column = next(name for name in SENTIMENT_COLUMNS if name in rows[0])
    rows = [row for row in rows if row[column].strip()]
    better = orient_sentiment([row[column] for row in rows])
    return rows, better, ["positive" if one > 0 else "negative" if one < 0 else "neutral" for one in better]


def evaluate_sentiment(*, file, shipped=False, **_):

    rows, better, names = read_sentiments(file)
    texts, questions = [row["text"] for row in rows], [row.get("question") or "" for row in rows]
    if shipped:
        feelings, method = english_sentiment(texts), "the shipped model"
    else:
        feelings, method = _predict_held_out_sentiment(texts, names, questions)
    macro, rank = _sentiment_figures(feelings, names, better)
    classes, found = (np.array([[one == label for label in LABELS] for one in own], dtype=np.int8)
                      for own in (names, [feeling.label for feeling in feelings]))  # fmt: skip
    lexicon_macro, lexicon_rank = _sentiment_figures(lexicon_sentiment(texts), names, better)
    return {
        "n": len(rows),
        "macro_f1": macro,
        "macro_f1_interval": _bootstrap_f1_interval(classes, found)[1],
        "spearman": rank,
        "method": method,
        "textblob_macro_f1": lexicon_macro,
        "textblob_spearman": lexicon_rank,
    }


def _v_measure_interval(value, labels, found):
    """95% interval around `value` from the spread of resamples; their mean is biased by duplicates."""
    from sklearn.metrics import v_measure_score

    labels, found, draw = np.asarray(labels), np.asarray(found), np.random.default_rng(0)
    drawn = (draw.integers(0, len(labels), len(labels)) for _ in range(RESAMPLES))
    half = 1.96 * float(np.std([v_measure_score(labels[rows], found[rows]) for rows in drawn]))
    return [round(max(0.0, value - half), 4), round(min(1.0, value + half), 4)]


def evaluate_discovery(*, file, themes=None, **_):
    from sklearn.cluster import KMeans
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.metrics import adjusted_rand_score, v_measure_score

    rows = read_rows(file)
    column = "label" if "label" in rows[0] else "category"
    texts, labels = [row["text"] for row in rows], [row[column] for row in rows]
    start = time.perf_counter()
    found = discover_clusters(texts, themes=themes, most=MOST_THEMES)
    seconds = time.perf_counter() - start
    value = v_measure_score(labels, found.labels)
    words = TfidfVectorizer(sublinear_tf=True).fit_transform(texts)
    by_words = KMeans(len(found.clusters), n_init=3, random_state=0).fit_predict(words)  # the baseline
    return {
        "v_measure": round(value, 4),
        "v_measure_interval": _v_measure_interval(value, labels, found.labels),
        "baseline_v_measure": round(v_measure_score(labels, by_words), 4),
        "ari": round(adjusted_rand_score(labels, found.labels), 4),
        "themes": len(found.clusters),
        "seconds": round(seconds, 2),
    }


def _coding_arguments(parser):
    parser.add_argument("train", help="CSV with text, labels (separated by |) and perhaps question")
    parser.add_argument("test", help="CSV of the same columns that the model never sees")
    parser.add_argument("--codebook", help="CSV or YAML of themes with definitions and example phrases")
    some = parser.add_mutually_exclusive_group()
    some.add_argument("--per-theme", type=int, help="coded rows a theme to learn from; 0 is the codebook alone")
    some.add_argument("--random", type=int, help="coded rows to learn from, drawn at random: the mean of three draws")


def _sentiment_arguments(parser):
    parser.add_argument(
        "file", help="CSV with text, sentiment (-2 to 2, or 1 very positive to 5) and perhaps question"
    )
    parser.add_argument(
        "--shipped", action="store_true", help="the shipped model, on texts that it did not learn from"
    )


def _discovery_arguments(parser):
    parser.add_argument("file", help="CSV with text and label")
    parser.add_argument("--themes", type=int, help="number of groups; found by the engine when left out")


coding = SimpleNamespace(add_arguments=_coding_arguments, evaluate=evaluate_coding)
sentiment = SimpleNamespace(add_arguments=_sentiment_arguments, evaluate=evaluate_sentiment)
discovery = SimpleNamespace(add_arguments=_discovery_arguments, evaluate=evaluate_discovery)
