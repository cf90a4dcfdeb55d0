"""4.5 Training is evaluated by level, and level is a closed list."""

import pytest

from consultation.surveys.answer_scales import LEVELS
from insights.strategy.points.point_provisions import get_served_point
from tests.insights import released
from tests.insights.evaluations import evaluated
from tests.insights.evaluations.evaluated import AGREEMENT

pytestmark = pytest.mark.any_database
POINT = "lead-multi-agency-training"


def levels():
    return next(one for one in get_served_point(POINT).provisions if one.key == "levels")


def test_training_is_evaluated_by_a_closed_list_of_levels(home, client_as):
    assert tuple(LEVELS) == ("initial-contact", "specialist", "leader", "planner")
    rounds = evaluated.ask_rounds(
        home, "training", [evaluated.item("spot", AGREEMENT, points=[POINT]), evaluated.level_question()]
    )
    assert not levels().holds, "a set that was only begun is no proof"
    report = evaluated.report(rounds[0], released.codebook(lights=[]))
    split = {"level": {"initial-contact": (60, (12,) * 5), "leader": (40, (8,) * 5)}}
    evaluated.answer(report, "spot", AGREEMENT, (20,) * 5, by=split)
    page = client_as("planner").get(levels().proofs[0].url).content.decode()
    assert '<option value="q-level">Your level</option>' in page
    report.delete()
    assert not levels().holds
