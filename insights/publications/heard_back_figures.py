"""Figures of "Did you hear back?", a live picture (insights.polls)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultation import handover
from insights.polls.poll_tables import renew_poll_table
from insights.publications.models import HeardPicture


def refresh_heard_back(today: date | None = None) -> int:
    """Sweep: renew the figures; returns how many changed."""
    today = today or timezone.localdate()
    return sum(_refresh_picture(page, today) for page in handover.list_consultations())


@transaction.atomic
def _refresh_picture(page: Any, today: date) -> bool:
    picture = HeardPicture.objects.select_for_update().filter(consultation=page).first()
    replies = handover.list_heard_back_replies(page)
    frozen, made_on = (picture.rows, picture.made_on) if picture else (0, None)
    table = renew_poll_table(replies, f"heard/{page.pk}", today, frozen=frozen, made_on=made_on)
    if table is None:
        return False
    HeardPicture.objects.update_or_create(
        consultation=page, defaults={"rows": len(replies), "made_on": today, "table": table}
    )
    return True


def heard_back_picture_of(consultation: Any) -> HeardPicture | None:
    return HeardPicture.objects.filter(consultation=consultation).first()
