"""Agencies that were texts become entries of the list, and whoever did not see a case before does not see it after."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests import postgres


@pytest.mark.postgres
@pytest.mark.slow
def test_every_text_is_kept_and_hides_what_it_hid(tmp_path):
    """On PostgreSQL, which changes no table while rows wait to be checked."""
    with postgres.throwaway() as url:
        done = subprocess.run(
            [sys.executable, "manage.py", "shell", "-v0"], cwd=settings.BASE_DIR, capture_output=True, text=True,
            env=os.environ | {"DATABASE_URL": url, "VAR_DIR": str(tmp_path)},
            input=Path(__file__).with_name("texts_become_a_list.py").read_text(),
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.partition("FOUND")[2])
    name, status, others = found["agencies"]["youthtrust"]
    assert {name, *others} == {"Youth Trust", "youth-trust", "YOUTH TRUST", "Youth.Trust"} and status == "listed"
    assert found["agencies"]["sportsclub"] == ["Sports Club", "secret", []], "administrators do not learn of it"
    assert found["people"] == ["youthtrust", "youthtrust", "citycouncil", None, None, "kiteschool"]
    assert found["agreements"] == ["youthtrust"]
    assert found["told"] == ["ceop", "frontdoormash", "lado", "nrm"]
    assert found["cases"] == ["youthtrust", "sportsclub", "kiteschool", None], "hidden from their own people"
