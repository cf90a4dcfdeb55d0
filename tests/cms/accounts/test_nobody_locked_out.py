"""Failed tries slow the one who tries: from elsewhere they never keep a colleague out."""

import pytest
from allauth.core.internal import ratelimit
from django.core import signing
from django.test import Client

from cms.accounts.known_devices import AGE, COOKIE, SALT
from tests.cms.accounts.test_limits import TRIES, another_process
from tests.cms.accounts.test_sign_in import give_totp, sign_in

pytestmark = pytest.mark.any_database

ATTACKER, OWN = "192.0.2.9", "198.51.100.7"
MANY = 100


def fail(user, times, address=ATTACKER, client=None):
    for _ in range(times):
        page = sign_in(client or Client(REMOTE_ADDR=address), user, "wrong")
    return page


def is_in(answer):
    return answer.status_code == 302


@pytest.fixture
def own_device(lead):
    """A browser on which the lead has signed in and out before."""
    client = another_process()
    assert is_in(sign_in(client, lead))
    client.post("/accounts/logout/")
    return client


@pytest.mark.slow
def test_who_fails_a_hundred_times_elsewhere_keeps_nobody_out(lead):
    assert "too many tries" in fail(lead, MANY).content.decode()
    assert is_in(sign_in(Client(REMOTE_ADDR=OWN), lead))


@pytest.mark.slow
def test_a_known_device_opens_even_from_the_attackers_address(lead, own_device):
    fail(lead, MANY, address="127.0.0.1")
    assert "too many tries" in sign_in(another_process(), lead).content.decode()
    assert is_in(sign_in(own_device, lead))


def test_a_known_device_has_no_more_tries_than_another(lead, own_device):
    fail(lead, TRIES, client=own_device)
    assert "too many tries" in sign_in(own_device, lead).content.decode()


def test_a_device_that_a_colleague_uses_is_not_known_for_the_lead(lead, person):
    theirs, reader = Client(), person("moderator")
    sign_in(theirs, reader)
    theirs.post("/accounts/logout/")
    fail(lead, TRIES, address="127.0.0.1")
    assert "too many tries" in sign_in(theirs, lead).content.decode()


def test_two_people_who_share_a_device_are_both_known_on_it(lead, person, own_device):
    reader = person("moderator")
    sign_in(own_device, reader)
    own_device.post("/accounts/logout/")
    for each in (lead, reader):
        fail(each, TRIES, address="127.0.0.1")
        assert is_in(sign_in(own_device, each))
        own_device.post("/accounts/logout/")


@pytest.mark.parametrize(
    "forged", ["", "1", signing.dumps({"1": "made up"}, key="another", salt=SALT)], ids=["empty", "short", "signed"]
)
def test_a_cookie_that_is_made_up_makes_no_device_known(lead, forged):
    fail(lead, TRIES, address="127.0.0.1")
    client = Client()
    client.cookies[COOKIE] = forged
    assert "too many tries" in sign_in(client, lead).content.decode()


def test_the_cookie_names_nobody_and_goes_to_pages_of_sign_in_alone(lead, own_device):
    cookie = own_device.cookies[COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/accounts/", True, "Lax")
    assert list(signing.loads(cookie.value, salt=SALT, max_age=AGE)) == [str(lead.pk)]
    assert lead.email not in cookie.value


def test_who_knows_the_password_and_guesses_codes_keeps_no_known_device_out(lead):
    code, device = give_totp(lead), Client()
    sign_in(device, lead)
    device.post("/accounts/2fa/authenticate/", {"code": code()})
    device.post("/accounts/logout/")
    thief = Client(REMOTE_ADDR=ATTACKER)
    sign_in(thief, lead)
    for _ in range(2 * TRIES):
        thief.post("/accounts/2fa/authenticate/", {"code": "000000"})
    for client, opens in ((Client(REMOTE_ADDR=OWN), False), (device, True)):
        sign_in(client, lead)
        answer = client.post("/accounts/2fa/authenticate/", {"code": code(late=-30)})
        assert is_in(answer) == opens


@pytest.mark.slow
def test_guessing_over_many_accounts_from_one_address_has_an_end(person):
    staff = [person("planner") for _ in range(13)]
    pages = [fail(each, TRIES).content.decode() for each in staff]
    assert "do not go together" in pages[0] and "too many tries" in pages[-1]


@pytest.mark.parametrize(("proxied", "seen"), [(True, OWN), (False, ATTACKER)])
def test_the_address_is_taken_from_our_own_proxy_alone(rf, settings, proxied, seen):
    settings.PROXY_LIMITS = proxied
    request = rf.get("/accounts/login/", REMOTE_ADDR=ATTACKER, headers={"x-real-ip": OWN})
    assert ratelimit.get_ip(request) == seen
