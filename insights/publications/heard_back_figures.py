"""Figures of "Did you hear back?", a live picture (insights.polls)."""

from datetime import date
from typing import Any

from django.utils import timezone

from consultation import handover
from insights.polls.live_pictures import refresh_picture
from insights.publications.models import HeardPicture


def refresh_heard_back(today: date | None = None) -> int:
    """Sweep: renew the figures; returns how many changed."""
    today = today or timezone.localdate()
    return sum(
        refresh_picture(
            HeardPicture, handover.list_heard_back_replies(page), f"heard/{page.pk}", today, consultation=page
        )
        for page in handover.list_consultations()
    )


def heard_back_picture_of(consultation: Any) -> HeardPicture | None:
    return HeardPicture.objects.filter(consultation=consultation).first()
