"""A form token carries how its form was opened, holds for days, and takes no other's word."""

from types import SimpleNamespace

import pytest

from consultation.channels.web import form_tokens
from consultation.channels.web.form_tokens import (
    FormReferral,
    issue_form_token,
    needs_invitation_code,
    read_form_token,
)
from consultation.responses.models import Channel

DAY = 24 * 60 * 60
REFERRALS = [FormReferral(), FormReferral(link="poster"), FormReferral(Channel.KIOSK), FormReferral(code="c" * 64)]


@pytest.mark.parametrize("way", REFERRALS)
def test_a_token_gives_back_what_it_was_made_of(way):
    token = read_form_token(issue_form_token(7, b"n" * 16, way))
    assert (token.version_id, token.nonce, token.way, token.expired) == (7, b"n" * 16, way, False)


@pytest.mark.parametrize(("days", "expired"), [(0, False), (2, False), (6.9, False), (7.1, True), (30, True)])
def test_a_page_left_open_over_a_weekend_can_still_be_sent(settings, monkeypatch, days, expired):
    settings.FORM_TOKEN_DAYS = 7
    token = read_form_token(issue_form_token(7))
    monkeypatch.setattr(form_tokens.time, "time", lambda: token.issued + days * DAY)
    assert token.expired is expired


@pytest.mark.parametrize(
    "spoilt", [lambda text: text[:-1], lambda text: "8" + text[1:], lambda text: "", lambda text: "x:y"]
)
def test_a_changed_token_is_none(spoilt):
    assert read_form_token(spoilt(issue_form_token(7))) is None


@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("code", ["", "c" * 64])
@pytest.mark.parametrize("code_only", [True, False])
def test_only_a_web_form_without_a_code_lacks_one(channel, code, code_only):
    lacks = needs_invitation_code(SimpleNamespace(code_only=code_only), FormReferral(channel, code=code))
    assert bool(lacks) is (code_only and channel == Channel.WEB and not code)
