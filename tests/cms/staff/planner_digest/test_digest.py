"""The digest of planners: asked for, weekly at most, nothing twice, and nothing that a stranger may not read."""

import re
from datetime import date, datetime, time, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from cms.accounts.agreements import Agreement
from cms.staff.partner_access.actions import release_under_agreement
from cms.staff.planner_digest import actions
from cms.staff.planner_digest.actions import choose_digest, send_due_digests
from cms.staff.planner_digest.models import DigestReader
from consultation.audit.models import AuditEntry
from consultation.notifications.models import NotificationChoice
from consultation.surveys.models import ConsultationPage
from insights.coding.models import Theme
from insights.decisions.actions import cite_theme, publish_decision, record_decision
from tests import factories
from tests.insights import released
from tests.insights.decisions.conftest import said

NOON = timezone.make_aware(datetime(2027, 6, 1, 12))
DAY = NOON.date()
OWN = reverse("notifications:own")


@pytest.fixture
def world(home):
    """A codebook with a grave theme, and a consultation."""
    version = released.codebook(lights=[], harm={"gravity": 3, "links": []})
    return released.asked(home), version


@pytest.fixture
def planner(person):
    made = person("planner", email="priya@example.org")
    choose_digest(by=made, wanted=True)
    return made


def publish_report(world, number=1, **values):
    return released.release(*world, values or {"lights": 50, "harm": 40}, number=number, day=DAY)


def promise(world, **fields):
    officer = factories.staff(f"o{fields['slug']}@example.org", "insights.publish_decision")
    drafter = factories.staff(f"d{fields['slug']}@example.org", "insights.draft_decision")
    made = record_decision(by=drafter, consultations=[world[0]], **said(**fields))
    return made, drafter, officer


def sent():
    return "\n".join(f"{message.subject}\n{message.body}" for message in mail.outbox)


def test_a_planner_is_told_of_a_new_report_and_a_late_promise(world, planner):
    report = publish_report(world)
    made, _, officer = promise(world, slug="lamps", title="Ten lamps", due=DAY - timedelta(days=2))
    publish_decision(decision=made, by=officer)
    assert send_due_digests(NOON) == 1
    assert [message.to for message in mail.outbox] == [["priya@example.org"]]
    for words in (
        "Parks, release 1, 1 June 2027",
        reverse("insights:report", args=[report.pk]),
        "Ten lamps, due 30 May",
    ):
        assert words in sent()
    without_links = re.sub(r"https?://\S+", "", sent())
    for words in ("Harm", "Lights", "50", made.you_said):
        assert words not in without_links, "no theme, number or words: anyone may see a mailbox"


def test_newer_evidence_against_a_decision_is_told(world, planner, home):
    first = publish_report(world, lights=20)
    made, drafter, officer = promise(
        world, slug="no-lamps", title="No lamps", outcome="no", reason="Money", alternative="none"
    )
    cite_theme(decision=made, by=drafter, release=first, theme=Theme.objects.get(slug="lights"))
    publish_decision(decision=made, by=officer)
    send_due_digests(NOON)
    mail.outbox.clear()
    again = released.asked(home, "parks-again")
    ConsultationPage.objects.filter(pk=again.pk).update(wave_of=world[0])
    later = DAY + timedelta(days=6)
    released.release(again, world[1], {"lights": 90, "harm": 40}, day=later)
    assert send_due_digests(NOON + timedelta(days=7)) == 1
    assert "Newer evidence speaks against these decisions\n- No lamps" in sent()


def test_it_says_nothing_twice_and_comes_once_a_week_at_most(world, planner):
    publish_report(world)
    assert [send_due_digests(NOON), send_due_digests(NOON)] == [1, 0]
    publish_report(world, number=2)
    assert [send_due_digests(NOON + timedelta(days=days)) for days in (1, 6, 7, 8, 14, 21)] == [0, 0, 1, 0, 0, 0]
    assert sent().count("release 1,") == sent().count("release 2,") == 1


