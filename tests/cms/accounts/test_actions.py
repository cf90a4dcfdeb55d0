import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cms.accounts import actions
from cms.accounts.models import RoleRequest, User
from consultation.audit.models import AuditEntry


@pytest.fixture
def administrator(person):
    return person("administrator")


def verbs():
    return list(AuditEntry.objects.order_by("seq").values_list("verb", flat=True))


def test_an_administrator_makes_an_account_with_a_role(administrator):
    sam = actions.create_staff(email="Sam@Staff.test", name="Sam Okoro", roles=["planner"], by=administrator)
    assert (sam.email, sam.get_full_name()) == ("sam@staff.test", "Sam Okoro")
    assert sam.has_perm("insights.draft_decision")
    assert not sam.has_usable_password()
    assert verbs() == ["account made", "role given"]


def test_the_same_address_twice_is_refused(administrator):
    actions.create_staff(email="sam@staff.test", name="Sam", by=administrator)
    with pytest.raises(ValidationError):
        actions.create_staff(email="SAM@staff.test", name="Sam", by=administrator)


@pytest.mark.parametrize("role", ["engagement_officer", "moderator", "planner", "safeguarding_lead", "auditor"])
def test_accounts_without_permission(person, role):
    with pytest.raises(PermissionDenied):
        actions.create_staff(email="sam@staff.test", name="Sam", by=person(role))
    assert not User.objects.filter(email="sam@staff.test").exists()


def test_a_safeguarding_lead_takes_two_administrators(administrator, person):
    sam, second = person(), person("administrator")
    for other in (None, administrator, sam):
        with pytest.raises(PermissionDenied):
            actions.give_role(person=sam, role="safeguarding_lead", by=administrator, second=other)
    actions.give_role(person=sam, role="safeguarding_lead", by=administrator, second=second)
    assert sam.has_perm("consultation.see_triage")
    assert AuditEntry.objects.get(verb="role given").data == {"role": "safeguarding_lead", "second": str(second.pk)}


def test_the_second_of_two_people_is_an_administrator_too(administrator, person):
    with pytest.raises(PermissionDenied):
        actions.give_role(person=person(), role="safeguarding_lead", by=administrator, second=person("planner"))


def test_a_role_asked_for_waits_for_another_administrator(administrator, person):
    sam = person()
    request = actions.ask_for_role(person=sam, role="safeguarding_lead", by=administrator)
    assert actions.ask_for_role(person=sam, role="safeguarding_lead", by=administrator) == request
    assert not sam.has_perm("consultation.see_triage")
    with pytest.raises(PermissionDenied):
        actions.confirm_role(request=request, by=administrator)
    actions.confirm_role(request=request, by=person("administrator"))
    assert User.objects.get(pk=sam.pk).has_perm("consultation.see_triage")
    assert not RoleRequest.objects.exists()


def test_a_role_asked_for_can_be_refused(administrator, person):
    request = actions.ask_for_role(person=person(), role="safeguarding_lead", by=administrator)
    actions.refuse_role(request=request, by=person("administrator"))
    assert not RoleRequest.objects.exists()
    assert verbs() == ["role asked for", "role refused"]


def test_nobody_gives_themselves_a_role(administrator):
    with pytest.raises(PermissionDenied):
        actions.give_role(person=administrator, role="moderator", by=administrator)


@pytest.mark.parametrize(
    ("held", "more"), [("administrator", "moderator"), ("moderator", "administrator"), ("planner", "auditor")]
)
def test_administrators_and_auditors_hold_no_other_role(administrator, person, held, more):
    with pytest.raises(ValidationError):
        actions.give_role(person=person(held), role=more, by=administrator)


def test_a_role_taken_is_gone_at_once(administrator, person):
    sam = person("planner")
    actions.take_role(person=sam, role="planner", by=administrator)
    assert not User.objects.get(pk=sam.pk).has_perm("insights.view_reports")
    assert verbs() == ["role taken"]


def test_a_closed_account_cannot_sign_in_and_has_no_role(administrator, person):
    sam = person("planner")
    actions.close_account(person=sam, by=administrator)
    sam.refresh_from_db()
    assert (sam.is_active, sam.has_usable_password(), sam.groups.count()) == (False, False, 0)
    with pytest.raises(PermissionDenied):
        actions.close_account(person=administrator, by=administrator)
