from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse

from consultation.strategy_provisions import MOST_PROOFS, Proof, provides_for
from insights.decisions.agencies.models import ENDED, ActionItem
from insights.decisions.decision_rules import has_child_summary
from insights.decisions.models import Decision

BEGUN: dict[str, Any] = {"start": "insights:record", "may_start": "insights.draft_decision"}


def _find_decisions(point: str, cites: str) -> Iterator[Proof]:
    """Published decisions on this point that cite evidence of this kind."""
    for decision in (
        Decision.objects.published().filter(**{f"{cites}__isnull": False}).distinct().iterator(MOST_PROOFS)
    ):
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


@provides_for(
    "engage-external-comms",
    "child-summaries",
    "A published decision has a child’s summary",
    **BEGUN,
)
def find_child_summaries() -> Iterator[Proof]:
    for one in Decision.objects.published().iterator(MOST_PROOFS):
        if has_child_summary(one):
            yield Proof(one, one.title, f"/en/you-said-we-did/{one.slug}/")


@provides_for(
    "lead-partners-together",
    "decisions",
    "A decision names who leads and the next update",
    start="insights:record",
    may_start="insights.draft_decision",
)
def find_led_decisions() -> Iterator[Proof]:
    told = Q(next_update__isnull=False) | Q(progress__in=ENDED)
    for decision in Decision.objects.in_force().filter(told).exclude(lead_role="")[:MOST_PROOFS]:
        yield Proof(decision, decision.title, reverse("insights:decision", args=[decision.slug]))


@provides_for("lead-partners-together", "plans", "An agency has promised its part", start="insights:agencies")
def find_promised_actions() -> Iterator[Proof]:
    for item in ActionItem.objects.promised().select_related("agency")[:MOST_PROOFS]:
        yield Proof(item, f"{item.agency}: {item.what}", reverse("insights:action", args=[item.pk]))
