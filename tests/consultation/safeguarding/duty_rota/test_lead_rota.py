"""The duty rota: the lead on duty, gaps, and replacements."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.safeguarding.clocks import LONDON
from consultation.safeguarding.duty_rota import actions, lead_rota
from consultation.safeguarding.duty_rota.models import DutyDay

MONDAY = date(2026, 11, 23)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def on(day):
    return lead_rota.list_duties(day, 1)[0]


@pytest.fixture
def monday(lead, other_lead):
    actions.set_rota(by=lead, people={MONDAY: (lead.pk, other_lead.pk)})


def test_who_is_on_now_and_who_is_next(monday, lead, other_lead):
    duty = lead_rota.find_current_duty(at("2026-11-23 11:00"))
    assert (duty.lead, duty.backup, duty.gap) == (lead, other_lead, "")
    assert lead_rota.find_current_duty(at("2026-11-21 11:00")).day == MONDAY, "on Saturday Monday's are next"
    assert lead_rota.find_current_duty(at("2026-11-23 17:00")).lead is None


def test_gaps_are_working_days_without_a_lead_or_a_backup(monday, lead):
    actions.set_rota(by=lead, people={MONDAY + timedelta(days=1): (lead.pk, None)})
    gaps = {duty.day: duty.gap for duty in lead_rota.list_rota_gaps(MONDAY, 7)}
    assert gaps == {
        date(2026, 11, 24): "No backup",
        **{date(2026, 11, day): "No lead and no backup" for day in (25, 26, 27)},
    }
    assert on(date(2026, 12, 25)).gap == "" and not on(date(2026, 12, 25)).works


def test_whoever_is_no_lead_any_more_leaves_a_gap(monday, other_lead):
    other_lead.groups.clear()
    assert on(MONDAY).gap == "No backup"
    other_lead.is_active = False
    other_lead.save()
    assert on(MONDAY).backup is None


def test_the_same_again_changes_nothing_and_writes_nothing(monday, lead, other_lead):
    assert actions.set_rota(by=lead, people={MONDAY: (lead.pk, other_lead.pk)}) == 0
    assert AuditEntry.objects.filter(verb="rota changed").count() == 1


def test_nobody_is_their_own_backup_nor_on_without_the_role(lead, reader):
    for people in ((lead.pk, lead.pk), (reader.pk, None), (None, 99999)):
        with pytest.raises(NotAllowed, match="Monday 23 November"):
            actions.set_rota(by=lead, people={MONDAY: people})
    with pytest.raises(IntegrityError), transaction.atomic():
        DutyDay.objects.create(day=MONDAY, lead=lead, backup=lead)


def test_gaps_are_filled_from_the_week_before(monday, lead, other_lead):
    actions.set_rota(by=lead, people={MONDAY + timedelta(days=8): (other_lead.pk, None)})
    actions.set_rota(by=lead, people={MONDAY + timedelta(days=1): (lead.pk, other_lead.pk)})
    filled = actions.repeat_last_week(by=lead, since=MONDAY + timedelta(days=7), days=14)
    assert filled == 3
    assert (on(date(2026, 11, 30)).lead, on(date(2026, 12, 7)).backup) == (lead, other_lead)
    tuesday = on(date(2026, 12, 1))
    assert (tuesday.lead, tuesday.backup) == (other_lead, None), "nobody becomes their own backup"
    assert on(date(2026, 12, 2)).gap, "what was empty stays a gap"
    assert actions.repeat_last_week(by=lead, since=date(2027, 3, 1), days=7) == 0


def test_leads_are_those_who_may_see_the_queue(lead, other_lead, person):
    person("moderator"), person("planner")
    assert set(lead_rota.list_leads()) == {lead, other_lead}
