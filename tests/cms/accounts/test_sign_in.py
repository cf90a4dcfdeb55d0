"""Sign-in from start to end: password, second factor, idle log-out, and their audit entries."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value

from cms.accounts.roles import ROLES
from consultation.audit.models import AuditEntry

pytestmark = pytest.mark.any_database

PASSWORD = "correct horse battery"


def give_totp(user):
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return lambda late=0: code_of(secret, late)


def code_of(secret, late=0):
    """The code that an app shows now, or showed `late` seconds ago."""
    return f"{hotp_value(secret, int(time.time() - late) // 30):06d}"


def sign_in(client, user, password=PASSWORD):
    return client.post("/accounts/login/", {"login": user.email, "password": password})


def confirm(client):
    """What changes an account asks for the password again."""
    assert client.post("/accounts/reauthenticate/", {"password": PASSWORD}).status_code == 302


def verbs():
    return list(AuditEntry.objects.order_by("seq").values_list("verb", flat=True))


@pytest.mark.parametrize(
    ("role", "page"),
    [
        ("planner", "/insights/"),
        ("partner_viewer", "/insights/"),
        ("moderator", "/staff/reading/"),
        ("safeguarding_lead", "/staff/safeguarding/"),
        ("engagement_officer", "/staff/"),
        ("administrator", "/staff/"),
        ("auditor", "/staff/audit/"),
    ],
)
def test_each_role_is_led_to_its_work(client, person, role, page):
    answer = sign_in(client, person(role))
    assert answer["Location"] == "/accounts/start/"
    assert client.get("/accounts/start/")["Location"] == page


def test_a_stranger_is_led_to_the_door(client, home):
    assert client.get("/accounts/start/")["Location"].startswith("/accounts/login/")
    assert client.get("/staff/", follow=True).redirect_chain[-1][0] == "/accounts/login/?next=%2Fstaff%2F"
    assert client.get("/staff/login/?next=/staff/")["Location"] == "/accounts/login/?next=/staff/"


@pytest.mark.parametrize("path", ["/staff/", "/staff/pages/", "/staff/images/"])
@pytest.mark.parametrize("role", [*ROLES, None])
def test_no_role_is_sent_round_in_a_circle(client_as, role, path):
    """Wagtail sends whom it refuses to sign in; whoever is signed in comes to the start page of their role, and to a
    closed door where pages are edited."""
    edits = role is not None and "consultation.edit_consultation" in ROLES[role].permissions
    answer = client_as(*[role] if role else []).get(path, follow=True)
    assert answer.status_code == (200 if edits or path == "/staff/" else 403)
    assert "access the admin" not in answer.content.decode()


@pytest.mark.parametrize("path", ["signup/", "email/", "3rdparty/signup/", "login/code/confirm/"])
def test_nobody_makes_or_renames_an_account_alone(client, home, path):
    assert client.get(f"/accounts/{path}").status_code == 404
    assert client.post(f"/accounts/{path}", {"email": "x@staff.test"}).status_code == 404


def test_signing_in_and_failing_to_are_in_the_audit_log(client, person):
    sam = person("planner")
    sign_in(client, sam, "wrong")
    client.post("/accounts/login/", {"login": "nobody@staff.test", "password": "wrong"})
    sign_in(client, sam)
    assert verbs() == ["sign-in failed", "sign-in failed", "signed in"]
    tried = AuditEntry.objects.order_by("seq").values_list("object_id", flat=True)
    assert list(tried) == [str(sam.pk), "", str(sam.pk)]
    kept = str(list(AuditEntry.objects.values()))
    assert "nobody" not in kept
    assert "127.0.0.1" not in kept


def test_an_authenticator_app_is_asked_for_its_code(client, person):
    sam = person("planner")
    code = give_totp(sam)
    assert sign_in(client, sam)["Location"].startswith("/accounts/2fa/authenticate/")
    assert client.get("/accounts/start/")["Location"].startswith("/accounts/login/")
    assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    answer = client.post("/accounts/2fa/authenticate/", {"code": code()})
    assert answer["Location"] == "/accounts/start/"
    assert verbs() == ["second factor failed", "signed in"]


def test_a_code_that_changes_while_it_is_typed_counts_and_an_old_one_does_not(client, person):
    sam = person("planner")
    code = give_totp(sam)
    sign_in(client, sam)
    assert client.post("/accounts/2fa/authenticate/", {"code": code(late=90)}).status_code == 200
    assert client.post("/accounts/2fa/authenticate/", {"code": code(late=29)}).status_code == 302


@pytest.fixture
def must_have_mfa(settings):
    settings.STAFF_NEED_MFA = True


@pytest.mark.parametrize("role", ["planner", "moderator", "engagement_officer", "administrator"])
def test_without_a_second_factor_every_staff_page_leads_to_it(must_have_mfa, client_as, role):
    client = client_as(role)
    for path in ("/staff/", "/staff/reading/", "/insights/"):
        assert client.get(path)["Location"] == "/accounts/2fa/"
    page = client.get("/accounts/2fa/").content.decode()
    assert "Set up a passkey or an authenticator app first" in page


def test_with_a_second_factor_the_work_opens(must_have_mfa, client_as):
    client = client_as("engagement_officer")
    give_totp(client.user)
    assert client.get("/staff/").status_code == 200
    assert "Go to your work" in client.get("/accounts/2fa/").content.decode()


def test_setting_up_an_app_gives_recovery_codes_and_is_in_the_audit_log(
    client, person, django_capture_on_commit_callbacks
):
    sam = person("planner")
    sign_in(client, sam)
    confirm(client)
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert set(Authenticator.objects.filter(user=sam).values_list("type", flat=True)) == {"totp", "recovery_codes"}
    assert client.get("/accounts/2fa/recovery-codes/").status_code == 200
    assert "second factor added" in verbs()


@pytest.mark.parametrize(
    ("role", "minutes"), [("moderator", 15), ("safeguarding_lead", 15), ("engagement_officer", 30)]
)
def test_an_idle_desk_closes(client_as, monkeypatch, role, minutes):
    client = client_as(role)
    start = time.time()
    for later, open_still in ((0, True), (minutes - 1, True), (2 * minutes, False)):
        monkeypatch.setattr(time, "time", lambda later=later: start + later * 60)
        assert (client.get("/accounts/2fa/").status_code == 200) == open_still


def test_every_page_of_the_account_opens_without_inline_script_or_style(client, person):
    sam = person("planner")
    pages = ["/accounts/login/", "/accounts/password/reset/"]
    found = [client.get(page) for page in pages]
    sign_in(client, sam)
    found.append(client.get("/accounts/reauthenticate/"))
    confirm(client)
    pages = ["2fa/", "2fa/totp/activate/", "2fa/webauthn/add/", "password/change/", "logout/"]
    found += [client.get(f"/accounts/{page}") for page in pages]
    for page in found:
        assert page.status_code == 200
        text = page.content.decode()
        assert "<script>" not in text
        assert " style=" not in text
        assert "script-src 'self';" in page["Content-Security-Policy"]
