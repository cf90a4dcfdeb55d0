from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse

from consultation.strategy_provisions import MOST_PROOFS, Proof, provides_for
from insights.decisions.agencies.models import ENDED, ActionItem
from insights.decisions.models import Decision


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
