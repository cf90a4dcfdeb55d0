"""The parts of a decision for its page: name, progress, edit address and whether each is done."""

from dataclasses import dataclass

from django.urls import reverse

from insights.decisions import following
from insights.decisions.models import Bearing


@dataclass(frozen=True)
class Part:
    name: str
    says: str
    url: str
    done: bool


def parts_of(decision, evidence, figures):
    """Yield the parts in the order of writing. `evidence`: cited themes; `figures`: figure citations."""
    bearings = [one.citation.bearing for one in evidence] + [one.bearing for one in figures]
    options, measures, items = decision.options.count(), decision.measures.count(), decision.items.count()
    missing = following.missing(decision)
    yield _part(decision, "The answer", "edit-decision", " ".join(missing) or "Written", not missing)
    yield _part(decision, "Ways that were considered", "decision-options", _how_many(options, "way"), options > 0)
    yield _part(decision, "Evidence", "cite", _evidence(bearings), bool(bearings))
    yield _part(decision, "How we will know", "decision-measures", _how_many(measures, "measure"), measures > 0)
    yield _part(decision, "Who does what", "decision-plan", _how_many(items, "action"), items > 0)
    points = len(decision.links)
    yield _part(
        decision, "Where it belongs", "decision-place", _how_many(points, "point") + " of the strategy", points > 0
    )


def _part(decision, name, url, says, done):
    return Part(name, says, reverse(f"insights:{url}", args=[decision.slug]), done)


def _how_many(number, what):
    return f"{number or 'No'} {what}{'' if number == 1 else 's'}"


def _evidence(bearings):
    if not bearings:
        return "None is cited"
    against = bearings.count(Bearing.CHALLENGES)
    return f"{bearings.count(Bearing.SUPPORTS)} for, {against or 'none'} against"
