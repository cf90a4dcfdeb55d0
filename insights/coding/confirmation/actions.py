"""Drawing a confirmation sample."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from consultation.access import require_permission
from consultation.audit.audit_log import record_event
from insights.coding.codebook_in_force import require_codebook_version
from insights.coding.confirmation.models import ConfirmationRound
from insights.coding.confirmation.sample_size import OFFERED, people_needed
from insights.coding.models import Codebook
from insights.corpus.models import Text


@transaction.atomic
def draw_confirmation_sample(
    *, consultation: Any, half_width: int, by: Any, today: date | None = None
) -> ConfirmationRound:
    """Draw as many people at random as the half width (percentage points) needs, among everyone with released words.

    People of earlier rounds stay in. Raises ValidationError where this draws nobody new.
    """
    require_permission(by, "insights.code_themes")
    if half_width not in OFFERED:
        raise ValidationError("Choose how far a number may be off.")
    version = require_codebook_version(consultation)
    Codebook.objects.select_for_update().get(pk=version.codebook_id)  # two draws, one after the other
    draws = sorted(dict(Text.objects.of(consultation).values_list("respondent", "draw")).values())
    earlier = ConfirmationRound.objects.of(consultation).order_by("-below").first()
    size = people_needed(half_width, len(draws))
    below = draws[size - 1] + 1 if size else 0
    if below <= (earlier.below if earlier else 0):
        raise ValidationError("As many people are drawn already. Choose a narrower interval for more.")
    drawn = ConfirmationRound.objects.create(
        consultation=consultation,
        version=version,
        size=size,
        below=below,
        half_width=half_width,
        drawn_by=by,
        drawn_on=today or timezone.localdate(),
    )
    record_event("confirmation sample drawn", by=by, obj=drawn, people=size, half_width=half_width)
    return drawn
