"""Did people hear back? The answers, after disclosure control, renewed once a day and only where ten more have come."""

from collections import Counter
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultation import handover
from insights.results.models import HeardPicture

LABELS = {"yes": "Yes", "partly": "In part", "no": "No", "dk": "I don’t know"}
ENOUGH_NEW = 10


def refresh(today: date | None = None) -> int:
    """Sweep: how many pictures were renewed. Each new one counts ten more people or more: none can be told apart."""
    today = today or timezone.localdate()
    return sum(_refresh(page, today) for page in handover.consultations())


@transaction.atomic
def _refresh(page: Any, today: date) -> bool:
    chosen = handover.heard_answers(page)
    picture = HeardPicture.objects.select_for_update().filter(consultation=page).first()
    before = picture.rows if picture else 0
    if len(chosen) < before + ENOUGH_NEW or (picture and picture.made_on >= today):
        return False
    table = protected(chosen)
    if picture:
        from insights.reports.policies import keep_small_moves

        keep_small_moves(table, picture.table)
    HeardPicture.objects.update_or_create(
        consultation=page, defaults={"rows": len(chosen), "made_on": today, "table": table}
    )
    return True


def protected(chosen: list[str]) -> dict[str, Any]:
    """The stored table: like any other figure, from 30 people up, rounded to 5, small ones hidden."""
    from insights.reports.disclosure import DEFAULT, Refused, Table, protect  # numpy loads in a worker alone
    from insights.reports.figures import freeze_refused, freeze_table

    counts = Counter(chosen)
    try:
        return freeze_table(protect(Table.one_way({key: counts[key] for key in LABELS}), DEFAULT), LABELS, {})
    except Refused as refusal:
        return freeze_refused(str(refusal))


def picture_of(consultation: Any) -> HeardPicture | None:
    return HeardPicture.objects.filter(consultation=consultation).first()
