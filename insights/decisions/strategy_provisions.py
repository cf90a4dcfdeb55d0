"""Commissioning decisions: those that are linked to support, and cite what informed them."""

from collections.abc import Iterator

from django.urls import reverse

from consultation.strategy_provisions import Proof, provides_for
from insights.decisions.models import Decision

BEGUN = {"start": "insights:record", "may_start": "insights.draft_decision"}


def _find_decisions(point: str, cites: str) -> Iterator[Proof]:
    """Published decisions on this point that cite evidence of this kind."""
    for decision in Decision.objects.published().filter(**{f"{cites}__isnull": False}).distinct():
        if any(link["sub_point"] == point for link in decision.links):
            yield Proof(decision, decision.title, reverse("insights:decision", args=[decision.slug]))


@provides_for(
    "safeguard-support-services",
    "commissioning",
    "A commissioning decision names the themes that informed it",
    **BEGUN,
)
def find_commissioning_decisions() -> Iterator[Proof]:
    return _find_decisions("safeguard-support-services", "citations")


@provides_for(
    "safeguard-coordinated-services", "commissioning", "A decision cites whether services joined up", **BEGUN
)
def find_decisions_on_coordination() -> Iterator[Proof]:
    return _find_decisions("safeguard-coordinated-services", "figure_citations")
