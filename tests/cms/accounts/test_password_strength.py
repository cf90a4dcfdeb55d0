"""A password that guessers try first is refused, in plain words, and by no question to another machine."""

import socket

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from cms.accounts.models import User
from tests.cms.accounts.test_sign_in import PASSWORD, sign_in

SAM = User(email="sam.okoro@leeds-council.test", first_name="Sam", last_name="Okoro")


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    def refuse(*_):
        raise AssertionError("a password was asked about elsewhere")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.parametrize(
    "password",
    ["Password123456", "qwertyuiop12", "1q2w3e4r5t6y", "iloveyou1234", "P@ssw0rd2026!", "aaaaaaaaaaaa", "okorobradford",
     "a" * 200],
)  # fmt: skip
def test_a_password_that_is_tried_first_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password, SAM)


@pytest.mark.parametrize(
    "password",
    ["a long walk by the canal", "six green boats at noon", "vK4-tq9_LmZ2!xw", "ä" * 4 + "walk canal boat noon"],
)
def test_a_good_password_is_taken(password):
    validate_password(password, SAM)


def test_a_password_that_was_found_in_a_breach_is_refused_in_plain_words(person, client):
    sam = person("planner")
    sign_in(client, sam)
    sent = {"oldpassword": PASSWORD, "password1": "qwertyuiop12", "password2": "qwertyuiop12"}
    page = client.post("/accounts/password/change/", sent)
    assert "Take four words that have nothing to do with each other" in page.content.decode()
    sam.refresh_from_db()
    assert sam.check_password(PASSWORD)
