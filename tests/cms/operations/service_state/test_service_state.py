"""Officers see in plain words whether anything is stuck; administrators are told, outside their quiet hours."""

from datetime import datetime, time, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from cms.operations.backups.actions import VERIFIED
from cms.operations.service_state import actions, running_checks
from cms.operations.service_state.models import ToldAlarm
from cms.operations.version import read_version
from consultation.audit.audit_log import record_event
from consultation.notifications.models import NotificationChoice
from consultation.readiness import ReadinessCheck, ReadinessResult

NIGHT = datetime(2026, 11, 30, 2, 0, tzinfo=timezone.get_default_timezone())
MORNING = NIGHT + timedelta(hours=6)


@pytest.fixture
def alarms(monkeypatch):
    """The keys of the alarms that are out of order; change it to let one begin or end."""
    keys = {"worker"}

    def listed():
        return [
            ReadinessCheck(
                key, f"The {key} runs", lambda key=key: ReadinessResult(key not in keys, "It ended."), alarm=True
            )
            for key in ("worker", "screening")
        ]

    monkeypatch.setattr(running_checks, "list_readiness_checks", listed)
    return keys


def test_the_page_says_what_is_stuck(client_as, alarms):
    page = client_as("engagement_officer").get("/staff/running/").content.decode()
    assert "Yes: 1 of 2 lines" in page and "Stuck: somebody must act" in page and "It ended." in page
    assert f"Version {read_version()}" in page and page.index("The worker runs") < page.index("The screening runs")
    alarms.clear()
    assert (
        "All that runs by itself is running" in client_as("safeguarding_lead").get("/staff/running/").content.decode()
    )


def test_a_check_that_breaks_is_stuck_itself(db, monkeypatch):
    broken = ReadinessCheck("x", "X", lambda: 1 / 0, alarm=True)
    monkeypatch.setattr(running_checks, "list_readiness_checks", lambda: [broken])
    [found] = running_checks.list_alarms()
    assert found.result.says == "This could not be checked (ZeroDivisionError)."


def test_the_pages_words_name_no_setting_and_no_command(client_as):
    page = client_as("engagement_officer").get("/staff/running/").content.decode()
    for word in ("DJANGO", "manage.py", "./dev", "_KEY", "SELECT"):
        assert word not in page.partition("<main")[2]


def test_administrators_are_told_once_and_again_after_a_day(administrator, alarms):
    assert actions.tell_administrators(MORNING) == 1
    assert [message.to for message in mail.outbox] == [[administrator.email]]
    assert "item waiting" in mail.outbox[0].subject and "worker" not in mail.outbox[0].body
    assert actions.tell_administrators(MORNING + timedelta(hours=1)) == 0
    assert actions.tell_administrators(MORNING + timedelta(hours=25)) == 1


def test_a_second_alarm_is_news_and_an_ended_one_may_come_again(administrator, alarms):
    actions.tell_administrators(MORNING)
    alarms.add("screening")
    assert actions.tell_administrators(MORNING) == 1
    alarms.clear()
    assert actions.tell_administrators(MORNING) == 0 and not ToldAlarm.objects.exists()
    alarms.add("worker")
    assert actions.tell_administrators(MORNING) == 1


def test_in_quiet_hours_an_alarm_waits_for_the_morning(administrator, alarms):
    NotificationChoice.objects.create(person=administrator, quiet_from=time(22), quiet_until=time(7))
    assert actions.tell_administrators(NIGHT) == 0
    assert not mail.outbox and not ToldAlarm.objects.exists()
    assert actions.tell_administrators(MORNING) == 1


def test_the_first_page_tells_administrators_of_alarms_and_of_the_last_backup(client_as, alarms):
    record_event(VERIFIED, day=(timezone.localdate() - timedelta(days=1)).isoformat())
    page = client_as("administrator").get("/staff/").content.decode()
    assert "Stuck: The worker runs. It ended." in page and "The last verified backup was made yesterday." in page
    assert "/staff/running/" in page
