"""Releases a report to one agency, under its agreement."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.accounts.agreements import AgreedRelease, Agreement
from consultation.access import refuse_for, require_permission
from consultation.audit.audit_log import record_event
from insights.releases.models import Release

NOT_IN_DATE = "This agreement is not in date. Choose one that is."


@transaction.atomic
def release_under_agreement(*, release: Release, agreement: Agreement, by: Any) -> AgreedRelease:
    """From now on no partner but this agency's sees the release. It opens nothing: one officer is enough, and a draft
    may be tied before a second person publishes it."""
    require_permission(by, "insights.publish_release")
    refuse_for("" if agreement.is_in_date else NOT_IN_DATE)
    given = {"agreement": agreement, "released_by": by, "released_on": timezone.localdate()}
    agreed, _ = AgreedRelease.objects.update_or_create(release=release, defaults=given)
    record_event("release tied to an agreement", by=by, obj=release, agreement=agreement.pk)
    return agreed
