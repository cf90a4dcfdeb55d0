"""The working week: standard hours until officers set others; clocks follow it."""

from datetime import date, datetime, time

import pytest
from django.db import IntegrityError, transaction

from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.safeguarding import actions as triage
from consultation.safeguarding.clocks import LONDON, STANDARD_WEEK
from consultation.safeguarding.duty_rota import actions, working_week
from consultation.safeguarding.duty_rota.models import DayOff, OpenHours

EARLY = {day: (time(7), time(15)) for day in range(5)} | {5: None, 6: None}
TUESDAY = datetime(2026, 11, 24, 14, 0, tzinfo=LONDON)


def test_without_settings_it_is_the_standard_week(db):
    assert working_week.get_working_week() == STANDARD_WEEK


def test_a_case_is_due_by_the_hours_that_were_set(answer, reader, lead):
    actions.set_working_hours(by=lead, hours_of=EARLY)
    case = triage.open_case(answer=answer, by=reader, priority="T2", now=TUESDAY)
    assert case.due_at == datetime(2026, 11, 24, 15, 0, tzinfo=LONDON), "the end of the day"
    actions.set_working_hours(by=lead, hours_of=dict(enumerate(STANDARD_WEEK.hours)))
    case.refresh_from_db()
    assert case.due_at == datetime(2026, 11, 24, 15, 0, tzinfo=LONDON), "a clock that runs keeps its time"


def test_a_day_off_stands_still(answer, reader, lead):
    actions.add_day_off(by=lead, day=date(2026, 11, 25), name="Training day")
    case = triage.open_case(answer=answer, by=reader, priority="T3", now=TUESDAY)
    assert case.due_at == datetime(2026, 11, 27, 14, 0, tzinfo=LONDON)
    actions.remove_day_off(by=lead, day=date(2026, 11, 25))
    assert working_week.get_working_week() == STANDARD_WEEK
    with pytest.raises(NotAllowed):
        actions.remove_day_off(by=lead, day=date(2026, 11, 25))
    assert list(
        AuditEntry.objects.filter(verb__startswith="day off").order_by("seq").values_list("verb", flat=True)
    ) == [
        "day off added",
        "day off removed",
    ]


@pytest.mark.parametrize(
    "wrong", [dict.fromkeys(range(7)), EARLY | {0: (time(9), time(9))}, EARLY | {1: (time(17), time(9))}]
)
def test_hours_that_no_clock_could_live_with_are_refused(lead, wrong):
    with pytest.raises(NotAllowed):
        actions.set_working_hours(by=lead, hours_of=wrong)
    assert working_week.get_working_week() == STANDARD_WEEK


def test_a_bank_holiday_needs_no_adding_and_a_day_off_a_name(lead):
    for day, name in ((date(2026, 12, 25), "Christmas"), (date(2026, 12, 24), " ")):
        with pytest.raises(NotAllowed):
            actions.add_day_off(by=lead, day=day, name=name)
    assert not DayOff.objects.exists()


def test_the_database_refuses_half_a_day(db):
    for row in (
        OpenHours(weekday=0, opens=time(9)),
        OpenHours(weekday=7),
        OpenHours(weekday=0, opens=time(9), closes=time(8)),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


def test_another_process_sees_the_change_within_seconds(db, monkeypatch):
    working_week.get_working_week()
    OpenHours.objects.create(weekday=0)
    assert working_week.get_working_week() == STANDARD_WEEK
    monkeypatch.setattr(working_week.cached_week, "_until", 0.0)
    assert working_week.get_working_week().hours[0] is None
