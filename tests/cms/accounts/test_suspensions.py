"""An administrator or the head of service stops an account at once: it holds nothing, and opens nothing."""

import random
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from cms.accounts import actions
from cms.accounts.models import RoleRequest, Suspension, User
from cms.accounts.roles import roles_of, start_page
from consultation.audit.models import AuditEntry
from consultation.reading.models import Lease
from consultation.safeguarding import actions as safeguarding
from consultation.safeguarding.duty_rota import lead_rota
from consultation.safeguarding.duty_rota.actions import set_rota
from tests.consultation.safeguarding.conftest import answer, new_answer, opened  # noqa: F401  (fixtures)


@pytest.fixture
def head(client_as, settings):
    browser = client_as()
    settings.HEAD_OF_SERVICE_EMAIL = browser.user.email.upper()
    return browser


def as_kept(user):
    return User.objects.get(pk=user.pk)


def test_a_suspended_person_is_signed_out_everywhere(administrator, client_as):
    browser = client_as("moderator")
    assert browser.get("/staff/reading/").status_code == 200
    actions.suspend_person(person=browser.user, by=administrator)
    assert browser.get("/staff/reading/").status_code == 302
    assert not as_kept(browser.user).is_active
    told = browser.post(reverse("account_login"), {"login": browser.user.email, "password": "correct horse battery"})
    assert "/accounts/inactive/" in told.headers.get("Location", "") or "not open" in told.content.decode()


def test_items_of_a_suspended_lead_go_to_a_colleague_with_their_days(administrator, lead, other_lead, person, answer):  # noqa: F811
    case = safeguarding.claim_case(case=opened(answer, person("moderator")), by=lead)
    day = next(duty.day for duty in lead_rota.list_duties(timezone.localdate(), 14) if duty.works)
    set_rota(by=lead, people={day: (lead.pk, None)})
    actions.suspend_person(person=lead, by=administrator, assignee=other_lead)
    case.refresh_from_db()
    assert case.claimed_by == other_lead
    assert "It was with someone whose account is suspended." in [note.text for note in case.notes.all()]
    assert lead_rota.list_duties(day, 1)[0].lead == other_lead


def test_without_assignee_they_go_to_the_board_and_the_rota_asks(administrator, lead, other_lead, person, answer):  # noqa: F811
    case = safeguarding.claim_case(case=opened(answer, person("moderator")), by=lead)
    day = next(duty.day for duty in lead_rota.list_duties(timezone.localdate(), 14) if duty.works)
    set_rota(by=lead, people={day: (lead.pk, other_lead.pk)})
    actions.suspend_person(person=lead, by=administrator)
    case.refresh_from_db()
    assert (case.claimed_by, case.state) == (None, "new")
    duty = lead_rota.list_duties(day, 1)[0]
    assert (duty.gap, duty.absent) == ("No lead", (f"{lead} is not a lead any more.",))


def test_what_a_suspended_reader_had_open_is_free_at_once(administrator, person, answer):  # noqa: F811
    reader = person("moderator")
    Lease.objects.create(answer=answer, reader=reader, until=timezone.now() + timedelta(minutes=30))
    actions.suspend_person(person=reader, by=administrator)
    assert not Lease.objects.exists()


def test_the_head_of_service_suspends_by_the_page_and_sees_no_other_page_of_accounts(head, lead, other_lead):
    assert start_page(head.user) == "/staff/figures/"
    listed = head.get(reverse("people:suspensions")).content.decode()
    assert str(lead) in listed and f'href="{reverse("people:list")}"' not in listed
    asked = head.get(reverse("people:suspend", args=[lead.pk])).content.decode()
    assert "Who takes what they have" in asked
    head.post(reverse("people:suspend", args=[lead.pk]), {"assignee": other_lead.pk})
    assert Suspension.objects.get().person == lead and not as_kept(lead).is_active
    assert head.get(reverse("people:list")).status_code == 403
    assert head.post(reverse("people:lift", args=[lead.pk])).status_code == 403


