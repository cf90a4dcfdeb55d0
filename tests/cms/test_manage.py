"""manage.py without an environment: the demo, and a refusal of what only a server needs."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

import manage
from tests.cms.test_production import WHOLE

REFUSED = "DJANGO_SETTINGS_MODULE is not set"


@pytest.fixture
def bare(monkeypatch):
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE")


@pytest.mark.parametrize("command", manage.SERVE)
def test_what_a_timer_runs_does_not_work_on_an_empty_demo(bare, command):
    """A backup without the environment wrote an empty development database, and reported success."""
    with pytest.raises(SystemExit) as refused:
        manage.choose_settings([command])
    assert REFUSED in refused.value.code


def test_cron_sees_the_refusal_as_a_failure(tmp_path):
    kept = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "backup"]
    done = subprocess.run(command, env=kept | {"VAR_DIR": str(tmp_path)}, capture_output=True, text=True)
    assert done.returncode == 1 and REFUSED in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["check"], "cms.settings.dev"),
        (["backup", "--help"], "cms.settings.dev"),
        (["setup"], "cms.settings.unconfigured"),
        (["deploy_files", "x"], "cms.settings.unconfigured"),
    ],
)
def test_what_works_without_one(bare, arguments, expected):
    manage.choose_settings(arguments)
    assert os.environ["DJANGO_SETTINGS_MODULE"] == expected


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("EMAIL_SECURITY", "ssl", "EMAIL_SECURITY is 'ssl'"),
        (
            "DATABASE_URL",
            "mysql://voice:secret@db/voice",
            "The address of a database begins with postgres:// or sqlite://.",
        ),
        ("EMAIL_PORT", "smtp", "EMAIL_PORT is no number."),
        ("SECRET_KEY", "", "Set SECRET_KEY in the environment"),
    ],
)
def test_a_setting_with_which_no_site_starts_is_said_in_a_sentence(tmp_path, name, value, said):
    """`voice doctor` ended with a page of where the code had found it."""
    environment = os.environ | WHOLE | {"VAR_DIR": str(tmp_path), name: value}
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "doctor"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 1 and done.stderr.startswith(f"The site does not start: {said}")
    assert "Traceback" not in done.stderr and "secret" not in done.stderr


def test_an_environment_that_is_set_stays(monkeypatch):
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "cms.settings.production")
    manage.choose_settings(["backup"])
    assert os.environ["DJANGO_SETTINGS_MODULE"] == "cms.settings.production"
