"""Whoever has to know is told once at each level, and the message gives nothing away."""

from datetime import datetime, timedelta

import pytest

from consultation.safeguarding import actions, alerts
from consultation.safeguarding.clocks import LONDON
from consultation.safeguarding.models import TriageCase

TEN = datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)  # a Tuesday; T1 is due at 12:00


@pytest.fixture
def case(answer, reader):
    return actions.open_case(answer=answer, by=reader, priority="T1", why="A worry.", now=TEN)


@pytest.fixture
def told(mailoutbox, django_capture_on_commit_callbacks):
    """told(minutes): who gets a message at that time after the case was opened."""

    def sweep(minutes):
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            alerts.alert_waiting(TEN + timedelta(minutes=minutes))
        return [address for mail in mailoutbox for address in mail.to]

    return sweep


@pytest.mark.parametrize(
    ("share", "level"), [(0, 0), (0.49, 0), (0.5, 50), (0.99, 50), (1, 100), (1.5, 150), (9, 150)]
)
def test_levels(share, level):
    assert alerts.level(share) == level


def test_each_level_is_told_once(case, lead, other_lead, told, settings):
    settings.HEAD_OF_SERVICE_EMAIL = "head@service.test"
    leads = [lead.email, other_lead.email]
    assert told(59) == []
    assert told(60) == leads
    assert told(61) == []
    assert told(120) == leads
    assert told(180) == ["head@service.test", *leads]
    assert told(240) == []


def test_the_backup_is_told_and_not_whoever_has_the_case(case, lead, other_lead, told):
    actions.claim(case=case, by=lead)
    assert told(120) == [other_lead.email]


def test_the_message_says_item_waiting_and_nothing_else(case, lead, told, mailoutbox):
    told(120)
    assert [(mail.subject, mail.body) for mail in mailoutbox] == [("item waiting", "item waiting")]


def test_nobody_else_is_told(case, lead, person, told):
    person("planner"), person("moderator"), person("administrator")
    assert told(180) == [lead.email]


def test_a_case_that_was_acted_on_is_quiet(case, lead, other_lead, told):
    actions.claim(case=case, by=lead)
    actions.move(case=case, by=lead, to="referred")
    assert told(180) == []


def test_a_reopened_case_starts_anew(case, lead, other_lead, told):
    told(180)
    actions.claim(case=case, by=lead)
    actions.move(case=case, by=lead, to="referred")
    actions.close(case=case, by=lead, outcome="LADO", reason="Told.", reporting_duty="yes", reference="R")
    actions.reopen(case=case, by=lead, why="Again.", now=TEN + timedelta(hours=4))
    assert TriageCase.objects.get().alerted == 0
    assert told(4 * 60) == []
    assert told(5 * 60) == [lead.email, other_lead.email]
