"""Every page and message of sign-in and one's account is in the product's own look and words."""

import re
from pathlib import Path
from unittest import mock

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection
from django.template.loader import get_template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from cms.accounts import actions
from cms.accounts.account_invitations import TRIED_FOR, build_password_link, mail_asked_password_links
from cms.accounts.adapter import AccountAdapter
from cms.accounts.models import PasswordLinkRequest, User
from tests.cms.accounts.test_sign_in import PASSWORD, code_of, confirm, give_totp, sign_in
from tests.house.test_roles import crawl

OURS = Path(settings.BASE_DIR) / "templates"
# Words of allauth that none of our pages says.
THEIRS = re.compile(
    r"third-party|reauthenticate|authenticator app based|log ?in\b|sign ?up|account inactive|reset my password|"
    r"example\.com|security keys|remove security|edit security|alternative options|successfully",
    re.I,
)
SAID_IN_CODE = re.compile(r"<script.*?</script>|<[^>]*>", re.S)
MESSAGES = (
    "mfa/webauthn/reauthenticate.html",
    "socialaccount/login.html",
    "account/messages/logged_in.txt",
    "account/messages/logged_out.txt",
    "account/messages/password_changed.txt",
    "account/messages/password_set.txt",
    "mfa/messages/recovery_codes_generated.txt",
    "mfa/messages/totp_activated.txt",
    "mfa/messages/totp_deactivated.txt",
    "mfa/messages/webauthn_added.txt",
    "mfa/messages/webauthn_removed.txt",
)
MAILS = ("account/email/password_reset_key", "account/email/invitation", "account/email/account_changed")


def list_addresses():
    """Every address below /accounts/, with values for its parts."""
    accounts = next(each for each in get_resolver().url_patterns if str(each.pattern) == "accounts/")
    found = set()

    def walk(patterns, before):
        for each in patterns:
            path = before + str(each.pattern).replace("^", "").replace("$", "")
            if isinstance(each, URLPattern):
                path = re.sub(
                    r"\(\?P<(\w+)>.*?\)(?=[/-]|$)|<(?:\w+:)?(\w+)>", lambda part: FILLED[part[1] or part[2]], path
                )
                found.add(f"/accounts/{path}")
            else:
                walk(each.url_patterns, path)

    walk(accounts.url_patterns, "")
    return sorted(found)


FILLED = {"pk": "7007", "key": "set-password", "uidb36": "1", "provider_id": "work"}


def give_passkey(user):
    """A passkey as far as its pages show it."""
    credential = {"id": "", "response": {}, "clientExtensionResults": {}}
    return Authenticator.objects.create(
        pk=7007, user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Work laptop", "credential": credential}
    )


@pytest.fixture
def browsers(person):
    """A stranger; a colleague who has just signed in, with every second factor; one who must show again who they are;
    one who stands before the second factor; one without a password; one without a second factor; one with a passkey."""
    full, again, staged, without, new, keys = (person("moderator") for _ in range(6))
    for user in (full, again, staged):
        give_totp(user)
    give_passkey(keys)
    RecoveryCodes.activate(full)
    without.set_unusable_password()
    without.save()
    found = {"stranger": Client()}
    for name, user in (
        ("full", full),
        ("again", again),
        ("without a password", without),
        ("new", new),
        ("keys", keys),
    ):
        found[name] = client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        if name in ("full", "new", "keys"):
            confirm(client)
    found["staged"] = Client()
    sign_in(found["staged"], staged)
    return found


def needs_a_real_passkey(who, address):
    """The template of the first is looked at below."""
    return address == "/accounts/2fa/webauthn/reauthenticate/" or (who, address) == (
        "keys",
        "/accounts/2fa/webauthn/add/",
    )


def pages(browsers):
    """(who, address, answer) of each page in HTML that opens to anyone of these."""
    for who, client in browsers.items():
        for address in list_addresses():
            if needs_a_real_passkey(who, address):
                continue
            answer = client.get(address)
            if answer.status_code in (200, 401) and answer.headers["Content-Type"].startswith("text/html"):
                yield who, address, answer


def words_of(answer):
    main = re.search(r"<main.*?</main>", answer.content.decode(), re.S)[0]
    return " ".join(SAID_IN_CODE.sub(" ", main).split())


@pytest.mark.slow
def test_every_page_of_sign_in_and_account_is_ours(browsers):
    seen = set()
    for who, address, answer in pages(browsers):
        seen.add(address)
        page = Path(answer.templates[0].origin.name)
        assert page.is_relative_to(OURS), f"{address} for {who} shows {page}"
        html = answer.content.decode()
        assert "voice/tokens" in html and html.count("<h1") == 1 and 'id="main"' in html, address
        assert not THEIRS.search(words_of(answer)), f"{address}: {THEIRS.search(words_of(answer))[0]}"
    assert {
        "/accounts/login/", "/accounts/logout/", "/accounts/inactive/", "/accounts/reauthenticate/",
        "/accounts/password/change/", "/accounts/password/set/", "/accounts/password/reset/",
        "/accounts/password/reset/done/", "/accounts/password/reset/key/done/", "/accounts/sessions/",
        "/accounts/2fa/", "/accounts/2fa/authenticate/", "/accounts/2fa/reauthenticate/",
        "/accounts/2fa/totp/activate/", "/accounts/2fa/totp/deactivate/", "/accounts/2fa/recovery-codes/",
        "/accounts/2fa/recovery-codes/generate/", "/accounts/2fa/webauthn/", "/accounts/2fa/webauthn/add/",
        "/accounts/2fa/webauthn/keys/7007/edit/", "/accounts/2fa/webauthn/keys/7007/remove/",
        "/accounts/3rdparty/login/cancelled/", "/accounts/3rdparty/login/error/",
    } <= seen  # fmt: skip


