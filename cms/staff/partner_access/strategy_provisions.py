from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from cms.accounts.agreements import AgreedRelease, Agreement
from cms.staff.partner_access.partner_openings import list_partner_entries
from consultation.strategy_provisions import Proof, provides_for
from insights.releases.models import Release
from insights.releases.partner_sharing import is_partner

SHARING = "understand-information-sharing"
MANAGE = "consultation.manage_users"


def may_know_agreements(user: Any) -> bool:
    """No partner reads of another agency's agreement."""
    return not is_partner(user)


@provides_for(
    SHARING,
    "agreements",
    "An agreement in date, with the day on which access ends by itself",
    start="people:agreements",
    may_start=MANAGE,
    seen_with=may_know_agreements,
    opens_with=MANAGE,
)
def find_agreements() -> Iterator[Proof]:
    for one in Agreement.objects.in_date().select_related("agency"):
        yield Proof(one, str(one), reverse("people:agreements"))


@provides_for(SHARING, "on-record", "What partners open and take is on record", seen_with="consultation.read_audit")
def find_openings() -> Iterator[Proof]:
    for entry in list_partner_entries()[:1]:
        yield Proof(entry, f"{entry.verb.capitalize()}, {entry.day}", reverse("partners"))


@provides_for(
    "disrupt-criminal-justice",
    "released",
    "A report is released to one agency under an agreement in date",
    start="insights:releases",
    may_start="insights.publish_release",
)
def find_agreed_releases() -> Iterator[Proof]:
    seen = Release.objects.published()
    agreed = AgreedRelease.objects.filter(agreement__in=Agreement.objects.in_date(), release__in=seen)
    for one in agreed.select_related("release__consultation", "agreement__agency"):
        yield Proof(one, str(one), reverse("insights:report", args=[one.release_id]))
