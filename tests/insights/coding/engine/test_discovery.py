import random

import pytest
from sklearn.metrics import adjusted_rand_score, v_measure_score

from insights.coding.engine import discover
from tests.insights.coding.engine.invented import answers


@pytest.fixture(scope="module")
def said():
    """Answers of one theme each, with that theme."""
    found = [(text, next(iter(themes))) for text, _, themes in answers(count=400, seed=4) if len(themes) == 1]
    return [text for text, _ in found], [theme for _, theme in found]


@pytest.fixture(scope="module")
def found(said):
    return discover(said[0], themes=12)


def test_like_stands_by_like(said, found):
    assert v_measure_score(said[1], found.labels) > 0.5


def test_every_answer_is_in_a_group(said, found):
    assert sum(cluster.size for cluster in found.clusters) == len(said[0])


def test_groups_are_named_by_words_that_their_answers_use(said, found):
    for cluster in found.clusters:
        own = " ".join(
            text.lower() for text, label in zip(said[0], found.labels, strict=True) if label == cluster.number
        )
        assert cluster.name
        assert all(word in own for word in cluster.name)


def test_typical_answers_are_nearer_than_atypical_ones(said, found):
    _, near = found.join(said[0])
    for cluster in found.clusters:
        assert near[list(cluster.typical)].min() >= near[list(cluster.atypical)].max() or cluster.size < 10
        assert all(found.labels[at] == cluster.number for at in cluster.typical + cluster.atypical)


def test_a_rerun_in_another_order_finds_the_same_groups(said, found):
    order = list(range(len(said[0])))
    random.Random(7).shuffle(order)
    again = discover([said[0][at] for at in order], themes=12)
    assert adjusted_rand_score(found.labels[order], again.labels) == 1


def test_new_answers_join_the_group_of_their_like(said, found):
    labels, near = found.join([said[0][0], "the lamp posts in our road are broken!!"])
    assert labels[0] == found.labels[0]
    assert near[0] > 0.5
    assert found.join([])[0].tolist() == []


def test_the_number_of_groups_is_found_and_none_takes_most(said):
    clusters = discover(said[0]).clusters
    assert 4 <= len(clusters) <= 24
    assert max(cluster.size for cluster in clusters) <= 0.4 * len(said[0])


def test_too_few_different_answers_are_refused():
    with pytest.raises(ValueError, match="too few"):
        discover(["yes", "yes"])
