"""`manage.py doctor` says in words what is wrong, how to mend it, and ends with 1."""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from cms.operations.doctor import examination, machine_checks
from cms.operations.doctor.examination import CheckOutcome
from cms.settings.variables import VARIABLES
from consultation.readiness import ReadinessCheck, ReadinessResult, list_readiness_checks


def examine(tmp_path, **options):
    out, code = io.StringIO(), 0
    try:
        call_command("doctor", etc_dir=tmp_path, inside=True, stdout=out, **options)
    except CommandError as error:
        code = error.returncode
    return code, out.getvalue()


@pytest.mark.django_db
def test_it_runs_every_readiness_check_and_the_machines_own(tmp_path):
    code, said = examine(tmp_path, as_json=True)
    found = json.loads(said)
    keys = {one["key"] for one in found["checks"]}
    assert code == 1 and found["ok"] is False
    assert keys >= {check.key for check in list_readiness_checks()}
    assert keys >= {"environment", "permissions", "database-settings", "time-server"}
    assert found["set"].keys() == VARIABLES.keys()


@pytest.mark.django_db
def test_it_says_what_to_do_and_marks_an_alarm(tmp_path):
    _, said = examine(tmp_path)
    assert (
        "ALARM A worker is alive: No worker ever gave a sign of life.\n        systemctl restart voice-worker" in said
    )
    assert "WRONG" in said and "ok   " in said


