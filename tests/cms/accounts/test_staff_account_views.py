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


LINK = re.compile(r"/accounts/password/reset/key/\w+-[\w-]+/")
SAM = {"name": "Sam Okoro", "email": "sam@staff.test", "role": "planner"}


def test_adding_a_person_mails_them_a_link_that_no_page_shows(ada, client, mailoutbox):
    page = ada.post("/staff/people/new/", SAM).content.decode()
    sam = User.objects.get(email="sam@staff.test")
    assert "A link is on its way to sam@staff.test." in page and "Planner is asked for" in page
    assert not LINK.search(page) and not LINK.search(ada.get(f"/staff/people/{sam.pk}/").content.decode())
    (mail,) = mailoutbox
    assert (mail.subject, mail.to, mail.cc, mail.bcc) == ("Set your password", ["sam@staff.test"], [], [])
    opened = client.get(LINK.search(mail.body)[0], follow=True)
    assert "New password" in opened.content.decode()


def test_a_site_without_mail_shows_the_link_once(ada, settings, mailoutbox):
    settings.SENDS_MAIL = False
    page = ada.post("/staff/people/new/", SAM)
    sam = User.objects.get(email="sam@staff.test")
    assert LINK.search(page.content.decode()) and not mailoutbox and roles(sam) == []
    page = ada.get(f"/staff/people/{sam.pk}/").content.decode()
    assert not LINK.search(page) and "the link is shown to you" in page


def test_a_mail_server_that_is_away_is_said_and_no_link_is_shown(ada, person, settings, monkeypatch):
    def refuse(*_, **__):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    sam = person("planner")
    for path in ("link", "second-factor"):
        page = ada.post(f"/staff/people/{sam.pk}/{path}/", follow=True).content.decode()
        assert "The mail server did not take the message." in page and not LINK.search(page)


def test_who_confirms_a_role_sees_whose_address_the_account_has(ada, client_as):
    """Else a name that one knows stands for an address that one does not."""
    ada.post("/staff/people/new/", SAM | {"email": "second@ada.test"})
    page = client_as("administrator").get("/staff/people/").content.decode()
    assert "<h3>Sam Okoro</h3>" in page and '<p class="small">second@ada.test</p>' in page


def test_the_last_administrator_is_told_why_the_role_stays(ada):
    page = ada.post(f"/staff/people/{ada.user.pk}/take/administrator/", follow=True).content.decode()
    assert "is the last administrator. Another has to be made first." in page
    assert roles(ada.user) == ["administrator"]


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


@pytest.mark.parametrize(
    "path", ["/staff/users/edit/{}/", "/staff/users/{}/", "/staff/people/{}/", "/accounts/email/"]
)
def test_nobody_changes_the_address_of_an_account(ada, person, path):
    """A link goes to it: who changed it would have the account."""
    sam = person("planner")
    given = {"email": "second@ada.test", "first_name": "Sam", "last_name": "Okoro", "is_active": "on"}
    for each in (sam, ada.user):
        ada.post(path.format(each.pk), given)
        assert User.objects.get(pk=each.pk).email == each.email


def test_a_role_is_taken_by_one(ada, person):
    sam = person("planner")
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
    assert "They have no second factor yet." in page and "can open what the role opens" in page
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
    """Each is listed with the day that the backup is of."""
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
        assert roles(planner) == (["planner"] if client is bea else [])
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
    assert not LINK.search(ada.post(f"/staff/people/{sam.pk}/link/").content.decode())
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
