"""Idle log-out: a page's background requests keep nobody signed in; a person's press does."""

import time
from types import SimpleNamespace
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from cms.accounts.middleware import IdleTimeoutMiddleware

pytestmark = pytest.mark.any_database

ASK = "/accounts/still-here/"


@pytest.fixture
def clock(monkeypatch):
    start = time.time()

    def later(minutes):
        monkeypatch.setattr(time, "time", lambda: start + minutes * 60)

    return later


@pytest.fixture
def reader(client_as, clock):
    client = client_as("moderator")
    clock(0)
    assert client.get("/staff/reading/").status_code == 200
    return client


def test_a_page_learns_how_long_is_left_and_changes_nothing_by_asking(reader, clock):
    for minutes in (0, 5, 14):
        clock(minutes)
        assert reader.get(ASK).json()["seconds"] == (15 - minutes) * 60
    clock(16)
    assert reader.get(ASK)["Location"].startswith("/accounts/login/")


def test_one_press_stays(reader, clock):
    clock(14)
    assert reader.post(ASK).json()["seconds"] == 15 * 60
    clock(28)
    assert reader.get("/staff/reading/").status_code == 200


def test_a_page_soon_after_another_writes_nothing_and_ends_the_session_no_later(reader, clock):
    def count_writes(seconds):
        clock(seconds / 60)
        with CaptureQueriesContext(connection) as queries:
            assert reader.get("/staff/reading/guide/").status_code == 200
        return sum(query["sql"].startswith("UPDATE") for query in queries)

    assert [count_writes(seconds) for seconds in (10, 20, 40, 50)] == [0, 0, 1, 0]
    clock(15 + 39 / 60)
    assert reader.get(ASK).status_code == 200
    clock(15 + 41 / 60)
    assert reader.get(ASK)["Location"].startswith("/accounts/login/"), "ten seconds early, by the page of second 50"


@given(st.lists(st.tuples(st.integers(0, 40 * 60), st.booleans()), max_size=60))
def test_over_any_history_idle_time_ends_a_session_never_late_and_at_most_half_a_minute_early(steps):
    """Each step: seconds since the one before, and whether a person made the request or the page by itself."""
    limit, now, active, session, ended = 15 * 60, 0, 0, {}, []
    person = SimpleNamespace(is_authenticated=True, has_perm=lambda name: True)
    keep = IdleTimeoutMiddleware(lambda request: None)
    with (
        mock.patch("cms.accounts.middleware.time.time", lambda: now),
        mock.patch("cms.accounts.middleware.logout", ended.append),
    ):
        for seconds, by_a_person in [(0, True), *steps]:
            now += seconds
            path = "/staff/reading/" if by_a_person else ASK
            keep(SimpleNamespace(path_info=path, user=person, session=session, headers={}))
            idle = now - active
            if ended:
                assert idle > limit - 30 or now > 12 * 60 * 60
                return
            assert idle <= limit
            active = now if by_a_person else active


def test_however_busy_everybody_signs_in_again_after_12_hours(reader, clock):
    for minutes in range(10, 12 * 60, 10):
        clock(minutes)
        assert reader.post(ASK).status_code == 200
    clock(12 * 60 - 5)
    told = reader.post(ASK).json()
    assert (told["seconds"], told["can_stay"]) == (5 * 60, False)
    clock(12 * 60 + 1)
    assert reader.get(ASK)["Location"].startswith("/accounts/login/")


def test_a_session_past_its_day_is_in_no_list(reader, clock):
    from cms.accounts.staff_sessions import SEEN, list_staff_sessions

    assert len(list_staff_sessions(reader.user)) == 1
    clock(12 * 60 + 1)
    session = reader.session
    session[SEEN] = int(time.time())
    session.save()
    assert list_staff_sessions(reader.user) == []


def test_a_new_sign_in_begins_a_new_day(reader, clock):
    clock(12 * 60 + 1)
    reader.get(ASK)
    reader.force_login(reader.user, backend="django.contrib.auth.backends.ModelBackend")
    assert reader.get("/staff/reading/").status_code == 200


def test_a_page_of_the_admin_that_pings_keeps_nobody_signed_in(client_as, clock, home):
    officer = client_as("engagement_officer")
    clock(0)
    officer.get(f"/staff/pages/{home.pk}/edit/")
    for minutes in range(1, 31):
        clock(minutes)
        officer.post(f"/staff/editing-sessions/ping/wagtailcore/page/{home.pk}/1/")
    clock(31)
    assert officer.get("/staff/")["Location"].startswith("/staff/login/")


def test_a_new_sign_in_is_told_apart_from_somebody_else(reader, client_as):
    other = client_as("moderator").get(ASK).json()
    mine = reader.get(ASK).json()
    assert mine["who"] == reader.get(ASK).json()["who"] != other["who"]
    assert str(reader.user.pk) != mine["who"]
    assert mine["token"]


def test_every_staff_page_carries_the_warning(client_as):
    for role, path in (("moderator", "/staff/reading/"), ("planner", "/insights/"), ("engagement_officer", "/staff/")):
        page = client_as(role).get(path).content.decode()
        assert "staff/idle.js" in page, path
        assert "staff/idle.css" in page, path


def test_no_page_of_a_visitor_carries_it(home, client):
    for path in ("/en/", "/accounts/login/"):
        assert "idle.js" not in client.get(path).content.decode()
