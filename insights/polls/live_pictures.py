"""The figures of a poll after disclosure control, kept in a row and renewed when enough have replied since."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models, transaction

from insights.polls.poll_tables import renew_poll_table


class LivePicture(models.Model):
    """`rows` only tells whether enough have come since; no page shows it. `table` is as in Figure; its row ids are those
    of `HeardBackChoice`."""

    rows = models.PositiveIntegerField()
    made_on = models.DateField()
    table = models.JSONField(default=dict)

    class Meta:
        abstract = True


@transaction.atomic
def refresh_picture(model: Any, replies: Sequence[tuple[UUID, str]], poll: str, today: date, **of: Any) -> bool:
    """Renew the picture of one thing (`of`); returns whether it changed."""
    picture = model.objects.select_for_update().filter(**of).first()
    frozen, made_on = (picture.rows, picture.made_on) if picture else (0, None)
    table = renew_poll_table(replies, poll, today, frozen=frozen, made_on=made_on)
    if table is None:
        return False
    model.objects.update_or_create(**of, defaults={"rows": len(replies), "made_on": today, "table": table})
    return True
