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
    hard = decision_rules.find_hard_summary(decision)
    points, against = len(decision.links), bearings.count(Bearing.CHALLENGES)
    cited = f"{bearings.count(Bearing.SUPPORTS)} for, {against or 'none'} against" if bearings else "None is cited"
    parts = (
        ("The answer", "edit-decision", " ".join(missing) or hard or "Written", not missing and not hard),
        ("Ways that were considered", "decision-options", _count_in_words(options, "way"), options),
        ("Evidence", "cite", cited, bearings),
        ("How we will know", "decision-measures", _count_in_words(measures, "measure"), measures),
        ("Who does what", "decision-plan", _count_in_words(items, "action"), items),
        ("Where it belongs", "decision-place", f"{_count_in_words(points, 'point')} of the strategy", points),
    )
    for name, url, says, done in parts:
        yield DecisionPart(name, says, reverse(f"insights:{url}", args=[decision.slug]), bool(done))


def _count_in_words(number, what):
    return f"{number or 'No'} {what}{'' if number == 1 else 's'}"
