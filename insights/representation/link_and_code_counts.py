"""How many came by each printed link, and how many codes of each batch were used: live pictures, told in words."""

from datetime import date
from typing import Any

from django.utils import timezone

from consultation import handover


def count_by_link(page: Any, name: str, today: date) -> None:
    """Count with the figures of representation of this name: the same people have the same number in both."""
    from insights.disclosure import TableRefused  # numpy loads with these
    from insights.disclosure.live_tables import protect_live_table

    groups = handover.group_people_by_link(page)
    if not groups:
        return
    try:
        table = protect_live_table(groups, name, today)
    except TableRefused:
        told = dict.fromkeys(groups, "")
    else:
        told = {link: cell.say() for link, cell in zip(table.rows, table.row_totals, strict=True)}
    handover.store_link_counts(page, told, today)


def refresh_code_counts(today: date | None = None) -> int:
    """Sweep: count the used codes of each batch that is due; returns how many batches were."""
    today = today or timezone.localdate()
    return sum(
        _count_used_codes(page, batch, today)
        for page in handover.list_consultations()
        for batch in handover.list_code_batches(page)
    )


def _count_used_codes(page: Any, batch: handover.CodeBatchUse, today: date) -> bool:
    from insights.disclosure import TableRefused  # numpy loads with these
    from insights.disclosure.live_tables import may_renew, protect_live_table

    name = f"codes/{batch.id}"
    counted = batch.counted_on
    if counted is not None and not may_renew(name, len(batch.used), batch.frozen, counted, today):
        return False
    try:
        told = protect_live_table({"used": batch.used, "unused": batch.unused}, name, today).row_totals[0].say()
    except TableRefused:
        told = ""
    handover.store_code_count(page, batch, told, today)
    return True
