"""Readiness check of the duty rota."""

from django.utils import timezone

from consultation.ready import Found, check
from consultation.safeguarding.duty import rota

AHEAD = 14  # days


@check(
    "rota",
    "A safeguarding lead and a backup are on duty, and for two weeks to come",
    group="Who works here",
    lapses=True,
)
def on_duty() -> Found:
    gaps = rota.gaps(timezone.localdate(), AHEAD)
    if gaps:
        return Found(False, f"{gaps[0].gap} on {gaps[0].day:%-d %B}: fill in the rota.")
    return Found(True, "Every working day of the next two weeks has both.")
