"""Administrators look after accounts on pages of their own."""

import re

import pytest

from cms.accounts.models import RoleRequest, User
from cms.roles import roles_of


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
    ada.post(f"/staff/people/{sam.pk}/give/", {"role": "moderator"})
    assert roles(sam) == ["moderator"]
    ada.post(f"/staff/people/{sam.pk}/take/moderator/")
    assert roles(sam) == []


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
