"""A referral without a decision is told to a lead, once, from the day on which it is late."""

from datetime import datetime, timedelta

import pytest

from cms.operations.scheduler import sweep_schedule
from consultation.audit.models import AuditEntry
from consultation.safeguarding import actions
from consultation.safeguarding.clocks import LONDON
from consultation.safeguarding.duty_rota.models import DutyDay
from consultation.safeguarding.models import TriageCase
from consultation.safeguarding.referrals import actions as referring
from consultation.safeguarding.referrals.actions import tell_late_referrals
from tests import factories
from tests.consultation.safeguarding.conftest import opened, read, refer

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)
LATE = TUESDAY + timedelta(days=2)


@pytest.fixture
def referral(answer, reader, lead):
    """A referral of Tuesday, whose agency should have decided by Wednesday."""
    case = actions.claim_case(case=opened(answer, reader, now=TUESDAY), by=lead, now=TUESDAY)
    read(case, lead)
    return refer(case, lead, "CEOP", chase_on=TUESDAY.date() + timedelta(days=1), now=TUESDAY)


@pytest.fixture
def on_duty(other_lead):
    DutyDay.objects.create(day=LATE.date(), lead=other_lead)
    return other_lead


def told(mailoutbox):
    return [mail.to for mail in mailoutbox]


def test_the_lead_who_made_it_is_told_once_from_the_day_it_is_late(referral, lead, on_duty, mailoutbox):
    for now in (TUESDAY, TUESDAY + timedelta(days=1), LATE.replace(hour=5)):  # not late, not yet, before work begins
        assert tell_late_referrals(now) == 0
    assert tell_late_referrals(LATE) == 1
    assert tell_late_referrals(LATE + timedelta(days=1)) == 0
    assert told(mailoutbox) == [[lead.email]]
    assert "CEOP" not in mailoutbox[0].body and "item waiting" in mailoutbox[0].body
    entry = AuditEntry.objects.get(verb="triage referral late")
    assert (entry.object_id, entry.data) == (str(referral.case_id), {})


def test_asking_again_starts_anew_and_a_decision_ends_it(referral, lead, mailoutbox):
    tell_late_referrals(LATE)
    referring.chase_referral(referral=referral, by=lead, said="Nobody answered.", chase_on=LATE.date(), now=LATE)
    assert [tell_late_referrals(LATE + timedelta(days=days)) for days in (0, 1, 1)] == [0, 1, 0]
    referring.chase_referral(referral=referral, by=lead, said="Not yet.", chase_on=LATE.date(), now=LATE)
    referring.record_referral_decision(referral=referral, by=lead, decision="They took it.")
    assert tell_late_referrals(LATE + timedelta(days=4)) == 0
    assert told(mailoutbox) == [[lead.email]] * 2


def test_where_who_made_it_leads_no_more_the_lead_on_duty_is_told(referral, lead, on_duty, person, mailoutbox):
    person("safeguarding_lead")
    lead.groups.clear()
    assert tell_late_referrals(LATE) == 1
    assert told(mailoutbox) == [[on_duty.email]]


def test_nobody_from_whom_the_case_is_hidden_is_told(referral, lead, on_duty, person, mailoutbox, settings):
    settings.HEAD_OF_SERVICE_EMAIL = "head@staff.test"
    for someone in (lead, on_duty):
        factories.join_agency(someone, "Riverside")
    TriageCase.objects.update(agency=factories.agency("Riverside"))
    assert tell_late_referrals(LATE) == 1
    assert told(mailoutbox) == [["head@staff.test"]]


def test_a_message_that_did_not_leave_is_sent_again(referral, lead, mailoutbox, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr("consultation.safeguarding.referrals.actions.notify_all", lambda *_, **__: set())
        assert tell_late_referrals(LATE) == 0
    assert tell_late_referrals(LATE) == 1


def test_several_late_referrals_are_one_message(referral, lead, mailoutbox):
    refer(referral.case, lead, "police 999", chase_on=TUESDAY.date(), now=TUESDAY)
    assert tell_late_referrals(LATE) == 2
    assert told(mailoutbox) == [[lead.email]]


def test_the_sweep_is_on_the_schedule():
    (sweep,) = (each for each in sweep_schedule.SWEEPS if each.path.endswith("tell_late_referrals"))
    assert sweep.first and sweep.load() is tell_late_referrals
