"""Decisions with a child's summary, as a provision of the strategy."""

from collections.abc import Iterator

from consultation.strategy_provisions import Proof, provides_for
from insights.decisions.decision_rules import has_child_summary
from insights.decisions.models import Decision


@provides_for(
    "engage-external-comms",
    "child-summaries",
    "A published decision has a child’s summary",
    start="insights:record",
    may_start="insights.draft_decision",
)
def find_child_summaries() -> Iterator[Proof]:
    for one in Decision.objects.published():
        if has_child_summary(one):
            yield Proof(one, one.title, f"/en/you-said-we-did/{one.slug}/")
