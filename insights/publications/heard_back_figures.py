"""Figures of "Did you hear back?", renewed daily so that no day discloses one answer (insights.polls)."""

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
    if picture and picture.made_on >= today:
        return False
    table = renew_poll_table(handover.list_heard_back_choices(page), picture.table if picture else None, str(page.pk))
    if table is None:
        return False
    HeardPicture.objects.update_or_create(
        consultation=page, defaults={"rows": table["base"], "made_on": today, "table": table}
    )
    return True


def heard_back_picture_of(consultation: Any) -> HeardPicture | None:
    return HeardPicture.objects.filter(consultation=consultation).first()
