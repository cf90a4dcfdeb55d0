from collections.abc import Iterator

from django.urls import reverse

from consultation.strategy_provisions import MOST_PROOFS, Proof, provides_for
from insights.decisions.models import Decision
from insights.releases.models import Release
from insights.releases.theme_evidence import list_newest_releases
from insights.strategy.strategy_evidence import list_strategy_evidence

TRACKER = "engage-coordinate-delivery"


@provides_for(
    TRACKER, "voice-evidence", "A release speaks to a point of the strategy",
    start="insights:coverage", may_start="insights.view_reports", over=list_newest_releases,
)  # fmt: skip
def find_evidence(releases: list[Release]) -> Iterator[Proof]:
    for one in list_strategy_evidence(releases):
        for point in one.points[:1]:
            yield Proof(one.release, one.label, reverse("insights:point", args=[point]))


@provides_for(
    TRACKER, "linked-decisions", "A published decision is linked to a point",
    start="insights:record", may_start="insights.draft_decision",
)  # fmt: skip
def find_linked_decisions() -> Iterator[Proof]:
    for one in Decision.objects.published().exclude(links=[])[:MOST_PROOFS]:
        yield Proof(one, one.title, reverse("insights:decision", args=[one.slug]))
