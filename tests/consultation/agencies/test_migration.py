"""Agencies that were texts become entries of the list, and whoever did not see a case before does not see it after."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests import postgres

HERE = Path(__file__).parent


@pytest.fixture
def manage(tmp_path):
    """manage("migrate", ...): a command on a scratch database: PostgreSQL, which changes no table while rows wait to be
    checked."""
    with postgres.throwaway() as url:
        more = {"DATABASE_URL": url, "VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "cms.settings.test"}
        environment = {name: value for name, value in os.environ.items() if name != "NO_MIGRATIONS"} | more

        def run(*command, script=None):
            told = subprocess.run(
                [sys.executable, "manage.py", *command, "-v0"], cwd=settings.BASE_DIR, env=environment,
                input=script and (HERE / script).read_text(), capture_output=True, text=True, check=False,
            )  # fmt: skip
            assert told.returncode == 0, told.stderr
            return told.stdout

        yield run


@pytest.mark.postgres
@pytest.mark.slow
def test_every_text_is_kept_and_hides_what_it_hid(manage):
    manage("migrate", "consultation", "0016")
    manage("migrate", "cms", "0006")
    manage("shell", script="texts_before_the_list.py")
    manage("migrate")
    lines = manage("shell", script="list_after_migration.py").splitlines()
    found = json.loads(next(line for line in lines if line.startswith("FOUND")).removeprefix("FOUND"))
    name, status, others = found["agencies"]["youthtrust"]
    assert {name, *others} == {"Youth Trust", "youth-trust", "YOUTH TRUST", "Youth.Trust"} and status == "listed"
    assert found["agencies"]["sportsclub"] == ["Sports Club", "secret", []], "administrators do not learn of it"
    assert found["people"] == ["youthtrust", "youthtrust", "citycouncil", None, None, "kiteschool"]
    assert found["agreements"] == ["youthtrust"]
    assert found["told"] == ["ceop", "frontdoormash", "lado", "nrm"]
    assert found["hidden"] == [["youthtrust"], ["youthtrust"], []]
