"""Sends by bots or with unusual input are excluded, returned or refused in plain words, never lost."""

import re

import pytest

from consultation.channels.web import form_tokens, views
from consultation.channels.web.form_tokens import FormReferral
from consultation.respondent_pages.rate_limits import RateLimit
from consultation.responses.models import Answer, Channel, Response
from tests.consultation.channels.conftest import ADDRESS
from tests.consultation.channels.web.test_sending import FILLED, words

pytestmark = pytest.mark.django_db


# Unlike a person: held from figures, never refused.


def test_a_honeypot_that_is_filled_in_holds(send):
    assert send({**FILLED, "website": "http://spam.test"}).status_code == 200
    assert Response.objects.get().excluded_from_figures


def test_faster_than_anyone_holds(send, settings):
    settings.FASTEST_ANSWER_SECONDS = 3
    assert send(FILLED).status_code == 200
    assert Response.objects.get().excluded_from_figures


def test_a_flood_is_kept_and_held(send, monkeypatch):
    monkeypatch.setattr(views, "submission_limit", RateLimit(times=4))
    for number in range(6):
        assert send({"h": f"Words {number}"}).status_code == 200
    assert Response.objects.filter(excluded_from_figures=False).count() == 3
    assert Response.objects.filter(excluded_from_figures=True).count() == 3
    assert Answer.objects.count() == 6


def test_behind_a_proxy_the_limit_stands_aside(send, settings, monkeypatch):
    settings.PROXY_LIMITS = True
    monkeypatch.setattr(views, "submission_limit", RateLimit(times=1))
    for number in range(3):
        send({"h": f"Words {number}"})
    assert Response.objects.filter(excluded_from_figures=True).count() == 0


def test_a_burst_that_the_proxy_counts_is_kept_and_held(send, settings):
    settings.PROXY_LIMITS = True
    assert send({"h": "Words"}, **{"X-Burst": "yes"}).status_code == 200
    assert Response.objects.get().excluded_from_figures


def test_what_a_browser_says_of_itself_is_no_burst(send):
    send({"h": "Words"}, **{"X-Burst": "yes"})
    assert not Response.objects.get().excluded_from_figures


@pytest.mark.parametrize("way", [FormReferral(Channel.KIOSK), FormReferral(code="0" * 64)])
@pytest.mark.parametrize("proxied", [True, False])
def test_no_burst_comes_from_a_tablet_or_with_a_code(send, published, settings, monkeypatch, way, proxied):
    settings.PROXY_LIMITS = proxied
    monkeypatch.setattr(views, "submission_limit", RateLimit(times=1))
    for number in range(3):
        token = form_tokens.issue_form_token(published[1].pk, way=way)
        assert send({"h": f"Words {number}"}, token=token, **{"X-Burst": "yes"}).status_code == 200
    assert Response.objects.filter(excluded_from_figures=False).count() == 3


@pytest.mark.parametrize(("hours", "held"), [(11, False), (13, True)])
def test_a_tablets_form_that_is_sent_after_its_session_holds(send, published, monkeypatch, hours, held):
    """Forms taken off a tablet in store counted for a month, past each limit of the web's."""
    token = form_tokens.issue_form_token(published[1].pk, way=FormReferral(Channel.KIOSK))
    now = form_tokens.time.time()
    monkeypatch.setattr(form_tokens.time, "time", lambda: now + hours * 60 * 60)
    assert send({"h": "Words"}, token=token).status_code == 200
    assert Response.objects.get().excluded_from_figures is held


def test_behind_a_proxy_of_any_kind_a_guess_is_counted_and_a_flood_is_not(rf):
    """All people share the proxy's address: a school's typing errors must not shut the others out, a machine's must."""
    guesses, floods = RateLimit(times=5), RateLimit(times=5, people_only=True)
    request = rf.get("/", REMOTE_ADDR="127.0.0.1", headers={"X-Forwarded-Proto": "https"})
    for _ in range(99):
        guesses.add(request), floods.add(request)
    assert not guesses.is_limit_reached(request)
    guesses.add(request)
    assert guesses.is_limit_reached(request)
    assert not floods.is_limit_reached(request)


def test_a_limit_keeps_no_address(rf):
    limit = RateLimit(times=2)
    limit.add(rf.get("/", REMOTE_ADDR="203.0.113.7"))
    assert b"203.0.113.7" not in b"".join(limit._seen)
    limit.forget_requests()
    assert not limit.is_limit_reached(rf.get("/", REMOTE_ADDR="203.0.113.7"))


# Hostile input.

HOSTILE = [
    b"token=%s&h=%ff%fe%00%80abc",
    b"token=%s&h=" + "\u202e<script>alert(1)</script>".encode() + b"&a=%00",
    b"token=%s&h=ok&" + b"&".join(b"x%d=1" % n for n in range(900)),
    b"token=%s&h=ok" + b"&a=1" * 500,
    b"token=%s&h=%ed%a0%80 lone",
]


@pytest.mark.each_on_postgresql
@pytest.mark.parametrize("body", HOSTILE)
def test_strange_bytes_never_break_the_page(client, published, body):
    token = form_tokens.issue_form_token(published[1].pk).encode()
    response = client.generic(
        "POST", ADDRESS, body.replace(b"%s", token), content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code == 200
    assert "\x00" not in "".join(words())


@pytest.mark.each_on_postgresql
@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"{}", "application/json"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"--x\r\nbroken", "multipart/form-data"),
        (b"h=1", "application/x-www-form-urlencoded; charset=klingon"),
        (b"h=1", "application/x-www-form-urlencoded; charset=utf-7"),
        (b"&" * 5000, "application/x-www-form-urlencoded"),
        (b"&".join(b"x%d=1" % n for n in range(2000)), "application/x-www-form-urlencoded"),
        (b"h=" + b"x" * 3_000_000, "application/x-www-form-urlencoded"),
        (b"\xff" * 100, ""),
    ],
)
def test_a_body_that_is_no_form_gets_a_quiet_page(client, published, body, content_type):
    response = client.generic("POST", ADDRESS, body, content_type=content_type)
    assert 400 <= response.status_code < 500
    assert b"Leave this site" in response.content
    assert Response.objects.count() == 0


def test_a_very_long_text_within_the_limits_of_a_request_comes_back_whole(send):
    long = "سڑک " * 50_000
    response = send({"h": long})
    assert response.status_code == 422
    assert long.strip() in response.content.decode()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client, published, method):
    assert getattr(client, method)(ADDRESS).status_code == 405


@pytest.mark.parametrize("other", [{}, {"b": "1", "a": ["2"]}, {"again": "1"}, {"whole": "1"}])
def test_a_wish_to_be_read_soon_without_words_holds_the_form_back(send, other):
    wish = {"e.a": "2", "i.soon": "1"}
    back = send(wish | other)
    page = back.content.decode()
    assert back.status_code == 422 and not Response.objects.exists()
    assert page.count("You asked someone to read this soon. Write what to read, or take the tick out.") >= 2
    assert 'name="i.soon" value="1" checked' in page and "Nothing is picked" not in page
    assert all(
        re.search(rf'name="{name}" value="{other[name][0]}"[^>]* checked', page) for name in other.keys() & {"a", "b"}
    )
    assert send(wish | {"i": "I walk home alone."}).status_code == 200
    assert Answer.objects.get().soon


def test_a_wish_to_be_read_soon_alone_is_no_empty_form(send):
    page = send({"h.soon": "1"}).content.decode()
    assert '<a href="#qh">' in page and "You asked someone to read this soon." in page
    assert "Nothing is picked" not in page
