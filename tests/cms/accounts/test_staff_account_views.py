"""Administrators' pages for staff accounts."""

import re
from datetime import date

import pytest
from django.utils import timezone

from cms.accounts.models import RoleRequest, User
from cms.accounts.roles import roles_of

pytestmark = pytest.mark.any_database


@pytest.fixture
def ada(client_as):
    return client_as("administrator")


def roles(person):
    return [role.name for role in roles_of(User.objects.get(pk=person.pk))]


def test_adding_a_person_shows_the_link_once(ada):
    page = ada.post("/staff/people/new/", {"name": "Sam Okoro", "email": "sam@staff.test", "role": "planner"})
    sam = User.objects.get(email="sam@staff.test")
    assert roles(sam) == ["planner"]
    assert re.search(r"/accounts/password/reset/key/\w+-[\w-]+/", page.content.decode())
    assert "password/reset/key" not in ada.get(f"/staff/people/{sam.pk}/").content.decode()


def test_adding_somebody_twice_is_said(ada):
    page = ada.post("/staff/people/new/", {"name": "Ada", "email": ada.user.email.upper(), "role": ""})
    assert "Somebody has an account with this address already." in page.content.decode()


def test_a_lead_is_asked_for_by_one_and_confirmed_by_another(ada, client_as, person):
    sam, bea = person(), client_as("administrator")
    ada.post(f"/staff/people/{sam.pk}/give/", {"role": "safeguarding_lead"})
    assert roles(sam) == []
    wanted = RoleRequest.objects.get()
    assert "Another administrator confirms this." in ada.get("/staff/people/").content.decode()
    ada.post(f"/staff/people/requests/{wanted.pk}/", {"confirm": ""})
    assert roles(sam) == []
    bea.post(f"/staff/people/requests/{wanted.pk}/", {"confirm": ""})
    assert roles(sam) == ["safeguarding_lead"]


def test_a_lead_can_be_refused(ada, client_as, person):
    sam = person()
    ada.post(f"/staff/people/{sam.pk}/give/", {"role": "safeguarding_lead"})
    client_as("administrator").post(f"/staff/people/requests/{RoleRequest.objects.get().pk}/", {"refuse": ""})
    assert (roles(sam), RoleRequest.objects.count()) == ([], 0)


def test_a_role_is_given_and_taken(ada, person):
    sam = person()
    ada.post(f"/staff/people/{sam.pk}/give/", {"role": "planner"})
    assert roles(sam) == ["planner"]
    ada.post(f"/staff/people/{sam.pk}/take/planner/")
    assert roles(sam) == []


def test_a_new_reader_is_asked_for_with_the_account(ada):
    page = ada.post("/staff/people/new/", {"name": "Sam Okoro", "email": "sam@staff.test", "role": "moderator"})
    sam = User.objects.get(email="sam@staff.test")
    assert roles(sam) == [] and RoleRequest.objects.get(person=sam).asked_by == ada.user
    assert "Reader is asked for" in page.content.decode()


def test_the_list_says_who_asked_when_it_lapses_and_what_a_confirmation_opens(ada, client_as, person):
    sam, bea = person(), client_as("administrator")
    ada.post(f"/staff/people/{sam.pk}/give/", {"role": "moderator"})
    lapses = RoleRequest.objects.get().lapses_on
    page = bea.get("/staff/people/").content.decode()
    assert f"asked for by {ada.user}" in page and f"It lapses on {lapses.day} {lapses:%B}" in page
    assert "They have no second factor yet." in page and "what children wrote" in page
    assert "Take it back" in ada.get("/staff/people/").content.decode()


def test_whoever_asked_takes_it_back_alone(ada, person):
    ada.post(f"/staff/people/{person().pk}/give/", {"role": "moderator"})
    ada.post(f"/staff/people/requests/{RoleRequest.objects.get().pk}/", {"refuse": ""})
    assert not RoleRequest.objects.exists()


def test_what_lapsed_waits_on_no_page_and_is_not_confirmed(ada, client_as, person):
    sam, bea = person(), client_as("administrator")
    ada.post(f"/staff/people/{sam.pk}/give/", {"role": "moderator"})
    RoleRequest.objects.update(asked_on=timezone.localdate() - RoleRequest.WAITS)
    assert "Waits for a second administrator" not in bea.get("/staff/people/").content.decode()
    bea.post(f"/staff/people/requests/{RoleRequest.objects.get().pk}/", {"confirm": ""})
    assert roles(sam) == []


def test_roles_of_a_restored_backup_are_given_back_by_as_many_as_gave_them(ada, client_as, person):
    """A reader by two, a planner by one; each is listed with the day that the backup is of."""
    reader, planner, bea = person("moderator"), person("planner"), client_as("administrator")
    for one in (reader, planner):
        role = roles(one)[0]
        one.groups.clear()
        RoleRequest.objects.create(person=one, role=role, as_of=date(2026, 6, 3))
    page = ada.get("/staff/people/").content.decode()
    assert "Reader, as of 3 June 2026." in page and "Planner, as of 3 June 2026." in page
    for client in (ada, bea):
        for wanted in RoleRequest.objects.all():
            client.post(f"/staff/people/requests/{wanted.pk}/", {"confirm": ""})
        assert roles(planner) == ["planner"]
        assert roles(reader) == (["moderator"] if client is bea else [])


def test_what_may_not_be_done_is_said_in_words(ada):
    page = ada.post(f"/staff/people/{ada.user.pk}/give/", {"role": "moderator"}, follow=True)
    assert "Nobody gives themselves a role." in page.content.decode()
    page = ada.post(f"/staff/people/{ada.user.pk}/close/", follow=True)
    assert "Nobody closes their own account." in page.content.decode()


def test_an_account_is_closed(ada, person):
    sam = person("planner")
    ada.post(f"/staff/people/{sam.pk}/close/")
    sam.refresh_from_db()
    assert not sam.is_active
    assert ada.post(f"/staff/people/{sam.pk}/link/").status_code == 404


def test_a_new_link_leaves_a_line_in_the_audit_log(ada, person):
    from consultation.audit.models import AuditEntry

    sam = person("planner")
    assert "password/reset/key" in ada.post(f"/staff/people/{sam.pk}/link/").content.decode()
    entry = AuditEntry.objects.get(verb="link made to set a password")
    assert (entry.actor, entry.object_id) == (str(ada.user.pk), str(sam.pk))


def test_an_account_with_two_roles_that_clash_is_shown_to_be_mended(ada, person):
    from cms.accounts.readiness import check_clashing_roles

    assert check_clashing_roles().ok and "To be mended" not in ada.get("/staff/people/").content.decode()
    both = person("moderator", "planner", email="both@staff.test")
    page = ada.get("/staff/people/").content.decode()
    assert "To be mended" in page and "both@staff.test</a> is Reader and" in page
    assert check_clashing_roles().says == "1 on the page People: take one role away from each."
    ada.post(f"/staff/people/{both.pk}/take/planner/")
    assert check_clashing_roles().ok and "To be mended" not in ada.get("/staff/people/").content.decode()
