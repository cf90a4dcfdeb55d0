"""What published results provide for the strategy."""

from collections.abc import Iterator

from django.urls import reverse

from consultation.strategy_provisions import Proof, provides_for
from insights.publications.models import Results


@provides_for(
    "engage-internal-comms",
    "briefing",
    "A published result has its staff briefing, as page and sheet",
    start="insights:results",
    may_start="insights.publish_decision",
)
def find_briefings() -> Iterator[Proof]:
    for one in Results.objects.published().select_related("consultation").order_by("consultation", "-number"):
        yield Proof(one, str(one), reverse("insights:briefing", args=[one.consultation.slug]))
