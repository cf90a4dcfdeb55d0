from django.urls import reverse

from consultation.strategy_provisions import Proof, provides_for
from insights.decisions.models import Decision, DecisionOutcome
from insights.decisions.outcomes.models import OutcomeUpdate


@provides_for(
    "lead-best-practice", "worked", "Of a decision it is known whether it worked", start="insights:outcomes",
    may_start="insights.draft_decision",
)  # fmt: skip
def find_outcomes():
    found = OutcomeUpdate.objects.published().select_related("decision")
    return [Proof(one, str(one), reverse("insights:learning", query={"q": one.decision.title})) for one in found]


@provides_for(
    "lead-best-practice", "refusals", "A “no” is kept with its reason", start="insights:decisions",
    may_start="insights.draft_decision",
)  # fmt: skip
def find_refusals():
    found = Decision.objects.published().filter(outcome=DecisionOutcome.NO).exclude(reason="")
    return [Proof(one, one.title, reverse("insights:learning", query={"q": one.title})) for one in found]