def test_the_link_to_set_a_password_is_ours_open_or_spent(person, client):
    link = build_password_link(person("planner"))
    opened = client.get(link, follow=True)
    spent = client.get("/accounts/password/reset/key/1-spent/")
    for answer in (opened, spent):
        assert Path(answer.templates[0].origin.name).is_relative_to(OURS)
        assert not THEIRS.search(words_of(answer))
    assert "New password" in words_of(opened) and "does not open any more" in words_of(spent)


@pytest.mark.slow
@pytest.mark.any_database
def test_no_browser_keeps_a_page_of_an_account(browsers, home, person, client_as):
    routes = [route for route, _ in crawl() if route.startswith("staff/people/")]
    people = ["/" + re.sub(r"<\w+:\w+>", str(person("planner").pk), route) for route in routes]
    browsers["administrator"] = client_as("administrator")
    opened = [address for address in people if browsers["administrator"].get(address).status_code == 200]
    assert len(opened) >= 3, opened
    kept = [
        (who, address)
        for who, client in browsers.items()
        for address in [*list_addresses(), *people, "/documents/1/closed.pdf"]
        if not needs_a_real_passkey(who, address)
        and "no-store" not in client.get(address).headers.get("Cache-Control", "")
    ]
    assert kept == []


@pytest.mark.parametrize(
    "name", [*MESSAGES, *(f"{mail}_{part}.txt" for mail in MAILS for part in ("subject", "message"))]
)
def test_every_message_is_ours(name):
    found = get_template(name)
    assert Path(found.origin.name).is_relative_to(OURS)
    words = SAID_IN_CODE.sub(" ", Path(found.origin.name).read_text())
    assert not THEIRS.search(re.sub(r"{%.*?%}|{{.*?}}", " ", words, flags=re.S))


def forget_password(client, email, **more):
    """Ask for a link as a stranger does, and let the sweep mail it."""
    told = client.post("/accounts/password/reset/", {"email": email}, follow=True, **more)
    mail_asked_password_links()
    return told


def test_who_forgot_a_password_gets_a_link_in_our_words(person, client, mailoutbox, settings):
    sam = person("planner")
    told = forget_password(client, sam.email)
    assert "If a colleague has that address, a message is on its way to it." in told.content.decode()
    (mail,) = mailoutbox
    assert (mail.subject, mail.to) == ("Set a new password", [sam.email])
    assert mail.body.startswith("Somebody asked for a new password for your account.")
    assert mail.body.strip().endswith(settings.WAGTAIL_SITE_NAME) and not THEIRS.search(mail.body)
    link = re.search(r"https?://\S+", mail.body)[0]
    assert "Set your password" in client.get(link, follow=True).content.decode()


@pytest.mark.parametrize("stranger", ["nobody@staff.test", "closed@staff.test"])
def test_no_mail_goes_to_an_address_that_is_no_colleagues(client, person, mailoutbox, stranger):
    """The page says the same as to a colleague."""
    User.objects.filter(pk=person("planner", email="closed@staff.test").pk).update(is_active=False)
    told = forget_password(client, stranger)
    assert "If a colleague has that address, a message is on its way to it." in told.content.decode()
    assert mailoutbox == [] and not PasswordLinkRequest.objects.exists()


def test_a_site_without_a_mail_server_promises_no_mail(person, client, settings):
    settings.SENDS_MAIL = False
    page = client.get("/accounts/password/reset/").content.decode()
    assert "This site sends no mail. Ask an administrator" in page and "Send me a link" not in page
    sent = client.post("/accounts/password/reset/", {"email": person("planner").email}, follow=True)
    assert "a message is on its way" not in sent.content.decode() and not PasswordLinkRequest.objects.exists()


def test_the_page_does_the_same_work_for_an_address_that_nobody_has(person, client, mailoutbox, monkeypatch):
    """Its time told strangers who has an account: a mail was rendered and sent for these alone."""
    known, work = person("planner").email, {}
    monkeypatch.setattr(AccountAdapter, "render_mail", None)  # no request needs it
    for email in ("first@staff.test", known, "nobody@staff.test"):  # the first makes the row that counts the tries
        with CaptureQueriesContext(connection) as asked:
            client.post("/accounts/password/reset/", {"email": email})
        work[email] = [query["sql"].split()[0] for query in asked]
    assert mailoutbox == [] and work[known] == work["nobody@staff.test"] and "INSERT" in work[known]


