"""The first page of Wagtail's admin shows each role its own work, by few questions, and scolds nobody."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from cms.accounts.models import RoleRequest
from cms.dashboard.work import work_of
from tests.factories import consultation

pytestmark = pytest.mark.django_db


def titles(user):
    return [section.title for section in work_of(user)]


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
    said = " ".join(line.says for section in work_of(person("engagement_officer")) for line in section.lines)
    assert "“Parks” closes on" in said and "Later" not in said


def test_every_line_and_room_leads_where_its_reader_may_go(home, client_as):
    for role in ("engagement_officer", "safeguarding_lead", "administrator"):
        client = client_as(role)
        page = client.get("/staff/").content.decode()
        assert "Your work" in page
        for section in work_of(client.user):
            for line in [*section.lines, *section.rooms]:
                assert client.get(line.url).status_code == 200, (role, line)


def test_a_lead_is_led_to_what_waits_for_a_safety_check(home, person, client_as):
    page, _ = consultation(home)
    author, lead = person("engagement_officer"), client_as("safeguarding_lead")
    page.save_revision(user=author)
    page.get_workflow().start(page, author)
    [line] = [line for line in work_of(lead.user)[0].lines if "safety check" in line.says]
    assert line.url == f"/staff/pages/{page.pk}/edit/" and lead.get(line.url).status_code == 200


def test_few_questions(person, django_assert_max_num_queries):
    for role in ("engagement_officer", "safeguarding_lead", "administrator"):
        user = person(role)
        user.has_perm("consultation.see_triage")
        with django_assert_max_num_queries(10):
            work_of(user)


def test_nothing_of_the_board_is_said_outside_it(person):
    said = " ".join(line.says for section in work_of(person("safeguarding_lead")) for line in section.lines)
    assert not re.search(r"case|item|T1|concern", said)


def test_an_administrator_is_asked_for_what_they_can_still_confirm_and_no_more(person):
    """Not what lapsed, which the page People does not show, nor what waits for somebody else's yes to them."""
    ada, arun, sam = person("administrator"), person("administrator"), person()
    today = timezone.localdate()
    for role, asked_on in (("moderator", today), ("safeguarding_lead", today - RoleRequest.WAITS)):
        RoleRequest.objects.create(person=sam, role=role, asked_by=arun, asked_on=asked_on)
    RoleRequest.objects.create(person=ada, role="administrator", as_of=today)
    [section] = work_of(ada)
    assert [line.says for line in section.lines][0] == "One role waits for your yes."
