"""4.1: every item of the leads has an owner, a due time and an audit trail, and the quarter's share read in time stands
on the board."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultation.audit.models import AuditEntry
from consultation.domain.calendar_quarters import Quarter
from consultation.reading.response_times.models import FirstReadTally
from consultation.safeguarding import actions, lead_board, states
from consultation.safeguarding.duty_rota.models import DutyDay, Leave
from consultation.safeguarding.models import CaseState, TriageCase
from tests import factories

POINT = "lead-front-door"


@pytest.fixture
def on_duty(lead, other_lead):
    for person in (lead, other_lead):
        factories.join_agency(person, "Council")
    today = timezone.localdate()
    days = [today + timedelta(days=n) for n in range(10)]
    DutyDay.objects.bulk_create([DutyDay(day=day, lead=lead, backup=other_lead) for day in days])
    return lead


def test_a_lead_is_on_duty_who_is_here_when_work_is_done_next(on_duty, other_lead, holding):
    assert "duty" in holding(POINT)
    today = timezone.localdate()
    Leave.objects.create(person=on_duty, first_day=today, last_day=today + timedelta(days=9))
    assert "duty" not in holding(POINT), "who is on leave is on no duty"
    Leave.objects.all().delete()
    DutyDay.objects.filter(day__lt=today + timedelta(days=7)).delete()
    assert "duty" not in holding(POINT), "a rota that begins next week is none today"


def opened(reader, priority="T2", **more):
    return actions.open_case(answer=None, by=reader, priority=priority, why="A worry.", **more)


@pytest.mark.parametrize("priority", ["T1", "T2", "T3"])
def test_each_item_has_an_owner_a_due_time_and_a_trail_from_its_first_moment(priority, reader, on_duty):
    case = opened(reader, priority)
    item = next(item for item in lead_board.list_open_items(on_duty) if item.obj == case)
    assert lead_board.list_owners(case)[0] == on_duty, "until someone claims it, who is on duty answers for it"
    assert item.waiting.due == case.due_at and case.due_at > case.opened_at
    actions.claim_case(case=case, by=on_duty)
    actions.move_case(case=case, by=on_duty, to="second-view", reason="Look with me.")
    assert lead_board.list_owners(case) == [on_duty]
    verbs = list(AuditEntry.objects.filter(object_id=str(case.pk)).order_by("seq").values_list("verb", flat=True))
    assert verbs == ["triage opened", "triage claimed", "triage transition"]


@pytest.mark.parametrize("state", [state for state in CaseState if state != CaseState.CLOSED])
def test_an_open_item_of_any_state_has_an_owner_and_one_whose_clock_runs_a_due_time(state, reader, on_duty):
    case = opened(reader)
    TriageCase.objects.filter(pk=case.pk).update(state=state)
    item = next(item for item in lead_board.list_open_items(on_duty) if item.obj == case)
    assert lead_board.list_owners(item.obj)
    assert bool(item.waiting) == (state in states.RUNNING_CLOCK)


def test_a_concern_about_staff_is_owned_by_whom_it_is_not_hidden_from(reader, on_duty, person):
    outsider = factories.join_agency(person("safeguarding_lead"), "Health")
    case = opened(reader, agency=factories.agency("Council"))
    assert lead_board.list_owners(case) == [outsider]


def test_the_case_names_who_answers_for_it(reader, on_duty, client):
    case = opened(reader)
    client.force_login(on_duty, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("safeguarding:case", args=[case.pk])).content.decode()
    assert "Until someone claims it" in page and str(on_duty) in page and "Due" in page and "Brought here" in page


@pytest.fixture
def counted(db):
    quarter = Quarter.of(timezone.localdate()).before
    FirstReadTally.objects.create(quarter=quarter.first, steps=0, late=False, answers=38)
    FirstReadTally.objects.create(quarter=quarter.first, steps=3, late=True, answers=2)


def test_the_share_read_in_time_stands_on_the_board_and_times_by_priority_for_leads_alone(counted, client_as):
    assert "95 in 100 answers" in client_as("planner").get(reverse("insights:board")).content.decode()
    figures = reverse("figures")
    for role, status in (("safeguarding_lead", 200), ("auditor", 200), ("planner", 404), ("moderator", 404)):
        assert client_as(role).get(figures).status_code == status, role


def test_nothing_of_it_tells_planners_of_a_case(reader, on_duty, counted, client_as):
    case, about_staff = opened(reader), opened(reader, agency=factories.agency("Health"))
    page = reverse("insights:point", args=[POINT])
    planner, lead = (client_as(role).get(page).content.decode() for role in ("planner", "safeguarding_lead"))
    assert "Answers of" in planner and case.name not in planner and "owner, a due time and a trail" not in planner
    assert case.name in lead and about_staff.name not in lead, "a concern about staff stands on no list (D7)"
    links = [reverse("figures") in client_as(role).get(page).content.decode() for role in ("auditor", "planner")]
    assert links == [True, False]
