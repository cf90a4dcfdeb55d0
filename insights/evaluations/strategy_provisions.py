"""What evaluations provide for the strategy. A published report with numbers stands behind each, so that a set which was
only begun, or which few answered, is no provision."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from consultation import handover
from consultation.strategy_provisions import START_A_SURVEY, Proof, provides_for
from insights.evaluations.evaluation_sets import Evaluation, list_evaluations

OVER: dict[str, Any] = START_A_SURVEY | {"over": list_evaluations}


def _list_proofs(found: list[Evaluation], point: str, least_reports: int = 1) -> Iterator[tuple[Evaluation, Proof]]:
    for one in found:
        if point in one.points and len(one.numbered) >= least_reports:
            yield one, Proof(one.numbered[-1], one.title, reverse("insights:evaluation", args=[one.slug]))


@provides_for(
    "understand-perpetrators-attitudes", "attitudes", "Attitudes are asked before and after, without a name", **OVER
)
def find_attitudes(sets):
    return (proof for _, proof in _list_proofs(sets, "understand-perpetrators-attitudes", 2))


@provides_for(
    "disrupt-early-intervention", "by-group", "Attitudes before and after are linked by the code of a group", **OVER
)
def find_attitudes_by_group(sets):
    found = _list_proofs(sets, "disrupt-early-intervention", 2)
    return (proof for one, proof in found if one.choices.issuperset(handover.GROUP_CODES))


@provides_for("prevent-training-professionals", "training", "Training is evaluated in rounds, by setting", **OVER)
def find_training(sets):
    found = _list_proofs(sets, "prevent-training-professionals", 2)
    return (proof for one, proof in found if handover.asks_of_template(one.version, "training-evaluation", "setting"))


@provides_for("lead-multi-agency-training", "levels", "Training is evaluated by level, from a closed list", **OVER)
def find_training_by_level(sets):
    found = _list_proofs(sets, "lead-multi-agency-training")
    return (proof for one, proof in found if one.choices.issuperset(handover.TRAINING_LEVELS))


@provides_for("lead-outcomes-reduce-harm", "measures", "Outcome measures are asked each year", **OVER)
def find_yearly_measures(sets):
    return (proof for one, proof in _list_proofs(sets, "lead-outcomes-reduce-harm", 2) if one.is_yearly)
