"""Opening hours are used only when fully parsed; a place that may be closed is never shown as open."""

from datetime import datetime

import pytest

from consultation.safeguarding.clocks import LONDON
from consultation.safeguarding.help.opening import is_open, parse_opening_hours

WEEK = "Mon-Thu 8:30-17:00, Fri 8:30-16:30"


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("written", "moment", "expected"),
    [
        (WEEK, "2026-11-25T08:29", False),  # a Wednesday
        (WEEK, "2026-11-25T08:30", True),
        (WEEK, "2026-11-25T16:59", True),
        (WEEK, "2026-11-25T17:00", False),
        (WEEK, "2026-11-27T16:45", False),  # a Friday
        (WEEK, "2026-11-28T12:00", False),  # a Saturday
        (WEEK, "2026-12-25T12:00", None),  # Christmas: it may be shut
        ("Always", "2026-12-25T03:00", True),
        ("24 hours", "2026-11-25T03:00", True),
        ("Every day 20:00-23:30", "2026-11-28T21:00", True),
        ("Mon to Fri 9-17; Sat 10.00-14.00", "2026-11-28T13:59", True),
        ("Outside office hours", "2026-11-25T21:00", None),
        ("Mon-Fri 9:00-17:00 in term time", "2026-11-25T12:00", None),
        ("Mon-Fri 22:00-6:00", "2026-11-25T23:00", None),
        ("Fri-Mon 9:00-17:00", "2026-11-28T12:00", None),
        ("Mon 9:00-25:00", "2026-11-23T12:00", None),
        ("", "2026-11-25T12:00", None),
        ("Mon-Fri 1-5", "2026-11-25T14:00", None),  # by a clock of twelve hours: it is open then
        ("Wed 1:30-4:30", "2026-11-25T14:00", None),
        ("Wed 8-11", "2026-11-25T21:00", None),
        ("Wed 8:30-11:30", "2026-11-25T09:00", True),
        ("Wed 09-12", "2026-11-25T09:00", True),
        ("Wed 01:00-05:00", "2026-11-25T02:00", True),
    ],
)
def test_open_now(written, moment, expected):
    assert is_open(parse_opening_hours(written), at(moment)) is expected


def test_hours_are_londons_whatever_the_server_thinks():
    summer = datetime.fromisoformat("2026-07-01T07:45+00:00")  # 8:45 in London
    assert is_open(parse_opening_hours(WEEK), summer) is True
