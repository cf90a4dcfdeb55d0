"""Second factors are sealed at rest, shown once and used once; an administrator can reset a lost one."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.exceptions import PermissionDenied

from cms.accounts import actions
from cms.accounts.models import RoleRequest
from cms.accounts.roles import roles_of
from cms.accounts.second_factor_sealing import open_secret, seal_secret
from consultation.audit.models import AuditEntry
from tests.cms.accounts.test_sign_in import confirm, give_totp, sign_in

pytestmark = pytest.mark.any_database

CODE = re.compile(r"<code>(\w+)</code>")


@pytest.fixture
def sam(person):
    return person("planner")


@pytest.fixture
def inside(client, sam):
    """Sam's browser, past an authenticator app, about to make recovery codes."""
    code = give_totp(sam)
    sign_in(client, sam)
    client.post("/accounts/2fa/authenticate/", {"code": code()})
    return client


def made(client):
    confirm(client)
    client.post("/accounts/2fa/recovery-codes/generate/")
    return CODE.findall(client.get("/accounts/2fa/recovery-codes/").content.decode())


def test_recovery_codes_are_shown_once(inside):
    codes = made(inside)
    assert len(set(codes)) == 10
    again = inside.get("/accounts/2fa/recovery-codes/").content.decode()
    assert "10 of 10 are left" in again
    assert not [code for code in codes if code in again]
    assert inside.get("/accounts/2fa/recovery-codes/download/").status_code in (403, 404)


def test_a_recovery_code_opens_the_account_once_and_is_on_record(inside, client, sam):
    codes = made(inside)
    for tries, opens in ((1, True), (2, False)):
        client.logout()
        sign_in(client, sam)
        answer = client.post("/accounts/2fa/authenticate/", {"code": codes[0]})
        assert (answer.status_code == 302) == opens, tries
    assert AuditEntry.objects.filter(verb="recovery code used").count() == 1
    assert len(RecoveryCodes(Authenticator.objects.get(user=sam, type="recovery_codes")).get_unused_codes()) == 9


@pytest.mark.parametrize("change", ["totp/deactivate", "recovery-codes/generate", "webauthn/add"])
def test_on_a_device_that_is_signed_in_nobody_else_changes_a_factor(inside, monkeypatch, change):
    """Five minutes after the sign-in, what opens the account is asked for again."""
    before, now = set(Authenticator.objects.values_list("pk", flat=True)), time.time()
    monkeypatch.setattr(time, "time", lambda: now + 301)
    asked = inside.post(f"/accounts/2fa/{change}/", {"name": "Key"})
    assert asked.status_code == 302 and "/reauthenticate/" in asked["Location"]
    assert set(Authenticator.objects.values_list("pk", flat=True)) == before


def test_new_recovery_codes_end_the_old_ones(inside, client, sam):
    old, new = made(inside), made(inside)
    assert not set(old) & set(new)
    client.logout()
    sign_in(client, sam)
    assert client.post("/accounts/2fa/authenticate/", {"code": old[0]}).status_code == 200
    assert client.post("/accounts/2fa/authenticate/", {"code": new[0]}).status_code == 302


def test_what_makes_codes_is_sealed_in_the_database(inside, sam):
    made(inside)
    for factor in Authenticator.objects.filter(user=sam):
        sealed = factor.data.get("secret") or factor.data["seed"]
        assert open_secret(sealed) not in str(factor.data)
    assert seal_secret("a") != seal_secret("a")


def test_who_lost_a_factor_sets_up_a_new_one_by_a_link_to_their_own_address(
    inside, sam, client_as, settings, mailoutbox
):
    settings.STAFF_NEED_MFA = True
    ada = client_as("administrator")
    give_totp(ada.user)
    page = ada.post(f"/staff/people/{sam.pk}/second-factor/").content.decode()
    assert "password/reset/key" not in page and mailoutbox[-1].to == [sam.email]
    assert mailoutbox[-1].body.startswith("An administrator was told that you lost your second factor, so ")
    assert not Authenticator.objects.filter(user=sam).exists()
    assert inside.get("/insights/").status_code == 302
    assert "do not go together" in sign_in(inside, sam).content.decode()  # the old password ended with it
    path = re.search(r"https?://[^/]+(/accounts/\S+)", mailoutbox[-1].body)[1]
    words = {"password1": "a long walk by the canal", "password2": "a long walk by the canal"}
    inside.post(inside.get(path, follow=True).redirect_chain[-1][0], words)
    sign_in(inside, sam, words["password1"])
    assert inside.get("/insights/")["Location"] == "/accounts/2fa/"
    assert AuditEntry.objects.filter(verb="second factor forgotten", object_id=str(sam.pk)).exists()


def test_a_lead_without_a_factor_is_confirmed_by_a_second_administrator_again(person):
    lead, ada, arun = person("safeguarding_lead"), person("administrator"), person("administrator")
    person("safeguarding_lead")  # the last of them keeps the role
    give_totp(lead)
    actions.reset_second_factor(person=lead, by=ada)
    assert roles_of(lead) == []
    request = RoleRequest.objects.get(person=lead)
    with pytest.raises(PermissionDenied):
        actions.confirm_role(request=request, by=ada)
    actions.confirm_role(request=request, by=arun)
    assert [role.name for role in roles_of(lead)] == ["safeguarding_lead"]


@pytest.mark.parametrize("role", ["engagement_officer", "moderator", "planner", "safeguarding_lead", "auditor"])
def test_forgetting_a_factor_without_permission(sam, person, role):
    give_totp(sam)
    with pytest.raises(PermissionDenied):
        actions.reset_second_factor(person=sam, by=person(role))
    assert Authenticator.objects.filter(user=sam).exists()


def test_nobody_forgets_their_own_factor_as_an_administrator(person):
    ada = person("administrator")
    with pytest.raises(PermissionDenied):
        actions.reset_second_factor(person=ada, by=ada)