@pytest.mark.parametrize("role", ["engagement_officer", "moderator", "planner", "safeguarding_lead", "auditor"])
def test_nobody_else_suspends(role, person, client_as):
    browser, sam = client_as(role), person("planner")
    assert browser.post(reverse("people:suspend", args=[sam.pk])).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.suspend_person(person=sam, by=browser.user)


def test_nobody_suspends_themselves_or_an_account_that_is_closed(administrator, person):
    with pytest.raises(PermissionDenied):
        actions.suspend_person(person=administrator, by=administrator)
    sam = person("planner")
    actions.close_account(person=sam, by=administrator)
    with pytest.raises(ValidationError):
        actions.suspend_person(person=sam, by=administrator)
    with pytest.raises(ValidationError):
        actions.lift_suspension(person=sam, by=administrator)


def test_roles_of_a_lifted_suspension_wait_for_a_second_administrator(administrator, lead, other_lead):
    actions.suspend_person(person=lead, by=administrator)
    actions.lift_suspension(person=lead, by=administrator)
    assert as_kept(lead).is_active and not Suspension.objects.exists()
    assert roles_of(lead) == [] and RoleRequest.objects.get().role == "safeguarding_lead"


def test_an_account_says_that_it_is_suspended_and_closing_ends_that(client_as, person):
    ada, sam = client_as("administrator"), person("planner")
    ada.post(reverse("people:suspend", args=[sam.pk]))
    page = ada.get(reverse("people:detail", args=[sam.pk])).content.decode()
    assert "This account is suspended since" in page and "(suspended)" in ada.get("/staff/people/").content.decode()
    ada.post(reverse("people:lift", args=[sam.pk]))
    assert as_kept(sam).is_active
    actions.suspend_person(person=sam, by=ada.user)
    actions.close_account(person=as_kept(sam), by=ada.user)
    assert not Suspension.objects.exists()


def test_a_request_that_a_suspended_administrator_began_counts_no_more(administrator, person):
    bea = person("administrator")
    actions.ask_for_role(person=person(), role="moderator", by=bea)
    actions.suspend_person(person=bea, by=administrator)
    assert not RoleRequest.objects.exists()
    assert list(AuditEntry.objects.order_by("seq").values_list("verb", flat=True))[-1] == "account suspended"


def list_active_leads():
    return Group.objects.get(name="safeguarding_lead").user_set.filter(is_active=True)


@pytest.mark.parametrize("seed", range(8))
def test_one_person_leaves_no_site_without_a_lead(person, head, seed):
    """One administrator, or the head of service, could suspend every lead: then nobody hears a cry for help."""
    chance, leads = random.Random(seed), [person("safeguarding_lead") for _ in range(3)]
    ada, arun = person("administrator"), person("administrator")

    def confirm(*, person, by):
        for request in RoleRequest.objects.filter(person=person):
            person.set_password("a walk along the canal")
            actions.confirm_role(request=request, by=arun)

    def revoke(*, person, by):
        actions.revoke_role(person=person, role="safeguarding_lead", by=by)

    ways = [actions.suspend_person, actions.suspend_person, actions.lift_suspension, actions.reset_second_factor]
    ways += [revoke, confirm, actions.close_account] if seed % 2 else [revoke]
    refused = 0
    for _ in range(25):
        act, lead = chance.choice(ways), as_kept(chance.choice(leads))
        by = head.user if act == actions.suspend_person and chance.random() < 0.5 else ada
        try:
            act(person=lead, by=by)
        except ValidationError as error:
            refused += "is the last safeguarding lead. Another has to be made first." in error.messages[0]
        assert list_active_leads().exists()
    assert refused


def test_a_lead_suspended_before_this_rule_comes_back(administrator, lead):
    User.objects.filter(pk=lead.pk).update(is_active=False)
    Suspension.objects.create(person=lead, suspended_by=administrator)
    actions.lift_suspension(person=as_kept(lead), by=administrator)
    assert as_kept(lead).is_active and RoleRequest.objects.get().role == "safeguarding_lead"
