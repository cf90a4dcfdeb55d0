"""The screen's training is reproducible, uses the repository's data alone, and is judged on unseen authors."""

import io
import os
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256

import numpy as np
import pytest
import yaml
from scipy.sparse import hstack

from consultation.reading.model_training import screening_training
from consultation.reading.screening.flag_reasons import strongest_runs
from consultation.reading.screening.indicator_rules import DATA, load_indicator_rules, load_yaml_data
from consultation.reading.screening.learned_score import ARTEFACT, load_score, save_score, score_in_use
from consultation.reading.screening.score_features import (
    BLOCKS,
    FeatureInput,
    extract_features,
    load_word_kinds,
    stem_word,
)
from consultation.reading.screening.text_normalisation import Normaliser


def some_of_all():
    everyone = screening_training.load_answers()
    part = [row for author in "ABCVDEG" for row in [r for r in everyone if r["author"] == author][:60]]
    costs = screening_training.spelling_costs(part)
    return screening_training.prepare_answers(part, Normaliser(load_indicator_rules().aliases, costs)), costs


@pytest.fixture(scope="module")
def prepared():
    return some_of_all()


def artefact(rows, costs):
    known = replace(screening_training.fit_score(rows), thresholds={"en": 0.5, "other": 0.5}, version="t")
    to = io.BytesIO()
    save_score(to, known.tables, screening_training.artefact_facts(known, costs, {"en": ["a"]}))
    return to.getvalue(), known


def test_the_same_answers_give_the_same_bytes(prepared):
    rows, costs = prepared
    assert artefact(rows, costs)[0] == artefact(rows, costs)[0]


