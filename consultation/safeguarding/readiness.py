"""Readiness check of the duty rota."""

from django.utils import timezone

from consultation.readiness import ReadinessResult, readiness_check
from consultation.safeguarding.duty_rota import lead_rota

DAYS_AHEAD = 14  # days


@readiness_check(
    "rota",
    "A safeguarding lead and a backup are on duty, and for two weeks to come",
    group="Who works here",
    lapses=True,
)
def check_rota_filled() -> ReadinessResult:
    gaps = lead_rota.list_rota_gaps(timezone.localdate(), DAYS_AHEAD)
    if gaps:
        return ReadinessResult(False, f"{gaps[0].gap} on {gaps[0].day:%-d %B}: fill in the rota.")
    return ReadinessResult(True, "Every working day of the next two weeks has both.")
