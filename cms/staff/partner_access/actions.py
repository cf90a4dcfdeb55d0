"""Releases a report to one agency, under its agreement."""

from typing import Any

from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone

from cms.accounts.agreements import AgreedRelease, Agreement
from consultation.access import refuse_for, require_permission
from consultation.audit.audit_log import record_event
from insights.decisions.models import Decision
from insights.publications.models import Results
from insights.releases.models import Quote, Release
from insights.releases.partner_sharing import is_partner
from insights.releases.tied_releases import lock_releases
from insights.releases.withheld_releases import tied_releases_asked

NOT_IN_DATE = "This agreement is not in date. Choose one that is."
OTHER_AGENCY = "It is for another agency already. What one agency was given is not opened to a second."
IS_PUBLIC = "Something public rests on it: results, a decision or a quote. It cannot be for one agency alone."


@transaction.atomic
def release_under_agreement(*, release: Release, agreement: Agreement, by: Any) -> AgreedRelease:
    """From now on no partner but this agency's sees the release, and nothing public may rest on it. It opens nothing: one
    officer is enough, and a draft may be tied before a second person publishes it."""
    require_permission(by, "insights.publish_release")
    lock_releases([release.pk])
    refuse_for(why_not_tied(release, agreement))
    given = {"agreement": agreement, "released_by": by, "released_on": timezone.localdate()}
    agreed, _ = AgreedRelease.objects.update_or_create(release=release, defaults=given)
    record_event("release tied to an agreement", by=by, obj=release, agreement=agreement.pk)
    return agreed


def why_not_tied(release: Release, agreement: Agreement) -> str:
    """Why this release cannot be for the agency of this agreement alone; "" where it can."""
    if not agreement.is_in_date:
        return NOT_IN_DATE
    if AgreedRelease.objects.filter(release=release).exclude(agreement__agency=agreement.agency).exists():
        return OTHER_AGENCY
    decisions = Decision.objects.published()
    public = (
        Results.objects.published().filter(release=release),
        decisions.filter(citations__release=release),
        decisions.filter(figure_citations__release=release),
        Quote.objects.for_the_public().filter(release=release),
    )
    return IS_PUBLIC if any(rows.exists() for rows in public) else ""


def list_withheld_from(person: Any) -> list[int]:
    """Ids of the releases that this person may not see: of a partner, those for other agencies."""
    return AgreedRelease.objects.withheld_from(person.agency) if is_partner(person) else []


@receiver(tied_releases_asked)
def list_tied_releases(sender: Any, **_: Any) -> set[int]:
    return set(AgreedRelease.objects.values_list("release_id", flat=True))