def test_two_processes_at_once_send_one(world, planner, monkeypatch):
    publish_report(world)
    write, runs = actions.write_digest, []

    def meanwhile(items):
        runs.append(items)
        if len(runs) == 1:
            assert send_due_digests(NOON) == 0, "the other process finds it claimed"
        return write(items)

    monkeypatch.setattr(actions, "write_digest", meanwhile)
    assert send_due_digests(NOON) == 1
    assert len(mail.outbox) == 1


def test_what_was_there_when_it_was_asked_for_is_no_news(world, person):
    publish_report(world)
    choose_digest(by=person("planner"), wanted=True)
    assert send_due_digests(NOON) == 0


def test_who_did_not_ask_or_stopped_it_is_told_nothing(world, planner, person):
    person("planner", email="other@example.org")
    choose_digest(by=planner, wanted=False)
    publish_report(world)
    assert send_due_digests(NOON) == 0
    assert mail.outbox == []


def test_who_may_not_read_reports_is_told_nothing(world, planner, person):
    publish_report(world)
    planner.groups.clear()
    assert send_due_digests(NOON) == 0
    with pytest.raises(PermissionDenied):
        choose_digest(by=person("administrator"), wanted=True)
    planner.groups.set(person("planner").groups.all())
    planner.is_active = False
    planner.save()
    assert send_due_digests(NOON) == 0
    assert mail.outbox == []


def test_a_partner_is_not_told_of_a_report_for_another_agency(world, person, officer_of_releases):
    partner = person("partner_viewer", email="partner@example.org")
    choose_digest(by=partner, wanted=True)
    report = publish_report(world)
    today = timezone.localdate()
    other = factories.agreement(agency=factories.agency("Other trust"), starts=today, ends=date(2030, 1, 1))
    release_under_agreement(release=report, agreement=other, by=officer_of_releases)
    assert send_due_digests(NOON) == 0
    assert mail.outbox == []


@pytest.fixture
def officer_of_releases(db):
    return factories.staff("releases@example.org", "insights.publish_release")


def test_a_partner_whose_agreement_ended_is_told_nothing(world, person):
    choose_digest(by=person("partner_viewer", email="partner@example.org"), wanted=True)
    publish_report(world)
    Agreement.objects.update(starts=date(2020, 1, 1), ends=date(2020, 2, 1))
    assert send_due_digests(NOON) == 0


def test_it_waits_for_the_end_of_quiet_hours(world, planner):
    NotificationChoice.objects.create(person=planner, quiet_from=time(11), quiet_until=time(13))
    publish_report(world)
    assert [send_due_digests(NOON), send_due_digests(NOON + timedelta(hours=1))] == [0, 1]


def test_a_message_that_the_mail_server_refused_is_sent_by_the_next_sweep(world, planner, monkeypatch):
    publish_report(world)
    with monkeypatch.context() as broken:
        broken.setattr(actions, "send_email", refuse)
        assert send_due_digests(NOON) == 0
    assert send_due_digests(NOON + timedelta(hours=1)) == 1


def refuse(*_):
    raise OSError("no mail server")


def test_the_switch_is_off_and_is_turned_on_and_off_on_the_persons_page(client_as):
    client = client_as("planner")
    assert "Send it to me" in client.get(OWN).content.decode()
    assert not DigestReader.objects.exists()
    shown = client.post(reverse("digest"), {"wanted": "yes"}, follow=True).content.decode()
    assert "You get it." in shown
    assert DigestReader.objects.get().person == client.user
    client.post(reverse("digest"), {"wanted": "no"})
    assert not DigestReader.objects.exists()
    assert AuditEntry.objects.filter(verb="notification channels chosen").count() == 2
    assert "News of reports" not in client_as("administrator").get(OWN).content.decode()


def test_two_late_promises_of_one_decision_on_one_day_are_both_told(world, planner):
    late = DAY - timedelta(days=2)
    made, _, officer = promise(world, slug="lamps", title="Ten lamps", due=late, next_update=late)
    publish_decision(decision=made, by=officer)
    assert send_due_digests(NOON) == 1
    for what in ("To be done", "News of how it goes"):
        assert f"- Ten lamps, due 30 May 2027: {what}\n" in sent()
