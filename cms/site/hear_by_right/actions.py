"""Record a self-assessment of one indicator."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cms.accounts.models import User
from cms.site.hear_by_right.listening_standards import find_indicator
from cms.site.hear_by_right.models import SelfAssessment
from consultation.access import require_permission
from consultation.audit.audit_log import record_event

MAY = "consultation.edit_consultation"


@transaction.atomic
def record_assessment(
    *, indicator: str, stage: str, words: str, evidence: list[dict[str, str]], by: User, today: date | None = None
) -> SelfAssessment:
    """Save a dated finding, public at once. Stage "yes" needs evidence."""
    require_permission(by, MAY)
    if (asked := find_indicator(indicator)) is None:
        raise ValidationError("There is no such indicator.")
    found = SelfAssessment(
        indicator=indicator,
        stage=stage,
        words=words.strip(),
        evidence=evidence,
        assessed_on=today or timezone.localdate(),
        assessed_by=by,
    )
    found.full_clean(exclude=["evidence"])
    if stage == "yes" and not evidence and not asked.decisions:
        raise ValidationError({"evidence": "“We do this” needs at least one link that shows it."})
    found.save()
    record_event("self-assessment written", by=by, indicator=indicator, stage=stage)
    return found
