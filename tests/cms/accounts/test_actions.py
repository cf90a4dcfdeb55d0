from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.accounts import actions
from cms.accounts.models import RoleRequest, User
from cms.accounts.roles import ROLES
from consultation.audit.models import AuditEntry


def verbs():
    return list(AuditEntry.objects.order_by("seq").values_list("verb", flat=True))


@pytest.mark.slow
def test_two_administrators_make_an_account_with_a_role(administrator, person):
    given = {"email": "Sam@Staff.test", "name": "Sam Okoro", "roles": ["planner"]}
    sam = actions.create_staff(**given, by=administrator, second=person("administrator"))
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


@pytest.mark.parametrize("role", ROLES)
def test_one_administrator_alone_gives_no_role(administrator, person, role):
    """Nor by a second account of their own, made an administrator to say yes."""
    sam = person()
    with pytest.raises(PermissionDenied):
        actions.give_role(person=sam, role=role, by=administrator)
    made = actions.create_staff(email="other@staff.test", name="Other", roles=[role], by=administrator)
    assert made.groups.count() == 0
    with pytest.raises(PermissionDenied):
        actions.confirm_role(request=RoleRequest.objects.get(person=made), by=administrator)


def test_nobody_confirms_a_role_of_their_own(administrator, person):
    wanted = person("administrator")
    request = RoleRequest.objects.create(person=wanted, role="moderator", asked_by=administrator)
    with pytest.raises(PermissionDenied):
        actions.confirm_role(request=request, by=wanted)


def test_the_database_holds_no_role_that_somebody_asked_for_themselves(administrator):
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleRequest.objects.create(person=administrator, role="moderator", asked_by=administrator)


def test_a_request_lapses_after_two_weeks_and_is_asked_for_anew(administrator, person):
    sam = person()
    actions.ask_for_role(person=sam, role="moderator", by=administrator)
    today = timezone.localdate()
    assert actions.lapse_role_requests(today + timedelta(days=13)) == 0
    RoleRequest.objects.update(asked_on=today - timedelta(days=14))
    with pytest.raises(ValidationError):
        actions.confirm_role(request=RoleRequest.objects.get(), by=person("administrator"))
    assert actions.ask_for_role(person=sam, role="moderator", by=administrator).lapses_on > today
    assert actions.lapse_role_requests(today + timedelta(days=14)) == 1
    assert verbs() == ["role asked for", "role asked for", "role request lapsed"]


def test_a_request_goes_with_the_administrator_who_asked(administrator, person):
    second = person("administrator")
    for end in (actions.close_account, lambda **given: actions.revoke_role(role="administrator", **given)):
        asker = person("administrator")
        actions.ask_for_role(person=person(), role="moderator", by=asker)
        end(person=asker, by=second)
        assert not RoleRequest.objects.exists()


def test_a_link_goes_to_the_person_who_keeps_password_and_roles(administrator, person, mailoutbox):
    sam = person("moderator")
    assert actions.issue_password_link(person=sam, by=administrator) == ""
    assert [mail.to for mail in mailoutbox] == [[sam.email]]
    assert sam.groups.count() == 1 and User.objects.get(pk=sam.pk).has_usable_password()


def test_a_link_that_is_shown_ends_the_password_and_has_the_role_confirmed_anew(administrator, person, settings):
    settings.SENDS_MAIL, sam = False, person("planner")
    assert "/accounts/password/reset/key/" in actions.issue_password_link(person=sam, by=administrator)
    assert sam.groups.count() == 0 and RoleRequest.objects.get(person=sam).role == "planner"
    assert not User.objects.get(pk=sam.pk).has_usable_password()


def test_a_closed_account_is_given_no_role(administrator, person):
    sam = person()
    actions.close_account(person=sam, by=administrator)
    with pytest.raises(ValidationError):
        actions.ask_for_role(person=sam, role="planner", by=administrator)


def test_a_role_asked_for_can_be_refused(administrator, person):
    request = actions.ask_for_role(person=person(), role="safeguarding_lead", by=administrator)
    actions.refuse_role(request=request, by=person("administrator"))
    assert not RoleRequest.objects.exists()
    assert verbs() == ["role asked for", "role refused"]


def test_a_no_that_comes_too_late_says_so_and_writes_no_refusal(administrator, person):
    """Else the log says that a role was refused which they have."""
    sam, other = person(), person("administrator")
    waiting = actions.ask_for_role(person=sam, role="safeguarding_lead", by=administrator)
    actions.confirm_role(request=waiting, by=other)
    waiting.pk = 7
    with pytest.raises(ValidationError, match="does not wait any more"):
        actions.refuse_role(request=waiting, by=administrator)
    assert not AuditEntry.objects.filter(verb="role refused").exists()


def test_a_role_from_a_backup_has_two_weeks_from_the_day_on_which_it_is_asked_for(administrator, person):
    sam, today = person(), timezone.localdate()
    long_ago = today - timedelta(days=13)
    waiting = RoleRequest.objects.create(person=sam, role="moderator", as_of=long_ago, asked_on=long_ago)
    actions.confirm_role(request=waiting, by=administrator)
    assert RoleRequest.objects.get().lapses_on == today + RoleRequest.WAITS


def test_nobody_gives_themselves_a_role(administrator):
    with pytest.raises(PermissionDenied):
        actions.give_role(person=administrator, role="moderator", by=administrator)


@pytest.mark.parametrize(
    ("held", "more"), [("administrator", "moderator"), ("moderator", "administrator"), ("planner", "auditor")]
)
def test_administrators_and_auditors_hold_no_other_role(administrator, person, held, more):
    with pytest.raises(ValidationError):
        actions.give_role(person=person(held), role=more, by=administrator, second=person("administrator"))


@pytest.mark.parametrize(("held", "more"), [("moderator", "planner"), ("planner", "moderator")])
def test_a_reader_is_no_planner(administrator, person, held, more):
    with pytest.raises(ValidationError, match="cannot be held together with"):
        actions.give_role(person=person(held), role=more, by=administrator, second=person("administrator"))
    with pytest.raises(ValidationError, match="cannot be held together with"):
        actions.ask_for_role(person=person(held), role=more, by=administrator)


def test_a_role_that_clashes_with_one_given_meanwhile_is_not_confirmed(administrator, person):
    sam, bea = person(), person("administrator")
    asked = actions.ask_for_role(person=sam, role="moderator", by=administrator)
    actions.give_role(person=sam, role="planner", by=administrator, second=bea)
    with pytest.raises(ValidationError):
        actions.confirm_role(request=asked, by=bea)


def test_a_role_taken_is_gone_at_once(administrator, person):
    sam = person("planner")
    actions.revoke_role(person=sam, role="planner", by=administrator)
    assert not User.objects.get(pk=sam.pk).has_perm("insights.view_reports")
    assert verbs() == ["role taken"]


def test_a_closed_account_cannot_sign_in_and_has_no_role(administrator, person):
    sam = person("planner")
    actions.close_account(person=sam, by=administrator)
    sam.refresh_from_db()
    assert (sam.is_active, sam.has_usable_password(), sam.groups.count()) == (False, False, 0)
    with pytest.raises(PermissionDenied):
        actions.close_account(person=administrator, by=administrator)
