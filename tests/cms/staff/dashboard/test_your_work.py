"""The first page of the admin shows each role its own work, in few queries."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.accounts.models import RoleRequest
from cms.staff.dashboard.work_summary import list_work_sections
from cms.staff.task_list import due_task_sources
from consultation.safeguarding.help.directory import load_help_entries
from consultation.safeguarding.models import HelpEntry
from consultation.surveys.models import ConsultationPage
from insights.decisions.models import Decision
from tests.factories import consultation

pytestmark = pytest.mark.django_db


def titles(user):
    return [section.title for section in list_work_sections(user)]


def test_each_role_sees_its_own(person):
    assert titles(person("engagement_officer")) == ["Consultations and news"]
    assert titles(person("safeguarding_lead")) == ["Safeguarding"]
    assert titles(person("administrator")) == ["People"]
    assert titles(person("engagement_officer", "moderator")) == ["Consultations and news", "Reading"]
    assert titles(person("planner")) == titles(person("auditor")) == []


def test_an_officer_is_shown_what_closes_soon(home, person):
    today = timezone.localdate()
    consultation(home, closes=today + timedelta(days=3))
    consultation(home, slug="later", title="Later", closes=today + timedelta(days=30))
    said = said_to(person("engagement_officer"))
    assert f"Closes, {today + timedelta(days=3):%-d %B}: Parks" in said and "Later" not in said


def test_places_that_nobody_checked_are_named_to_officers_and_leads_until_they_are(person):
    load_help_entries()
    for role in ("engagement_officer", "safeguarding_lead"):
        assert "places that help were not checked in the last 90 days" in said_to(person(role))
    HelpEntry.objects.update(checked_on=timezone.localdate())
    assert "not checked" not in said_to(person("engagement_officer"))


@pytest.mark.parametrize("role", ["engagement_officer", "safeguarding_lead"])
def test_officers_and_leads_are_told_that_their_district_has_no_number_on_the_list(person, settings, role):
    load_help_entries()
    assert "of the district" not in said_to(person(role))
    settings.DISTRICT = "Leeds"
    HelpEntry.objects.filter(name__contains="Bradford").delete()
    assert "Children's social care of Leeds is not on the list of help" in said_to(person(role))


def test_drafts_and_what_is_due_stand_in_one_panel_once(home, client_as):
    client = client_as("engagement_officer", "safeguarding_lead")
    draft = ConsultationPage(title="Half of it", slug="half", live=False, owner=client.user)
    home.get_children().get(slug="have-your-say").add_child(instance=draft)
    load_help_entries()
    page = client.get("/staff/").content.decode()
    assert page.count("“Half of it”: a draft.") == 1 and reverse("consultations:home", args=[draft.slug]) in page
    assert page.count("were not checked") == 1


def test_no_page_of_staff_is_called_by_wagtails_own_name(home, client_as):
    client = client_as("engagement_officer")
    pages = ("/staff/", f"/staff/pages/{home.pk}/", f"/staff/pages/{home.pk}/edit/", "/staff/account/")
    titles = [re.search(r"<title>(.*?)</title>", client.get(page).content.decode())[1] for page in pages]
    assert titles[0] == "Your work - Have your say"
    assert all(title.endswith(" - Have your say") for title in titles), titles
    assert "editor guide" not in client.get("/staff/").content.decode()


def test_a_promise_that_has_passed_its_day_is_on_the_board_too(person):
    officer, day = person("engagement_officer"), timezone.localdate() - timedelta(days=3)
    Decision.objects.create(
        slug="lights", title="Lights", we_asked="?", you_said="Dark.", outcome="yes", we_did="Ten.", due=day,
        lead_role="Lighting manager", decided=day, created_by=person("planner"), published_by=officer,
        published_on=day, status="published",
    )  # fmt: skip
    assert f"News owed, {day:%-d %B}: Lights" in said_to(officer)
    assert "late" in next(
        item.then for item in due_task_sources.list_due_tasks(timezone.localdate()) if item.kind == "News owed"
    )


def said_to(user):
    return " ".join(line.says for section in list_work_sections(user) for line in section.lines)


@pytest.mark.slow
def test_every_line_and_room_leads_where_its_reader_may_go(home, client_as):
    for role in ("engagement_officer", "safeguarding_lead", "administrator"):
        client = client_as(role)
        page = client.get("/staff/").content.decode()
        assert "Your work" in page
        for section in list_work_sections(client.user):
            for line in [*section.lines, *section.rooms]:
                assert client.get(line.url).status_code == 200, (role, line)


def test_a_lead_is_led_to_what_waits_for_a_safety_check(home, person, client_as):
    page, _ = consultation(home)
    author, lead = person("engagement_officer"), client_as("safeguarding_lead")
    page.save_revision(user=author)
    page.get_workflow().start(page, author)
    address = reverse("consultations:approval", args=[page.slug])
    assert lead.get("/staff/").content.decode().count(address) == 1, "and Wagtail's own panel has it no more"
    assert lead.get(address).status_code == 200


def test_few_questions(person, django_assert_max_num_queries):
    # An administrator's page runs each alarm, within a savepoint of its own.
    for role, most in (("engagement_officer", 24), ("safeguarding_lead", 21), ("administrator", 45)):
        user = person(role)
        user.has_perm("consultation.see_triage")
        with django_assert_max_num_queries(most):
            list_work_sections(user)


def test_nothing_of_the_board_is_said_outside_it(person):
    (section,) = list_work_sections(person("safeguarding_lead"))
    assert not re.search(r"case|item|T1|concern", " ".join(line.says for line in section.lines))
    assert section.lines[0].url == reverse("safeguarding:board"), "an empty list does not say that nothing waits"


def test_an_administrator_is_asked_for_what_they_can_still_confirm_and_no_more(person):
    """Not what lapsed, which the page People does not show, nor what waits for somebody else's yes to them."""
    ada, arun, sam = person("administrator"), person("administrator"), person()
    today = timezone.localdate()
    for role, asked_on in (("moderator", today), ("safeguarding_lead", today - RoleRequest.WAITS)):
        RoleRequest.objects.create(person=sam, role=role, asked_by=arun, asked_on=asked_on)
    RoleRequest.objects.create(person=ada, role="administrator", as_of=today)
    [section] = list_work_sections(ada)
    said = [line.says for line in section.lines if not line.says.startswith("Stuck: ")]
    assert said[0] == "One role waits for your yes."
