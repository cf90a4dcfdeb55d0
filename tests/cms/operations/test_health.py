"""Health pages: `/livez` says that the process answers, `/readyz` runs every alarm; neither tells the time of an answer."""

from datetime import timedelta

import pytest
from django.core.signing import TimestampSigner
from django.db import DatabaseError
from django.utils import timezone

from cms.operations import health
from cms.operations.doctor import readiness as doctor
from cms.operations.scheduler import heartbeats
from cms.operations.scheduler import readiness as scheduler
from cms.operations.scheduler.models import Heartbeat, SweepRun
from cms.operations.scheduler.screening_watch import SCREENING
from consultation.readiness import ReadinessCheck, ReadinessResult, list_readiness_checks


@pytest.fixture
def unread(monkeypatch):
    """unread(day): pretend that the oldest unread answer came on that day."""
    return lambda day: monkeypatch.setattr(
        health.Answer.objects, "unread", lambda: type("Q", (), {"aggregate": staticmethod(lambda **k: {"first": day})})
    )


@pytest.fixture
def alarms(monkeypatch):
    """alarms(worker=True, disk=False): checks with these results alone."""

    def declare(**results):
        made = [
            ReadinessCheck(key, key, lambda ok=ok: ReadinessResult(ok, ""), alarm=True) for key, ok in results.items()
        ]
        monkeypatch.setattr(health, "list_readiness_checks", lambda: made)

    declare(worker=True)
    return declare


@pytest.fixture
def screened(db):
    """screened(seconds): no answer waited to be screened so long ago."""

    def finish(seconds):
        caught_up_at = timezone.now() - timedelta(seconds=seconds)
        SweepRun.objects.update_or_create(
            name=SCREENING,
            defaults={"due_at": timezone.now(), "finished_at": caught_up_at, "caught_up_at": caught_up_at},
        )

    finish(0)
    return finish


@pytest.mark.parametrize("path", ["/livez", "/healthz"])
def test_a_process_that_answers_says_so_without_a_cookie_a_worker_or_a_database(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer.content, len(answer.cookies)) == (200, b"ok", 0)


@pytest.mark.parametrize("path", ["/livez", "/healthz", "/readyz"])
def test_a_probe_by_address_over_plain_http_is_answered(client, db, settings, path, alarms):
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT, settings.STAFF_HOST = ["say.example.org"], True, "staff.test"
    assert client.get(path, headers={"host": "10.0.0.7:8001"}).status_code == 200
    assert client.get("/en/", headers={"host": "10.0.0.7:8001"}).status_code == 400


def test_ready_when_every_alarm_is_in_order(client, db, alarms):
    alarms(worker=True, disk=True)
    answer = client.get("/readyz")
    assert (answer.status_code, len(answer.cookies)) == (200, 0)
    assert answer.json() == {"ready": True, "database": True, "worker": True, "disk": True, "oldest_unread_days": 0}


def test_one_alarm_is_named_and_the_others_are_told(client, db, alarms):
    alarms(worker=True, disk=False)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["ready"]) == (503, False)
    assert (answer.json()["worker"], answer.json()["disk"]) == (True, False)


def test_an_alarm_that_breaks_is_an_alarm(client, db, monkeypatch):
    def broken():
        raise ZeroDivisionError

    monkeypatch.setattr(health, "list_readiness_checks", lambda: [ReadinessCheck("disk", "disk", broken, alarm=True)])
    assert (client.get("/readyz").status_code, client.get("/readyz").json()["disk"]) == (503, False)


def test_what_is_no_alarm_does_not_count(client, db, monkeypatch):
    checks = [ReadinessCheck("people", "people", lambda: ReadinessResult(False, ""))]
    monkeypatch.setattr(health, "list_readiness_checks", lambda: checks)
    assert client.get("/readyz").status_code == 200


def test_disk_clock_worker_backup_migrations_and_screening_are_alarms():
    alarms = {check.key for check in list_readiness_checks() if check.alarm}
    assert {"disk", "clock", "worker", "backup", "migrations", "screening"} <= alarms


@pytest.mark.parametrize("seconds", [None, 61])
def test_not_ready_without_a_living_worker(client, db, seconds):
    if seconds:
        Heartbeat.objects.create(worker="w", seen_at=timezone.now() - timedelta(seconds=seconds))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["ready"], answer.json()["worker"]) == (503, False, False)


def test_not_ready_while_migrations_wait(client, db, monkeypatch):
    monkeypatch.setattr(scheduler, "count_pending_migrations", lambda: 2)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["migrations"]) == (503, False)


def test_not_ready_without_a_database(client, db, monkeypatch):
    def down():
        raise DatabaseError("could not connect to db.internal as voice")

    monkeypatch.setattr(health, "oldest_unread_days", down)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"ready": False, "database": False})


@pytest.mark.parametrize("seconds", [301, 86_400, -120])
def test_not_ready_while_screening_stands_still_though_a_worker_lives(client, screened, seconds):
    """Too long ago, or in the future: a clock that went back."""
    heartbeats.record_heartbeat("w")
    screened(seconds)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["screening"]) == (503, False)


def test_not_ready_before_the_first_screening(client, db):
    heartbeats.record_heartbeat("w")
    assert client.get("/readyz").json()["screening"] is False


def test_not_ready_on_a_full_disk(client, db, monkeypatch):
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda folder: shutil_usage(free=3 * 10**8))
    assert client.get("/readyz").json()["disk"] is False
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda folder: shutil_usage(free=3 * 10**9))
    assert client.get("/readyz").json()["disk"] is True


def shutil_usage(free):
    return type("Usage", (), {"total": 10**11, "used": 10**11 - free, "free": free})


@pytest.mark.parametrize(("seconds", "right"), [(0, True), (30, True), (90, False), (-90, False)])
def test_not_ready_when_somebody_moved_the_clock(client, db, monkeypatch, seconds, right):
    monkeypatch.setattr(doctor, "STARTED_AT", doctor.STARTED_AT - seconds)
    assert client.get("/readyz").json()["clock"] is right


def test_not_ready_when_something_ran_in_the_future(client, db):
    ahead = timezone.now() + timedelta(days=3)
    SweepRun.objects.create(name=SCREENING, due_at=ahead, finished_at=ahead)
    assert client.get("/readyz").json()["clock"] is False
    assert "the clock went back" in doctor.check_clock().says


def test_unread_answers_are_told_in_whole_days(client, db, alarms, unread):
    today = timezone.localdate()
    for day, told in ((None, 0), (today, 0), (today - timedelta(days=3), 3)):
        unread(day)
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()["oldest_unread_days"]) == (200, told)


def test_only_the_doctor_learns_what_the_proxy_hands_on(client):
    asked = {"X-Forwarded-For": "192.0.2.1", "X-Forwarded-Proto": "https"}
    assert client.get("/livez", headers={**asked, "X-Doctor": "probe:forged"}).content == b"ok"
    signed = {"X-Doctor": health.probe_signer.sign("probe")}
    assert client.get("/livez", headers={**asked, **signed}).json()["addresses"] == ["X-Forwarded-For"]
    assert client.get("/livez", headers=signed).json()["addresses"] == []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TimestampSigner, "timestamp", lambda self: "1")
        old = health.probe_signer.sign("probe")
    assert client.get("/livez", headers={"X-Doctor": old}).content == b"ok"


def test_only_looking_is_allowed(client, db):
    assert client.post("/livez").status_code == 405
    assert client.post("/readyz").status_code == 405