@pytest.mark.slow
@pytest.mark.parametrize("url", ["sqlite:///{}", "postgres://voice:secret@127.0.0.1:1/voice"])
def test_a_database_that_does_not_let_us_in_is_told_once_and_hides_no_other_fault(tmp_path, url):
    """What needs the database is counted, not named one by one; --json is JSON all the same."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "cms.settings.dev", "DATABASE_URL": url.format(tmp_path)}
    done = subprocess.run(
        [sys.executable, "manage.py", "doctor", "--json", "--inside", "--alarms", f"--etc-dir={tmp_path}"],
        cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    checks = {one["key"]: one for one in json.loads(done.stdout)["checks"]}
    assert done.returncode == 1 and "secret" not in done.stdout + done.stderr
    assert checks["database"]["alarm"] and "does not let us in: " in checks["database"]["says"]
    left = len(list_readiness_checks()) + 4 + 1 - len(checks)
    assert f" {left} checks need it and were left out." in checks["database"]["says"] and left > 10
    assert checks.keys() >= {"environment", "permissions", "time-server", "settings", "keys", "hosts", "https", "disk"}
    assert not any("database did not answer" in one["says"] for one in checks.values())


def test_when_all_is_in_order_it_ends_with_0(tmp_path, monkeypatch):
    from cms.management.commands import doctor

    monkeypatch.setattr(doctor, "examine_site", lambda **options: iter([CheckOutcome("a", "A", True, "Good.", "")]))
    assert examine(tmp_path) == (0, "ok    A: Good.\nAll in order.\n")


def test_after_an_upgrade_only_an_alarm_counts(tmp_path, monkeypatch):
    """A gap in a rota is for people, and stops no upgrade of the next machine."""
    from cms.management.commands import doctor

    for alarm in (False, True):
        found = CheckOutcome("a", "A", False, "A gap.", "", alarm=alarm)
        monkeypatch.setattr(doctor, "examine_site", lambda *, found=found, **options: iter([found]))
        assert examine(tmp_path)[0] == 1
        assert examine(tmp_path, alarms=True)[0] == int(alarm)


@pytest.mark.django_db
def test_a_check_that_breaks_is_told_and_hides_no_other():
    def broken():
        raise ZeroDivisionError("by nought")

    found = examination._examine_check(ReadinessCheck("a", "A", broken, alarm=True))
    assert (found.ok, found.says) == (False, "This could not be checked (ZeroDivisionError).")


def test_numbers_examples_and_slips_of_the_pen_are_found(monkeypatch):
    for name in machine_checks.TO_REPLACE:
        monkeypatch.setenv(name, "ours")
    assert machine_checks.check_environment().ok
    monkeypatch.setenv("WEB_WORKERS", "many")
    monkeypatch.setenv("ALOWED_HOSTS", "say.example.org")
    monkeypatch.delenv("DISTRICT")
    said = machine_checks.check_environment().says
    assert "WEB_WORKERS is no number" in said
    assert "ALOWED_HOSTS looks like ALLOWED_HOSTS" in said
    assert "DISTRICT is not set" in said


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("TASKS", "celry", "TASKS is none of database, celery."),
        ("PROXY_LIMITS", "yes", "PROXY_LIMITS is none of 0, 1."),
        ("LOG_FORMAT", "xml", "LOG_FORMAT is none of text, json."),
        ("STAFF_NEED_MFA", "no", "STAFF_NEED_MFA is none of 0, 1."),
        ("EMAIL_PORT", "0", "EMAIL_PORT is no number."),
        ("AREAS_FILE", "/etc/voice/no-areas.yaml", "AREAS_FILE is no file that is there."),
        ("EMAIL_FROM", "", "EMAIL_FROM is not set."),
    ],
)
def test_a_value_that_a_variable_cannot_have_is_found(monkeypatch, name, value, said):
    for each in machine_checks.TO_REPLACE:
        monkeypatch.setenv(each, "ours")
    monkeypatch.setenv(name, value)
    assert machine_checks.check_environment().says == said


def test_without_a_mail_server_no_sender_is_asked_for(monkeypatch):
    """`setup` asks for none there, and the doctor said that it was not set."""
    for each in machine_checks.TO_REPLACE:
        monkeypatch.setenv(each, "ours")
    monkeypatch.delenv("EMAIL_FROM")
    monkeypatch.setenv("EMAIL_HOST", "")
    assert machine_checks.check_environment().ok


def test_keys_and_data_that_others_can_read_are_found(settings, tmp_path):
    settings.VAR_DIR, settings.BACKUP_DIR = tmp_path / "var", tmp_path / "backups"
    settings.DATABASES = {"default": {"NAME": str(tmp_path / "var" / "voice.sqlite3")}}
    for folder in (settings.VAR_DIR, settings.BACKUP_DIR):
        folder.mkdir(mode=0o700)
    keys = tmp_path / "voice-keys.env"
    keys.touch(mode=0o600)
    assert machine_checks.check_permissions(tmp_path).ok
    keys.chmod(0o640)
    settings.VAR_DIR.chmod(0o755)
    found = machine_checks.check_permissions(tmp_path)
    assert not found.ok
    assert f"chmod o= {settings.VAR_DIR}" in found.mend
    assert f"chmod 600 {keys}" in found.mend
    settings.VAR_DIR = tmp_path / "elsewhere"
    assert f"there is no {settings.VAR_DIR}" in machine_checks.check_permissions(tmp_path).says


@pytest.mark.django_db
def test_a_database_that_may_lose_an_answer_or_log_one_is_found(monkeypatch):
    from django.db import connection

    name, wanted = ("SQLITE_WANTED", {"synchronous": 9})
    if connection.vendor == "postgresql":
        name, wanted = ("POSTGRESQL_WANTED", {"fsync": "always"})
    monkeypatch.setattr(machine_checks, name, wanted)
    found = machine_checks.check_database_settings()
    assert not found.ok and "not" in found.says and found.mend


@pytest.mark.parametrize(("answer", "ok"), [("yes\n", True), ("no\n", False)])
def test_a_clock_that_follows_no_time_server_is_found(monkeypatch, answer, ok):
    done = type("Done", (), {"returncode": 0, "stdout": answer})
    monkeypatch.setattr(machine_checks.shutil, "which", lambda name: "/usr/bin/timedatectl")
    monkeypatch.setattr(machine_checks.subprocess, "run", lambda *arguments, **options: done)
    found = machine_checks.check_time_synchronisation()
    assert found.ok is ok and isinstance(found, ReadinessResult)
    guide = (settings.BASE_DIR / "cms" / "operations" / "INSTALL.md").read_text()
    assert ok or found.mend.rstrip(")").split()[-1] in re.search("apt-get install .*", guide)[0].split()


def test_it_changes_nothing(tmp_path, db):
    before = sorted(Path(tmp_path).iterdir())
    examine(tmp_path)
    assert sorted(Path(tmp_path).iterdir()) == before
