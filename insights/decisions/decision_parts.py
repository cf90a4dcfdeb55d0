"""The parts of a decision for its page: name, progress, edit address and whether each is done."""

from dataclasses import dataclass

from django.urls import reverse

from insights.decisions import decision_rules
from insights.decisions.models import Bearing


@dataclass(frozen=True)
class DecisionPart:
    name: str
    says: str
    url: str
    done: bool


def list_decision_parts(decision, evidence, figures):
    """Yield the parts in the order of writing. `evidence`: cited themes; `figures`: figure citations."""
    bearings = [one.citation.bearing for one in evidence] + [one.bearing for one in figures]
    options, measures, items = decision.options.count(), decision.measures.count(), decision.items.count()
    missing = decision_rules.list_missing_parts(decision)
    yield _build_part(decision, "The answer", "edit-decision", " ".join(missing) or "Written", not missing)
    yield _build_part(
        decision, "Ways that were considered", "decision-options", _count_in_words(options, "way"), options > 0
    )
    yield _build_part(decision, "Evidence", "cite", _summarise_evidence(bearings), bool(bearings))
    yield _build_part(
        decision, "How we will know", "decision-measures", _count_in_words(measures, "measure"), measures > 0
    )
    yield _build_part(decision, "Who does what", "decision-plan", _count_in_words(items, "action"), items > 0)
    points = len(decision.links)
    yield _build_part(
        decision,
        "Where it belongs",
        "decision-place",
        _count_in_words(points, "point") + " of the strategy",
        points > 0,
    )


def _build_part(decision, name, url, says, done):
    return DecisionPart(name, says, reverse(f"insights:{url}", args=[decision.slug]), done)


def _count_in_words(number, what):
    return f"{number or 'No'} {what}{'' if number == 1 else 's'}"


def _summarise_evidence(bearings):
    if not bearings:
        return "None is cited"
    against = bearings.count(Bearing.CHALLENGES)
    return f"{bearings.count(Bearing.SUPPORTS)} for, {against or 'none'} against"
