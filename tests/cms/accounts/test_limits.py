"""Sign-in attempts are limited by one count for all processes, and the refusal is in plain words."""

import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.utils import timezone

from cms.accounts.account_invitations import mail_asked_password_links
from cms.accounts.sign_in_limits import TABLE, delete_expired_limits
from cms.accounts.staff_sessions import delete_expired_sessions
from tests.cms.accounts.test_sign_in import PASSWORD, give_totp, sign_in

TRIES = 5


@pytest.fixture
def sam(person):
    return person("planner")


def another_process():
    """What a process keeps in its own memory is gone; what is in the database stays."""
    caches["default"].clear()
    return Client()


def test_after_five_tries_the_right_password_waits_too(sam):
    for _ in range(TRIES):
        assert "do not go together" in sign_in(Client(), sam, "wrong").content.decode()
    page = sign_in(another_process(), sam, PASSWORD)
    assert page.status_code == 200
    assert "There were too many tries from here. Wait five minutes, then try again." in page.content.decode()


def test_tries_for_one_account_do_not_close_another(sam, person):
    for _ in range(TRIES + 1):
        sign_in(Client(), sam, "wrong")
    assert sign_in(Client(), person("planner")).status_code == 302


def test_what_the_limits_keep_names_nobody(sam):
    sign_in(Client(), sam, "wrong")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT cache_key, value FROM {TABLE}")
        rows = str(cursor.fetchall())
    assert rows != "[]"
    assert "127.0.0.1" not in rows
    assert sam.email not in rows


def test_codes_of_a_second_factor_cannot_be_guessed_without_end(sam, client):
    code = give_totp(sam)
    sign_in(client, sam)
    for _ in range(TRIES):
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    client = another_process()
    sign_in(client, sam)
    assert client.post("/accounts/2fa/authenticate/", {"code": code()}).status_code == 200


def test_a_used_code_opens_nothing_again_in_another_process_or_later(sam, monkeypatch):
    """It fits for a minute and a half, as phones' clocks differ."""
    code, now = give_totp(sam)(), time.time()
    for later, opens in ((0, True), (0, False), (29, False), (45, False)):
        monkeypatch.setattr(time, "time", lambda later=later: now + later)
        client = another_process()
        sign_in(client, sam)
        answer = client.post("/accounts/2fa/authenticate/", {"code": code})
        assert (answer.status_code == 302) == opens, later


def test_what_is_remembered_of_a_used_code_shows_neither_it_nor_its_owner(sam, client):
    code = give_totp(sam)()
    sign_in(client, sam)
    client.post("/accounts/2fa/authenticate/", {"code": code})
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT cache_key FROM {TABLE}")
        keys = [key for (key,) in cursor.fetchall()]
    assert keys and not any(code in key for key in keys)


def test_too_many_requests_are_said_in_plain_words(client, home, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    client.post("/accounts/login/", {"login": "a@staff.test", "password": "x"})
    page = client.post("/accounts/login/", {"login": "a@staff.test", "password": "x"})
    assert page.status_code == 429
    assert "Wait five minutes, then try again." in page.content.decode()


def test_a_header_that_anyone_can_write_is_no_address(sam):
    for number in range(TRIES):
        client = Client(headers={"x-forwarded-for": f"192.0.2.{number}"})
        sign_in(client, sam, "wrong")
    assert "too many tries" in sign_in(Client(headers={"x-forwarded-for": "192.0.2.99"}), sam).content.decode()


def test_nor_is_another_name_or_port_of_the_host(sam, settings):
    settings.ALLOWED_HOSTS = ["*"]
    for number in range(TRIES):
        sign_in(Client(headers={"host": f"staff{number % 2}.example.org:{8000 + number}"}), sam, "wrong")
    assert "too many tries" in sign_in(Client(headers={"host": "staff.example.org:9000"}), sam).content.decode()


def test_nor_do_big_letters_bring_more_tries(sam):
    for login in ("planner", "PLANNER", "pLANNER", "Planner", "plaNNer"):
        Client().post("/accounts/login/", {"login": sam.email.replace("planner", login), "password": "wrong"})
    assert "too many tries" in sign_in(Client(), sam).content.decode()


def test_what_is_over_is_forgotten(sam):
    """Expired sessions, and counts whose time is up."""
    sign_in(Client(), sam, "wrong")
    sign_in(Client(), sam)
    assert Session.objects.count() == 1
    delete_expired_sessions()
    delete_expired_limits()
    assert (Session.objects.count(), rows() > 0) == (1, True)
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET expires = %s", ["2020-01-01 00:00:00"])
    delete_expired_sessions()
    delete_expired_limits()
    assert (Session.objects.count(), rows()) == (0, 0)


def rows():
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {TABLE}")
        return cursor.fetchone()[0]


def test_a_stranger_fills_nobodys_mailbox_with_links(sam, mailoutbox):
    """Between them the mail about a child would be overlooked."""
    statuses = [
        another_process().post("/accounts/password/reset/", {"email": sam.email}).status_code for _ in range(6)
    ]
    mail_asked_password_links()
    assert (len(mailoutbox), statuses) == (3, [302] * 3 + [429] * 3)