@pytest.mark.parametrize("header", ["host", "x-forwarded-host", "x-host", "forwarded"])
def test_a_forged_host_changes_no_link(person, client, mailoutbox, settings, header):
    settings.ALLOWED_HOSTS, settings.SITE_URL = ["*"], "https://say.example.org"
    forget_password(client, person("planner").email, headers={header: "evil.example.org"})
    assert "https://say.example.org/accounts/password/reset/key/" in mailoutbox[0].body
    assert "evil" not in mailoutbox[0].body


def test_links_lead_to_the_host_of_staff(person, mailoutbox, settings):
    settings.STAFF_HOST = "staff.example.org"
    actions.issue_password_link(person=person("planner"), by=person("administrator"))
    assert set(re.findall(r"https?://([^/\s]+)", mailoutbox[0].body)) == {"staff.example.org"}


def test_the_link_goes_to_the_address_of_the_account_in_its_own_letters(person, client, mailoutbox):
    sam = person("planner")
    forget_password(client, sam.email.upper())
    assert [mail.to for mail in mailoutbox] == [[sam.email]]


@pytest.mark.parametrize("fault", [ConnectionRefusedError, ValueError])
def test_a_link_that_no_mail_server_takes_is_mailed_when_it_is_back(person, client, mailoutbox, fault):
    """For an hour: then its person asks again, and nobody is mailed of what is forgotten."""
    sam, out = person("planner"), mock.patch.object(EmailMessage, "send", side_effect=fault)
    with out:
        assert forget_password(client, sam.email).status_code == 200
    mail_asked_password_links()
    assert [mail.to for mail in mailoutbox] == [[sam.email]] and not PasswordLinkRequest.objects.exists()
    with out:
        forget_password(client, sam.email)
        PasswordLinkRequest.objects.update(asked_at=timezone.now() - TRIED_FOR)
        mail_asked_password_links()
    assert len(mailoutbox) == 1 and not PasswordLinkRequest.objects.exists()


def test_no_link_is_mailed_to_an_account_that_was_closed_meanwhile(person, client, mailoutbox):
    sam = person("planner")
    client.post("/accounts/password/reset/", {"email": sam.email})
    actions.close_account(person=sam, by=person("administrator"))
    mail_asked_password_links()
    assert mailoutbox == []


def test_a_changed_password_is_said_in_our_words_and_mailed_to_its_owner(person, client, mailoutbox):
    sam = person("planner")
    sign_in(client, sam)
    new = "six green boats at noon"
    sent = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert "Your password is changed." in client.post("/accounts/password/change/", sent, follow=True).content.decode()

    (mail,) = mailoutbox
    assert (mail.subject, mail.to) == ("Your account was changed", [sam.email])
    assert mail.body.startswith("Your password is changed.") and "tell an administrator at once" in mail.body
    assert "127.0.0.1" not in mail.body and "testserver" not in mail.body


def test_a_changed_second_factor_is_mailed_to_its_owner(
    person, client, mailoutbox, django_capture_on_commit_callbacks
):
    sam = person("planner")
    sign_in(client, sam)
    confirm(client)
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    for path, given in (("totp/activate/", {"code": code_of(secret)}), ("recovery-codes/generate/", {}),
                        ("totp/deactivate/", {})):  # fmt: skip
        with django_capture_on_commit_callbacks(execute=True):
            client.post(f"/accounts/2fa/{path}", given)
    assert [mail.body.partition("\n")[0] for mail in mailoutbox] == [
        "The authenticator app is set up.",
        "Recovery codes are made. Any older ones open nothing.",
        "The authenticator app opens nothing any more.",
    ]
    assert {address for mail in mailoutbox for address in mail.to} == {sam.email}


def test_a_password_set_by_a_link_is_mailed_to_its_owner(person, client, mailoutbox):
    sam = person("planner")
    form = client.get(build_password_link(sam), follow=True)
    new = "six green boats at noon"
    client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    sam.refresh_from_db()
    (mail,) = mailoutbox
    assert sam.check_password(new) and mail.to == [sam.email] and mail.body.startswith("Your password is changed.")


def test_a_removed_passkey_is_mailed_to_its_owner(person, client, mailoutbox, django_capture_on_commit_callbacks):
    """That one was added: tests/journeys/test_signing_in.py, which has a real one."""
    sam = person("planner")
    sign_in(client, sam)
    confirm(client)
    give_passkey(sam)
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/2fa/webauthn/keys/7007/remove/")
    (mail,) = mailoutbox
    assert not Authenticator.objects.filter(user=sam).exists()
    assert mail.to == [sam.email] and mail.body.startswith("The passkey is removed.")


@pytest.mark.parametrize("change", ["mfa/email/webauthn_added", "mfa/email/webauthn_removed", "account/email/password_set",
                                    "account/email/password_reset", "socialaccount/email/account_connected"])  # fmt: skip
def test_every_other_notice_is_in_our_words(person, mailoutbox, change):
    AccountAdapter().send_notification_mail(change, person("planner"))
    assert not THEIRS.search(mailoutbox[0].body) and mailoutbox[0].body[0].isupper()
