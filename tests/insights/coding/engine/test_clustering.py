import random

import numpy as np
import pytest
from scipy.sparse.linalg import ArpackNoConvergence
from sklearn.metrics import adjusted_rand_score, v_measure_score

from insights.coding.engine.clustering import discover_clusters
from tests.insights.coding.engine.invented_answers import answers


@pytest.fixture(scope="module")
def said():
    """Answers of one theme each, with that theme."""
    found = [(text, next(iter(themes))) for text, _, themes in answers(count=400, seed=4) if len(themes) == 1]
    return [text for text, _ in found], [theme for _, theme in found]


@pytest.fixture(scope="module")
def found(said):
    return discover_clusters(said[0], themes=12)


def test_like_stands_by_like(said, found):
    assert v_measure_score(said[1], found.labels) > 0.6


def test_every_answer_is_in_a_group(said, found):
    assert sum(cluster.size for cluster in found.clusters) == len(said[0])


def test_groups_are_named_by_words_that_their_answers_use(said, found):
    for cluster in found.clusters:
        own = " ".join(
            text.lower() for text, label in zip(said[0], found.labels, strict=True) if label == cluster.number
        )
        assert cluster.name
        assert all(word in own for word in cluster.name)


@pytest.mark.slow
def test_a_rerun_in_another_order_finds_the_same_groups(said, found):
    order = list(range(len(said[0])))
    random.Random(7).shuffle(order)
    again = discover_clusters([said[0][at] for at in order], themes=12)
    assert adjusted_rand_score(found.labels[order], again.labels) == 1


@pytest.mark.slow
def test_a_few_more_answers_move_few(said):
    fewer = said[0][: int(len(said[0]) / 1.05)]
    before = discover_clusters(fewer)
    after = discover_clusters(said[0], start=[cluster.centre for cluster in before.clusters])
    assert adjusted_rand_score(before.labels, after.labels[: len(fewer)]) > 0.8


def test_new_answers_join_the_group_of_their_like(said, found):
    labels, near = found.join([said[0][0], "the lamp posts in our road are broken!!"])
    assert labels[0] == found.labels[0]
    assert near[0] > 0.5
    assert found.join([])[0].tolist() == []


@pytest.mark.slow
def test_the_number_of_groups_is_found_and_none_takes_most(said):
    clusters = discover_clusters(said[0]).clusters
    assert 4 <= len(clusters) <= 20
    assert max(cluster.size for cluster in clusters) <= 0.4 * len(said[0])


@pytest.mark.slow
def test_few_answers_are_never_cut_into_many_groups(said):
    assert len(discover_clusters(said[0][:60]).clusters) <= 6


def test_too_few_different_answers_are_refused():
    with pytest.raises(ValueError, match="too few"):
        discover_clusters(["yes", "yes"])


@pytest.mark.slow
def test_answers_in_another_language_stand_by_what_means_the_same(said, monkeypatch):
    from insights.coding.engine import text_space

    monkeypatch.setattr(text_space, "LEAST_READ", 50)
    polish = ["Latarnie na naszej ulicy są zepsute", "Obiad w stołówce jest zimny", "Policjanci zatrzymują nas za nic"]
    found = discover_clusters([*said[0], *polish], themes=8)
    themes = [said[1][found.labels[: len(said[0])].tolist().index(label)] for label in found.labels[-3:]]
    assert themes == ["lights", "food", "police"]
    assert found.join(polish)[0].tolist() == found.labels[-3:].tolist()


@pytest.mark.slow
def test_where_hardly_anybody_writes_english_meaning_alone_groups_the_answers(said):
    polish = ["Latarnie na naszej ulicy są zepsute", "Na ulicy jest bardzo ciemno", "Obiad w stołówce jest zimny",
              "Kolejka w stołówce jest długa", "the lights are broken", "lunch is cold"]  # fmt: skip
    found = discover_clusters(polish, themes=2)
    assert found.space.finely.only_meaning
    assert found.labels[0] == found.labels[1] == found.labels[4] != found.labels[2]
    assert found.labels[2] == found.labels[3] == found.labels[5]
    assert found.join(["W parku nie ma żadnych lamp"])[0][0] == found.labels[0]


@pytest.mark.slow
def test_answers_beyond_the_sample_are_placed_by_their_spelling(said, monkeypatch):
    from insights.coding.engine import text_space

    monkeypatch.setattr(text_space, "EXACT", 40)
    monkeypatch.setattr(text_space, "SAMPLE", 40)
    different = sorted(set(said[0]))
    themes = [said[1][said[0].index(text)] for text in different]
    found = discover_clusters(different, themes=4)
    assert found.space.exact is False
    assert len(found.labels) == len(different) > 40
    assert v_measure_score(themes, found.labels) > 0.4


def test_the_sample_hangs_on_the_texts_and_not_on_how_they_came():
    from insights.coding.engine.text_space import pick_text_sample

    texts = [f"answer {number}" for number in range(200)]
    first = pick_text_sample(texts, 50)
    assert pick_text_sample(reversed(texts), 50) == first
    more = pick_text_sample([*texts, *(f"later {number}" for number in range(10))], 50)
    assert len(set(first) & set(more)) >= 44


@pytest.mark.slow
def test_a_net_that_does_not_settle_is_still_cut_and_each_time_alike(said, found, monkeypatch):
    def unsettled(*args, **kwargs):
        raise ArpackNoConvergence("no convergence", np.zeros(0), np.zeros((0, 0)))

    monkeypatch.setattr("scipy.sparse.linalg.eigsh", unsettled)
    near, again = (discover_clusters(said[0], themes=12).labels for _ in range(2))
    assert (near == again).all()
    assert adjusted_rand_score(found.labels, near) > 0.6
