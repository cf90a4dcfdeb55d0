"""Single sign-on by real HTTP with a signed token: the provider identifies a person, our roles decide."""

import urllib.error
import urllib.request

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from cms.accounts import actions
from cms.accounts.models import User
from cms.accounts.roles import roles_of
from consultation.audit.models import AuditEntry
from tests.cms.accounts import provider as work
from tests.cms.accounts.test_sign_in import PASSWORD, give_totp

KNOWN = "nobody here has an open account with its address"


@pytest.fixture
def provider(settings):
    with work.running() as provider:
        app = {
            "provider_id": "work",
            "name": "your work account",
            "client_id": work.CLIENT,
            "secret": work.SECRET,
            "settings": {"server_url": provider.url, "fetch_userinfo": False, "verified_email": []},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        yield provider


@pytest.fixture
def sam(person):
    return person("planner", email="sam@staff.test")


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None


def come_by(client):
    """The way of a browser: our button, their page, and back to us. Returns our last answer."""
    leaves = client.post("/accounts/oidc/work/login/")
    assert leaves.status_code == 302, leaves.content
    try:
        urllib.request.build_opener(Stay).open(leaves["Location"])
    except urllib.error.HTTPError as answer:
        back = answer.headers["Location"]
    return client.get(back.removeprefix("http://testserver"))


def is_in(client):
    return client.get("/accounts/start/").get("Location", "") == "/insights/"


def test_the_button_is_there_only_with_a_provider(client, home, provider):
    assert "Sign in with your work account" in client.get("/accounts/login/").content.decode()


def test_somebody_with_an_account_here_signs_in(client, provider, sam):
    answer = come_by(client)
    assert answer.status_code == 302, answer.content
    assert is_in(client)
    assert SocialAccount.objects.get().uid == "s-1"
    assert {"/token", "/keys"} <= set(provider.asked)
    verbs = list(AuditEntry.objects.order_by("seq").values_list("verb", flat=True))
    assert verbs == ["work account joined", "signed in"]
    assert User.objects.get(pk=sam.pk).check_password(PASSWORD)


def test_roles_and_names_of_the_provider_are_not_taken_over(client, provider, sam):
    provider.claims |= {
        "groups": ["administrator", "safeguarding_lead"],
        "roles": ["administrator"],
        "name": "Somebody Else",
        "given_name": "Somebody",
        "is_superuser": True,
    }
    come_by(client)
    fresh = User.objects.get(pk=sam.pk)
    assert [role.name for role in roles_of(fresh)] == ["planner"]
    assert (fresh.first_name, fresh.is_superuser, fresh.is_staff) == (sam.first_name, False, False)


def test_a_stranger_is_refused_in_plain_words_and_no_account_is_made(client, provider, home):
    answer = come_by(client)
    assert answer.status_code == 403
    assert KNOWN in answer.content.decode()
    assert not User.objects.exists()
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor) == ("sign-in failed", "")
    assert "sam@staff.test" not in str(entry.data)


def test_an_address_that_the_provider_has_not_checked_opens_nothing(client, provider, sam):
    provider.claims["email_verified"] = False
    assert KNOWN in come_by(client).content.decode()
    assert not is_in(client)


def test_a_token_signed_by_somebody_else_opens_nothing(client, provider, sam):
    provider.forged = True
    answer = come_by(client)
    assert answer.status_code == 403
    assert "did not say who you are" in answer.content.decode()
    assert not is_in(client)


def test_a_token_for_another_site_opens_nothing(client, provider, sam):
    provider.audience = "another-site"
    assert come_by(client).status_code == 403
    assert not is_in(client)


def test_a_closed_account_stays_closed(client, provider, sam, person):
    come_by(client)
    actions.close_account(person=sam, by=person("administrator"))
    come_by(Client())
    other = Client()
    come_by(other)
    assert not is_in(other)


def test_the_second_factor_is_asked_for_all_the_same(client, provider, sam):
    code = give_totp(sam)
    assert come_by(client)["Location"].startswith("/accounts/2fa/authenticate/")
    assert not is_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code()})
    assert is_in(client)


def test_the_id_counts_after_the_first_time_and_not_the_address(client, provider, sam):
    come_by(client)
    provider.claims["email"] = "sam.married@staff.test"
    again = Client()
    come_by(again)
    assert is_in(again)


def test_an_address_that_changed_hands_opens_nothing(client, provider, sam):
    come_by(client)
    provider.claims["sub"] = "s-2"
    other = Client()
    assert KNOWN in come_by(other).content.decode()
    assert not is_in(other)


def test_an_answer_that_nobody_asked_for_opens_nothing(client, provider, sam):
    answer = client.get("/accounts/oidc/work/login/callback/?code=x&state=made-up")
    assert answer.status_code == 403
    assert not is_in(client)


def test_without_settings_there_is_no_such_way_in(client, home, settings):
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert "work account" not in client.get("/accounts/login/").content.decode()
    assert client.post("/accounts/oidc/work/login/").status_code == 404
    assert client.get("/accounts/oidc/work/login/callback/").status_code == 404
