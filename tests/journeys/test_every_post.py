"""Odd values in every form that the demo shows, to each of its staff and to nobody in particular: no error of the server."""

import json
import shutil
import subprocess
import sys

import pytest

from tests.journeys.conftest import ROOT, environment

pytestmark = [pytest.mark.journey, pytest.mark.slow]  # it needs the demo, and no browser
EXAMPLES = 6  # a form; each is another draw for every field
# At least so many addresses are posted to, and this one is among them.
WHO = {
    "nobody": (10, "/en/receipt/"),
    "officer1": (90, "/staff/closing/"),
    "reader1": (33, "/staff/reading/away/"),
    "lead1": (28, "/staff/safeguarding/rota/"),
    "planner": (15, "/insights/decisions/record/"),
    "partner": (4, "/insights/saved/keep/"),
    "administrator1": (17, "/staff/people/new/"),
    "auditor": (3, "/staff/notifications/"),
}


@pytest.mark.parametrize("who", WHO)
def test_no_odd_value_in_a_form_makes_a_page_fall_over(built_demo, tmp_path, who):
    folder = tmp_path / "var"
    shutil.copytree(built_demo, folder)
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.posted_forms", who, str(EXAMPLES)],
        cwd=ROOT,
        env=environment(folder),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert "\n".join(found["errors"]) == ""
    least, one = WHO[who]
    assert len(found["forms"]) >= least and one in found["forms"], found["forms"]
