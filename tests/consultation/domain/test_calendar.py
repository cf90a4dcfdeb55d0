from datetime import date

import pytest

from consultation.domain import calendar


@pytest.mark.parametrize(
    ("year", "easter"),
    [
        (2000, (4, 23)),
        (2024, (3, 31)),
        (2025, (4, 20)),
        (2026, (4, 5)),
        (2027, (3, 28)),
        (2038, (4, 25)),
        (2285, (3, 22)),
    ],
)
def test_easter(year, easter):
    assert calendar.easter_sunday(year) == date(year, *easter)


@pytest.mark.parametrize(
    ("year", "days"),
    [
        # As published on gov.uk for England and Wales.
        (2021, ["01-01", "04-02", "04-05", "05-03", "05-31", "08-30", "12-27", "12-28"]),
        (2024, ["01-01", "03-29", "04-01", "05-06", "05-27", "08-26", "12-25", "12-26"]),
        (2025, ["01-01", "04-18", "04-21", "05-05", "05-26", "08-25", "12-25", "12-26"]),
        (2026, ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"]),
        (2027, ["01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"]),
        (2028, ["01-03", "04-14", "04-17", "05-01", "05-29", "08-28", "12-25", "12-26"]),
        (2033, ["01-03", "04-15", "04-18", "05-02", "05-30", "08-29", "12-26", "12-27"]),
    ],
)
def test_bank_holidays(year, days):
    assert sorted(calendar.bank_holidays(year)) == [date.fromisoformat(f"{year}-{day}") for day in days]


@pytest.mark.parametrize(("day", "works"), [("12-24", True), ("12-25", False), ("12-26", False), ("12-28", False)])
def test_a_day_on_which_people_work(day, works):
    """2026: Christmas is a Friday, and Boxing Day moves to Monday."""
    assert calendar.is_working_day(date.fromisoformat(f"2026-{day}")) == works
