"""Health pages for monitors say whether the site is ready, and nothing about the time of answers."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from cms.operations import health
from cms.operations.scheduler import heartbeats
from cms.operations.scheduler.models import Heartbeat, SweepRun
from cms.operations.scheduler.screening_watch import SCREENING


@pytest.fixture
def unread(monkeypatch):
    """unread(day): pretend that the oldest unread answer came on that day."""
    return lambda day: monkeypatch.setattr(
        health.Answer.objects, "unread", lambda: type("Q", (), {"aggregate": staticmethod(lambda **k: {"first": day})})
    )


def test_healthz_says_ok_and_sets_no_cookie(client, db):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content, len(answer.cookies)) == (200, b"ok", 0)


@pytest.fixture
def screened(db):
    """screened(seconds): no answer waited to be screened so long ago."""

    def finish(seconds):
        caught_up_at = timezone.now() - timedelta(seconds=seconds)
        SweepRun.objects.update_or_create(
            name=SCREENING, defaults={"due_at": timezone.now(), "caught_up_at": caught_up_at}
        )

    finish(0)
    return finish


def test_ready_with_a_living_worker(client, screened):
    heartbeats.record_heartbeat("w")
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert len(answer.cookies) == 0
    assert answer.json() == {
        "ready": True,
        "database": True,
        "migrations_pending": 0,
        "worker_seconds": 0,
        "screening_seconds": 0,
        "oldest_unread_days": 0,
    }


@pytest.mark.parametrize("seconds", [None, 61])
def test_not_ready_without_a_living_worker(client, db, seconds):
    if seconds:
        Heartbeat.objects.create(worker="w", seen_at=timezone.now() - timedelta(seconds=seconds))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["ready"], answer.json()["worker_seconds"]) == (503, False, seconds)


def test_not_ready_while_migrations_wait(client, db, monkeypatch):
    heartbeats.record_heartbeat("w")
    monkeypatch.setattr(health, "count_pending_migrations", lambda: 2)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["migrations_pending"]) == (503, 2)


def test_not_ready_without_a_database(client, monkeypatch):
    def down():
        raise DatabaseError("could not connect to db.internal as voice")

    monkeypatch.setattr(health, "count_pending_migrations", down)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"ready": False, "database": False})


@pytest.mark.parametrize("seconds", [301, 86_400, -120])
def test_not_ready_while_screening_stands_still_though_a_worker_lives(client, screened, seconds):
    """Too long ago, or in the future: a clock that went back."""
    heartbeats.record_heartbeat("w")
    screened(seconds)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["ready"]) == (503, False)
    assert abs(answer.json()["screening_seconds"] - seconds) <= 1


def test_not_ready_before_the_first_screening(client, db):
    heartbeats.record_heartbeat("w")
    assert client.get("/readyz").json()["screening_seconds"] is None
    assert client.get("/readyz").status_code == 503


def test_unread_answers_are_told_in_whole_days(client, screened, unread):
    heartbeats.record_heartbeat("w")
    today = timezone.localdate()
    for day, told in ((None, 0), (today, 0), (today - timedelta(days=3), 3)):
        unread(day)
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()["oldest_unread_days"]) == (200, told)


def test_only_looking_is_allowed(client, db):
    assert client.post("/healthz").status_code == 405
    assert client.post("/readyz").status_code == 405
