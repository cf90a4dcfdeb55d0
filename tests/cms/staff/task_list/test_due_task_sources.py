"""The task list with one task of each kind, and reminders of our answers."""

import uuid
from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from cms.staff.task_list import actions, due_task_sources
from consultation.audit.models import AuditEntry
from consultation.notifications.notify import write_message
from consultation.reading.staffing.actions import name_readers
from consultation.safeguarding.models import HelpEntry
from consultation.surveys.models import ConsultationPage
from insights.commitments.actions import receive_offer, screen_sent_offers, take_offer
from insights.commitments.models import SentOffer
from insights.decisions.models import Decision
from tests import factories
from tests.insights.commitments.conftest import said

TODAY = date(2027, 3, 3)
DAY = timedelta(days=1)


def found(kind):
    return [item for item in due_task_sources.list_due_tasks(TODAY) if item.kind == kind]


@pytest.fixture
def page(home):
    return factories.consultation(home, opens=TODAY - 40 * DAY, closes=TODAY + 5 * DAY)[0]


def change(page, **fields):
    ConsultationPage.objects.filter(pk=page.pk).update(**fields)


def decision(page, person, **fields):
    given = {
        "slug": "lights", "title": "Lights", "we_asked": "?", "you_said": "Dark.", "outcome": "yes", "we_did": "Ten.",
        "lead_role": "Lighting manager", "decided": TODAY - 200 * DAY, "created_by": person("planner"),
        "published_by": person("engagement_officer"), "published_on": TODAY - 100 * DAY, "status": "published",
    }  # fmt: skip
    made = Decision.objects.create(**given | fields)
    made.consultations.set([page])
    return made


def test_what_closes_and_what_nobody_reads(page):
    [closes] = found("Closes")
    assert (closes.day, closes.title) == (page.closes, "Parks")
    [nobody] = found("Name a reader, a lead and a backup")
    assert nobody.day == TODAY and "waits" in nobody.then


def test_leads_alone_are_asked_for_what_they_alone_can_fill(page, person):
    """Officers were told that they can do it, and sent to a page that sends them to a lead."""
    owner = person("engagement_officer")
    change(page, owner=owner)
    name_readers(page=page, readers=[person("moderator")], first_day=TODAY, last_day=TODAY + 60 * DAY, by=owner)
    [gap] = found("Name a lead and a backup")
    assert (gap.permission, gap.people) == ("consultation.see_triage", frozenset())
    assert gap.url == "/staff/safeguarding/rota/"


def test_what_opens_and_why_it_would_not(page):
    change(page, opens=TODAY + 3 * DAY, closes=TODAY + 40 * DAY)
    [opens] = found("Opens")
    assert opens.then.startswith("It does not open:") and not found("Closes")


def test_an_answer_is_due_then_late_then_done(page):
    change(page, closes=TODAY - 2 * DAY, feedback_date=TODAY + DAY)
    assert "From the day after" in found("Our answer")[0].then
    change(page, feedback_date=TODAY - DAY)
    [late] = found("Our answer")
    assert late.day == TODAY - DAY and "late" in late.then


def test_a_decision_without_news_and_one_that_is_done(page, person):
    made = decision(page, person)
    [quiet] = found("News owed")
    assert quiet.people == {made.published_by_id}
    made.published_by.is_active = False
    made.published_by.save()
    assert found("News owed")[0].people == frozenset(), "nobody's alone: everyone sees it"
    Decision.objects.update(progress="done")
    assert not found("News owed")


def test_what_waits_for_a_second_person_is_not_work_of_the_first(page, person):
    made = decision(page, person, status="draft", published_by=None, published_on=None)
    [waits] = found("Second person")
    assert not waits.is_for(made.created_by_id) and waits.is_for(0)


@pytest.mark.slow
def test_what_a_group_sent_waits_and_then_its_draft_waits_for_another(person):
    officer = person("engagement_officer")
    receive_offer(key=uuid.uuid4(), name="Choir", what="A hall.", begins="", contact="x@example.org", language="en")
    assert not found("What a group sent"), "the screen looks first"
    screen_sent_offers()
    [waits] = found("What a group sent")
    assert "Choir" not in waits.title
    take_offer(offer=SentOffer.objects.get(), by=officer, **said(name="Choir"))
    [draft] = found("Promise in public")
    assert not found("What a group sent") and not draft.is_for(officer.pk) and draft.is_for(0)


def test_what_waits_for_a_lead_and_what_for_an_officer(page, person):
    author = person("engagement_officer")
    page.save_revision(user=author)
    page.get_workflow().start(page, author)
    [waits] = found("Approval")
    assert (waits.permission, waits.title) == ("consultation.safety_check", "Parks") and not waits.is_for(author.pk)


def test_a_place_that_helps_unchecked_for_ninety_days(db):
    HelpEntry.objects.create(slug="a", name="Old", for_whom="All", checked_on=TODAY - 91 * DAY)
    HelpEntry.objects.create(slug="b", name="New", for_whom="All", checked_on=TODAY - 90 * DAY)
    assert [(item.title, item.day) for item in found("Help")] == [("Old", TODAY - DAY)]


def test_the_page_has_an_empty_state_and_two_views(client_as):
    officer = client_as("engagement_officer")
    assert "Nothing is due." in officer.get("/staff/task-list/").content.decode()
    assert 'href="?whose=all" aria-current' in officer.get("/staff/task-list/?whose=all").content.decode()


def test_the_page_shows_a_line_with_its_day_and_what_happens(client_as, home):
    today = timezone.localdate()
    factories.consultation(home, opens=today - 20 * DAY, closes=today + 2 * DAY)
    html = client_as("engagement_officer").get("/staff/task-list/").content.decode()
    assert "If nobody does it: It closes by itself" in html and f'datetime="{today + 2 * DAY}"' in html


def test_officers_are_reminded_once_a_step_and_never_of_what(page, person, django_capture_on_commit_callbacks):
    change(page, owner=person("engagement_officer"), closes=TODAY - 20 * DAY, feedback_date=TODAY + DAY)
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            actions.remind_of_due_answers(TODAY)
    assert [(message.subject, message.body) for message in mail.outbox] == [("item waiting", write_message())]
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.remind_of_due_answers(TODAY + 2 * DAY) == 1
    steps = AuditEntry.objects.filter(verb="answer reminder").order_by("seq").values_list("data", flat=True)
    assert [data["step"] for data in steps] == [1, -1]
