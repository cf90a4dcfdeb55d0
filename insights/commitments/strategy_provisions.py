from django.db.models import QuerySet
from django.urls import reverse

from consultation.strategy_provisions import MOST_PROOFS, Proof, provides_for
from insights.commitments.models import ENDED, Commitment
from insights.decisions.models import DecisionStatus
from insights.publishing.records import PublicationStatus

START = "insights:commitments"
WRITE = "insights.publish_decision"


def _list_proofs(found: QuerySet[Commitment], page: str) -> list[Proof]:
    return [Proof(one, one.name, f"{reverse(page)}#c-{one.pk}") for one in found[:MOST_PROOFS]]


@provides_for("lead-multi-agency-training", "pledges", "A leader’s pledge is public", start=START, may_start=WRITE)
def find_pledges():
    return _list_proofs(Commitment.objects.pledges().published(), "pledges")


@provides_for(
    "lead-multi-agency-training", "pledge-outcomes", "A pledge says how it ended", start=START, may_start=WRITE
)
def find_ended_pledges():
    return _list_proofs(
        Commitment.objects.pledges()
        .published()
        .filter(notes__progress__in=ENDED, notes__status=PublicationStatus.PUBLISHED)
        .distinct(),
        "pledges",
    )


@provides_for(
    "engage-community-resilience", "offers", "A group says in public what it does", start=START, may_start=WRITE
)
def find_offers():
    return _list_proofs(Commitment.objects.offers().published(), "what-groups-do")


@provides_for("safeguard-journey-to-excellence", "principles", "A principle is adopted", start=START, may_start=WRITE)
def find_principles():
    return [Proof(one, one.name, one.get_absolute_url()) for one in Commitment.objects.principles().published()]


@provides_for(
    "safeguard-journey-to-excellence", "evidence", "A public decision shows a principle", start=START, may_start=WRITE
)
def find_shown_principles():
    shown = Commitment.objects.principles().published().filter(decisions__status=DecisionStatus.PUBLISHED).distinct()
    return [Proof(one, one.name, one.get_absolute_url()) for one in shown]
