import csv

import numpy as np
import pytest
from sklearn.metrics import v_measure_score

from insights.coding.engine.clustering import discover_clusters
from insights.coding.evaluation import text_engine_evaluation as evaluation
from tests.insights.coding.engine.invented_answers import CODEBOOK, answers
from tests.public_data import SHARED

NHS, BOOK = SHARED / "data" / "nhs_feedback_dev.csv", SHARED / "data" / "nhs_codebook.csv"
QUESTIONS = SHARED / "data" / "banking77_sample.csv"
needs_nhs = pytest.mark.skipif(
    not NHS.exists(),
    reason="the public NHS comments are not here, so the figures of the text engine are not measured on them: set"
    " VOICE_SHARED to the folder that holds data/",
)


@pytest.fixture(autouse=True)
def timed_and_resampled_shortly(monkeypatch):
    """Speed and intervals are read by people who run the evaluation; here it matters that they are there."""
    for name, few in (("RESAMPLES", 30), ("SPEED_TEXTS", 200), ("SECOND_LOOK_TEXTS", 20)):
        monkeypatch.setattr(evaluation, name, few)


def write(path, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


@pytest.fixture
def files(tmp_path):
    rows = [
        {"text": text, "question": question, "labels": "|".join(sorted(themes))}
        for text, question, themes in answers()
    ]
    more = [{"text": text, "labels": "|".join(sorted(themes))} for text, _, themes in answers(60, seed=8)]
    book = [{**row, "label": row["theme"], "examples": " || ".join(row["examples"])} for row in CODEBOOK]
    return {
        "train": write(tmp_path / "train.csv", rows),
        "test": write(tmp_path / "test.csv", more),
        "codebook": write(tmp_path / "book.csv", book),
    }


@pytest.mark.slow
@pytest.mark.parametrize(("wanted", "examples"), [(None, 240), (0, 0)])
def test_coding_figures(files, wanted, examples):
    figures = evaluation.coding.evaluate(**{**files, "per_theme": wanted})
    assert (figures["labels"], figures["n"], figures["examples"]) == (4, 60, examples)
    assert figures["micro_f1"] > 0.8
    for look in ("", "second_look_"):
        low, high = figures[f"{look}micro_f1_interval"]
        assert low <= figures[f"{look}micro_f1"] <= high
    assert 0 <= figures["baseline_macro_f1"] <= 1
    assert 0 <= figures["rules_macro_f1"] < figures["macro_f1"]
    assert figures["texts_per_cpu_second"] > figures["second_look_texts_per_cpu_second"] > 0


@pytest.mark.slow
def test_figures_of_coded_rows_drawn_at_random_are_the_mean_of_three_draws(files, monkeypatch):
    rows = evaluation.read_rows(files["train"])
    chosen = evaluation.sample_at_random(rows, 80)
    assert len(chosen) == 80
    assert chosen == evaluation.sample_at_random(rows, 80) != rows[:80]
    found, evaluate = [], evaluation._evaluate_examples

    def remember(examples, *others):
        found.append((examples, evaluate(examples, *others)))
        return found[-1][1]

    monkeypatch.setattr(evaluation, "_evaluate_examples", remember)
    figures = evaluation.coding.evaluate(**files, random=80)
    assert figures["examples"] == 80 and isinstance(figures["examples"], int)
    assert len({tuple(row["text"] for row in examples) for examples, _ in found}) == 3
    for name in ("second_look_micro_f1", "macro_f1", "baseline_micro_f1"):
        assert figures[name] == pytest.approx(np.mean([one[name] for _, one in found]), abs=1e-4)
    assert figures["second_look_micro_f1"] > 0.8


@pytest.mark.slow
def test_coding_without_a_codebook(files):
    figures = evaluation.coding.evaluate(**{**files, "codebook": None})
    assert figures["micro_f1"] > 0.9


@pytest.mark.slow
def test_labels_with_few_rows_do_not_count(tmp_path, files):
    rows = evaluation.read_rows(files["train"])
    rows += [{"text": "a rare thing", "question": "", "labels": "rare"}] * 29
    figures = evaluation.coding.evaluate(**{**files, "train": write(tmp_path / "more.csv", rows)})
    assert figures["labels"] == 4


def test_per_theme_gives_each_theme_its_rows(files):
    rows = evaluation.read_rows(files["train"])
    chosen = evaluation.sample_per_theme(rows, ["buses", "food", "lights", "police"], 10)
    for theme in ("buses", "food", "lights", "police"):
        assert sum(theme in evaluation.labels_of(row) for row in chosen) >= 10
    assert len(chosen) <= 40


@pytest.mark.parametrize(("values", "better"), [([1, 5, 3], [2, -2, 0]), ([-2, 2, 0], [-2, 2, 0])])
def test_sentiment_scales_run_towards_good(values, better):
    assert evaluation.orient_sentiment(values).tolist() == better


def test_sentiment_with_few_labels_is_textblob(tmp_path):
    rows = [
        {"text": "great, I love it", "sentiment": 2},
        {"text": "awful", "sentiment": -2},
        {"text": "a door", "sentiment": 0},
    ]
    figures = evaluation.sentiment.evaluate(file=write(tmp_path / "s.csv", rows))
    assert figures["method"] == "textblob"
    assert figures["macro_f1"] == 1
    low, high = figures["macro_f1_interval"]
    assert low < high == 1, "three texts tell little"


def test_discovery_figures(tmp_path):
    rows = [{"text": text, "label": min(themes)} for text, _, themes in answers() if len(themes) == 1]
    figures = evaluation.discovery.evaluate(file=write(tmp_path / "d.csv", rows))
    low, high = figures["v_measure_interval"]
    assert low < figures["v_measure"] < high
    assert figures["v_measure"] > max(0.4, figures["baseline_v_measure"])
    assert figures["themes"] >= 4
    assert figures["seconds"] < 60


@pytest.mark.slow
@pytest.mark.skipif(
    not QUESTIONS.exists(),
    reason="the public questions of 77 kinds are not here, so it is not measured whether their kinds are found: set"
    " VOICE_SHARED to the folder that holds data/",
)
def test_kinds_of_question_are_found_again():
    rows = evaluation.read_rows(QUESTIONS)
    found = discover_clusters([row["text"] for row in rows], themes=77)
    assert v_measure_score([row["category"] for row in rows], found.labels) >= 0.8


@pytest.mark.slow
@needs_nhs
def test_nhs_comments_are_coded_better_than_by_the_baseline(tmp_path):
    rows = evaluation.read_rows(NHS)[::2]
    train, test = [row for at, row in enumerate(rows) if at % 4], rows[::4]
    files = {
        "train": write(tmp_path / "train.csv", train),
        "test": write(tmp_path / "test.csv", test),
        "codebook": str(BOOK),
    }
    figures = evaluation.coding.evaluate(**files)
    assert figures["micro_f1"] > figures["baseline_micro_f1"] + 0.01
    assert figures["macro_f1"] > figures["baseline_macro_f1"] + 0.07
    assert figures["second_look_micro_f1"] > figures["micro_f1"]
    alone = evaluation.coding.evaluate(**{**files, "per_theme": 0})
    assert alone["micro_f1"] > 0.5
    assert alone["macro_f1"] > 0.38


@pytest.mark.slow
@needs_nhs
def test_nhs_sentiment_is_better_than_textblob_alone():
    figures = evaluation.sentiment.evaluate(file=str(NHS))
    assert figures["macro_f1"] >= 0.715 > figures["textblob_macro_f1"]
    assert figures["spearman"] > 0.7
