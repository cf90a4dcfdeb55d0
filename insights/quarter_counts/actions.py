"""Freeze what a quarter's answers had left out of quotes, and the kinds of places that leads wrote down in a year."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from consultation import handover
from consultation.audit.audit_log import record_event
from consultation.domain.calendar_quarters import Quarter
from insights.quarter_counts.models import QuarterCounts, QuarterSubject

AFTER = timedelta(days=14)  # until then its last answers may be unread
type People = tuple[Mapping[str, Iterable[UUID]], Iterable[UUID]]  # (people by group, everyone)


def _find_left_out(quarter: Quarter) -> People:
    return handover.list_unquoted_people(quarter.first, quarter.last)


def _find_places(quarter: Quarter) -> People:
    """Of the year that ends with the quarter: in three months few are written down."""
    return handover.list_people_naming_places(date(quarter.next.year - 1, quarter.next.first.month, 1), quarter.last)


FINDERS: dict[str, Callable[[Quarter], People]] = {
    QuarterSubject.LEFT_OUT: _find_left_out,
    QuarterSubject.PLACES: _find_places,
}


def freeze_last_quarter(today: date | None = None) -> int:
    """Sweep: freeze the last full quarter once, two weeks after it ended. Returns how many subjects were frozen."""
    today = today or timezone.localdate()
    quarter = Quarter.of(today - AFTER).before
    return sum(_freeze_subject(subject, quarter, today) for subject in FINDERS)


@transaction.atomic
def _freeze_subject(subject: str, quarter: Quarter, today: date) -> bool:
    if QuarterCounts.objects.filter(subject=subject, quarter=quarter.first).exists():
        return False
    figures = _protect_people(*FINDERS[subject](quarter), f"{subject}/{quarter.slug}", today)
    made = QuarterCounts.objects.create(subject=subject, quarter=quarter.first, figures=figures, made_on=today)
    record_event("quarter counts frozen", obj=made, subject=str(subject), quarter=quarter.slug)
    return True


def _protect_people(
    groups: Mapping[str, Iterable[UUID]], everyone: Iterable[UUID], name: str, today: date
) -> dict[str, dict[str, int | str | None]]:
    from insights.disclosure.live_tables import protect_live_table  # numpy loads with these
    from insights.disclosure.protected_tables import TableRefused

    try:
        table = protect_live_table(groups, name, today, everyone=everyone, sensitive=True)
    except TableRefused:
        return {}
    cells = zip(table.rows, table.row_totals, strict=True)
    return {group: {"value": cell.value, "symbol": cell.symbol} for group, cell in cells}