@pytest.mark.slow
def test_the_order_of_sets_which_differs_by_process_moves_no_byte(prepared):
    code = (
        "from hashlib import sha256;"
        "from tests.consultation.reading import test_screen_training as t;"
        "print(sha256(t.artefact(*t.some_of_all())[0]).hexdigest())"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.test", "PYTHONHASHSEED": "7"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert done.stdout.strip() == sha256(artefact(*prepared)[0]).hexdigest(), done.stderr


def test_what_is_read_back_scores_like_what_was_fitted(prepared):
    rows, costs = prepared
    stored, known = artefact(rows, costs)
    again = load_score(io.BytesIO(stored))
    seen = [row.seen for row in rows[:50]]
    assert again.totals(seen) == pytest.approx(known.totals(seen))


def test_an_answer_scores_as_the_fit_weighed_it(prepared):
    """The screen adds up what each word's parts say, the fit a row of them: the same sum."""
    rows, costs = prepared
    _, known = artefact(rows, costs)
    matrix = hstack(
        [
            screening_training._feature_matrix(rows, name, {f: t[0] for f, t in known.tables[name].items()})
            for name in BLOCKS
        ]
    )
    weights = np.array([speaks for name in BLOCKS for _, speaks in known.tables[name].values()])
    assert known.totals([row.seen for row in rows]) == pytest.approx(matrix @ weights + known.intercept, abs=1e-6)
    repeated = FeatureInput.of(Normaliser(load_indicator_rules().aliases, {})("no no no nope"), [], {})
    assert sorted(repeated.parts()).count(" no") == 2


def test_a_fit_orders_the_answers_of_an_author_it_never_saw(prepared):
    rows, _ = prepared
    found = screening_training.LeaveAuthorsOut(rows).left_out(("A", "B"))
    assert {row.author for row in found.rows} == {"A", "B"}
    told = np.array([bool(row.disclosure) for row in found.rows])
    assert found.scores[told].mean() > found.scores[~told].mean() + 0.5


def test_of_answers_in_other_languages_the_second_look_says_nothing(prepared):
    rows, _ = prepared
    found = screening_training.LeaveAuthorsOut(rows, says=None).left_out(("D",))
    beside = screening_training.LeaveAuthorsOut(rows, says=lambda *authors: pytest.fail("was asked")).left_out(("D",))
    assert {row.author for row in beside.rows} == {"D"} and not beside.meant.any()
    assert (beside.scores == found.scores).all()


def test_a_threshold_flags_no_more_than_asked_for(prepared):
    rows, _ = prepared
    found = screening_training.LeaveAuthorsOut(rows).left_out(("A", "B"))
    threshold = screening_training.threshold_for_rate(found, 0.5)
    flags = np.array([row.plain for row in found.rows]) | (found.scores >= threshold)
    by_author = [flags[[row.author == name for row in found.rows]].mean() for name in "AB"]
    assert np.mean(by_author) <= 0.5


def test_an_answer_without_a_priority_of_its_own_has_the_usual_one_of_its_category():
    row = {"text": "he waits", "author": "A", "language": "en", "disclosure": "1", "category": "weapons"}
    given = [row, {**row, "priority": "T2"}, {**row, "category": "non-recent"}, {**row, "disclosure": "0"}]
    found = screening_training.prepare_answers(given, Normaliser(load_indicator_rules().aliases, {}))
    assert [one.urgent for one in found] == [1, 0, 0, 0]


def test_the_threshold_of_urgency_finds_the_share_asked_for_of_authors_left_out(prepared):
    rows, _ = prepared
    found = screening_training.threshold_for_urgent(rows, "AB")
    totals = []
    for author in "AB":
        known = screening_training.fit_score([row for row in rows if row.author != author], "urgent")
        totals += known.totals([row.seen for row in rows if row.author == author and row.urgent])
    share = np.mean(np.array(totals) >= found - 1e-3)
    assert screening_training.URGENT_RECALL <= share <= screening_training.URGENT_RECALL + 2 / len(totals)


def test_a_phrasing_is_drawn_the_same_way_every_time():
    line = "my (uncle|aunt) is (kind|tall) (today|)"
    assert screening_training.draw_phrasings(line, 3) == screening_training.draw_phrasings(line, 3)
    assert len(set(screening_training.draw_phrasings(line, 3))) == 3
    assert all("|" not in text and "(" not in text for text in screening_training.draw_phrasings(line, 3))
    assert screening_training.draw_phrasings("grounded (again), all week") == ["grounded (again), all week"]


@pytest.mark.parametrize("name", ["phrasings.yaml", "phrasings_other.yaml"])
def test_phrasings_are_told_and_not_told_and_none_is_both(name):
    texts = {part: set() for part in ("told", "not_told")}
    for outer, groups in load_yaml_data(name).items():
        for inner, lines in groups.items():
            part = outer if outer in texts else inner
            texts[part].update(line.strip() for line in lines.strip().splitlines())
    assert len(texts["told"]) > 150 and len(texts["not_told"]) > 150
    assert not texts["told"] & texts["not_told"]


def test_every_category_has_phrasings_of_its_own():
    told = load_yaml_data("phrasings.yaml")["told"]
    assert set(told) == {
        row["category"] for row in screening_training.load_answers() if row["author"] == "A" and row["category"]
    }
    assert min(len(lines.strip().splitlines()) for lines in told.values()) >= 15


def test_words_are_of_kinds_and_forms_of_a_word_are_one():
    assert "father" in load_word_kinds()["stepdad"] and "fear" in load_word_kinds()["flinch"]
    assert stem_word("hitting") == stem_word("hits") == "hit"
    assert stem_word("cries") == stem_word("cried") and stem_word("is") == "is"


def test_kinds_that_stand_near_each_other_are_features_whatever_the_words():
    normalise = Normaliser(load_indicator_rules().aliases, {})
    one = extract_features(FeatureInput.of(normalise("my uncle touches my leg"), [], {}))
    other = extract_features(FeatureInput.of(normalise("my grandad stroked my arm"), [], {}))
    assert {"kin>touch", "touch>body", "self>kin"} <= {*one["kind"]} & {*other["kind"]}
    assert set(one) == set(BLOCKS)


def test_the_artefact_belongs_to_this_code_and_data():
    known = score_in_use()
    assert set(known.tables) == set(BLOCKS) and known.version == screening_training.VERSION
    assert ARTEFACT.parent == DATA


def test_the_shown_runs_are_the_words_that_spoke_most():
    assert strongest_runs([0, 0, 3, 0, 2, 0, 0, 0, 0, 1]) == [(2, 5), (9, 10)]
    assert strongest_runs([-1, -2]) == [] and strongest_runs([]) == []


def test_the_word_lists_are_plain_yaml():
    for name in ("kinds.yaml", "phrasings.yaml", "phrasings_other.yaml"):
        assert yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
