"""A planned opening whose condition no longer holds waits, says so, and opens when it holds again."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Revision

from consultation.audit.models import AuditEntry
from consultation.reading.staffing.models import NamedReader
from consultation.surveys.models import ConsultationPage
from consultation.surveys.schedule import actions
from consultation.surveys.schedule.models import DateChange, DateChangeKind
from consultation.surveys.validation.actions import override_finding, take_back_override
from consultation.surveys.validation.findings import build_findings_report
from tests import factories
from tests.consultation.surveys.conftest import PROMISES, asked

DAYS = (date(2030, 3, 12), date(2030, 3, 28), date(2030, 4, 2), date(2030, 4, 9), date(2030, 4, 12))
EVE, DAY = date(2030, 3, 11), timedelta(days=1)  # a Monday


@pytest.fixture
def coming(home):
    days = dict(zip(("opens", "closes", "look_date", "decision_date", "feedback_date"), DAYS, strict=True))
    page, _ = factories.consultation(home, items=[factories.question("a", "long_text")], **PROMISES | days)
    page.body = [asked("a", "What would help?", "long_text")]
    page.save(update_fields=["body"])
    return page


def opens(page):
    return ConsultationPage.objects.get(pk=page.pk).opens


def test_what_is_staffed_opens_on_its_day(coming, person):
    factories.somebody_reads(person)
    NamedReader.objects.update(last_day=date(2031, 1, 1))
    factories_rota(person)
    assert actions.postpone_openings(EVE) == 0
    assert opens(coming) == EVE + DAY


def factories_rota(person):
    from consultation.safeguarding.duty_rota.models import DutyDay

    leads = [person("safeguarding_lead"), person("safeguarding_lead")]
    for number in range(60):
        DutyDay.objects.update_or_create(day=EVE + number * DAY, defaults={"lead": leads[0], "backup": leads[1]})


def test_what_is_not_opens_a_day_later_again_and_again_until_it_is(coming, person):
    assert actions.postpone_openings(EVE) == 1
    assert opens(coming) == EVE + 2 * DAY
    assert actions.postpone_openings(EVE) == 0, "once a day"
    assert actions.postpone_openings(EVE + DAY) == 1
    assert opens(coming) == EVE + 3 * DAY
    factories.somebody_reads(person)
    NamedReader.objects.update(first_day=EVE, last_day=date(2031, 1, 1))
    factories_rota(person)
    assert actions.postpone_openings(EVE + 2 * DAY) == 0
    assert opens(coming) == EVE + 3 * DAY
    assert AuditEntry.objects.filter(verb="opening put off").count() == 2
    assert set(DateChange.objects.values_list("kind", "made_by")) == {(DateChangeKind.PUT_OFF, None)}


def test_what_is_open_is_not_taken_away(coming):
    assert actions.postpone_openings(EVE + DAY) == 0
    assert opens(coming) == EVE + DAY


def test_where_nobody_fills_the_gap_until_the_last_day_it_never_opens(coming):
    ConsultationPage.objects.update(closes=EVE + DAY)
    assert actions.postpone_openings(EVE) == 1
    page = ConsultationPage.objects.get(pk=coming.pk)
    assert not any(page.is_open(EVE + number * DAY) for number in range(4))
    assert actions.postpone_openings(EVE + DAY) == 0, "it is over"


def test_the_draft_knows_the_new_day_too(coming):
    coming.save_revision()
    coming.refresh_from_db()
    actions.postpone_openings(EVE)
    assert coming.get_latest_revision_as_object().opens == EVE + 2 * DAY


@pytest.fixture
def scheduled(parks, person):
    """Approved to go live on a date that has come; (page, who approved it)."""
    officer = person("engagement_officer")
    parks.closes = timezone.localdate() + timedelta(days=20)
    revision = parks.save_revision(user=officer)
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    return parks, officer


def test_a_date_for_going_live_waits_for_the_gate_and_is_told_once_a_day(
    scheduled, person, client_as, django_capture_on_commit_callbacks
):
    page, officer = scheduled
    with django_capture_on_commit_callbacks(execute=True):
        call_command("publish_scheduled", verbosity=0)
        call_command("publish_scheduled", verbosity=0)
    page.refresh_from_db()
    assert not page.live and not page.versions.exists()
    assert AuditEntry.objects.filter(verb="opening put off").count() == 1
    assert [(message.to, message.subject) for message in mail.outbox] == [([officer.email], "item waiting")]
    shown = client_as("engagement_officer").get("/staff/dates/").content.decode()
    assert "It does not open as it stands:" in shown and "It goes live on" in shown
    factories.somebody_reads(person)
    call_command("publish_scheduled", verbosity=0)
    page.refresh_from_db()
    assert page.live and page.versions.count() == 1


def test_an_override_that_was_taken_back_since_the_approval_holds_it_until_it_is_given_again(scheduled, person):
    page, officer = scheduled
    factories.somebody_reads(person)
    page.body = [asked("go", "Don't you agree that parks need lights?", "faces")]
    revision = page.save_revision(user=officer)
    found = build_findings_report(page).stopping[0].finding.digest
    override_finding(page=page, digest=found, reason="The partnership asked for these words.", by=officer)
    Revision.objects.update(approved_go_live_at=None)
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    take_back_override(page=page, digest=found, by=officer)
    call_command("publish_scheduled", verbosity=0)
    page.refresh_from_db()
    assert not page.live and AuditEntry.objects.filter(verb="opening put off").count() == 1
    override_finding(page=page, digest=found, reason="The partnership asked for these words.", by=officer)
    call_command("publish_scheduled", verbosity=0)
    page.refresh_from_db()
    assert page.live
