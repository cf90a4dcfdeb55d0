"""Outside working hours readers and leads see who is next on duty, the emergency duty team and 999."""

from datetime import datetime

import pytest
from django.urls import reverse

from consultation.safeguarding.clocks import LONDON
from consultation.safeguarding.duty_rota import lead_rota
from consultation.safeguarding.duty_rota.models import DutyDay
from tests.consultation.safeguarding.conftest import opened

SUNDAY, MONDAY = datetime(2026, 11, 29, 18, 0, tzinfo=LONDON), datetime(2026, 11, 30, 9, 0, tzinfo=LONDON)
TEAM = "Emergency duty team, 01632 960999"


@pytest.fixture(autouse=True)
def team(settings):
    settings.EMERGENCY_DUTY_TEAM = TEAM


def test_in_working_hours_nothing_is_said(lead):
    assert lead_rota.describe_out_of_hours(MONDAY) == {}


def test_at_the_weekend_the_next_duty_is_monday_s(lead):
    DutyDay.objects.create(day=MONDAY.date(), lead=lead)
    said = lead_rota.describe_out_of_hours(SUNDAY)
    assert (said["on"].lead, said["on"].day, said["emergency_team"]) == (lead, MONDAY.date(), TEAM)


@pytest.mark.parametrize("open_now", [True, False])
def test_desk_board_and_case_say_whom_to_call(client_as, answer, reader, monkeypatch, open_now):
    monkeypatch.setattr(lead_rota, "is_working_now", lambda now=None: open_now)
    case = opened(answer, reader)
    browsers = {"lead": client_as("safeguarding_lead"), "reader": client_as("moderator")}
    for who, page in (
        ("lead", reverse("safeguarding:board")),
        ("lead", reverse("safeguarding:case", args=[case.pk])),
        ("reader", reverse("reading:desk")),
    ):
        shown = browsers[who].get(page).content.decode()
        assert (TEAM in shown and "call 999" in shown) is not open_now, page
