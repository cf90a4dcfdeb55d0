"""The sweep of equality answers is killed again and again: nothing is lost, nothing is written twice."""

import json
import random
import subprocess
import sys
import time
from collections import Counter

import pytest

from tests.house.equality_survey import LEFT, PEOPLE, SWEEP, given
from tests.production_site import ROOT, VENDORS, keys, looking, scratch_site

KILLS = 3
COUNTS = """
SELECT (SELECT count(*) FROM consultation_equalityrow)
|| ' ' || (SELECT count(*) FROM consultation_response WHERE apart IS NOT NULL)
|| ' ' || (SELECT count(*) FROM consultation_invitationcode WHERE used)
"""


def sweep_and_kill(site, batches, seconds):
    """Start the sweep, let it write some batches, and kill it a moment later. Returns whether it was still at work."""
    running = subprocess.Popen(
        [sys.executable, "manage.py", "shell", "-v0", "-c", SWEEP],
        cwd=ROOT,
        env=site.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert running.stdout.readline().strip() == "begin"
    for _ in range(batches):
        running.stdout.readline()
    time.sleep(seconds)
    working = running.poll() is None
    running.kill()
    running.communicate()
    return working


def counts(site):
    """Equality rows, waiting people and used codes, in one query from outside, since the killed process may still be
    ending."""
    with looking(site) as ask:
        return map(int, ask(COUNTS).split())


def left(site):
    return json.loads(site.manage("shell", "-v0", "-c", LEFT))


@pytest.mark.slow
@pytest.mark.parametrize("vendor", [VENDORS[0], pytest.param(VENDORS[1], marks=pytest.mark.postgres)])
def test_every_row_and_every_code_is_there_once_after_kills(vendor):
    seed = random.SystemRandom().randrange(10**6)
    chance, halfway = random.Random(seed), []
    with scratch_site(vendor, keys()) as site:
        site.make_tables()
        site.python("-m", "tests.house.equality_survey")
        for _ in range(KILLS):
            working = sweep_and_kill(site, chance.randint(0, 3), chance.uniform(0, 0.02))
            rows, waiting, used = counts(site)
            assert rows + waiting == PEOPLE, f"each is in one place (seed {seed})"
            assert used == rows, f"a code is marked with its row or not at all (seed {seed})"
            halfway.append(working and 0 < waiting < PEOPLE)
        while "\n0" not in site.manage("shell", "-v0", "-c", SWEEP):
            pass
        end = left(site)
    assert Counter(end["rows"]) == Counter(given()), f"seed {seed}"
    assert (end["waiting"], end["used"], end["held"], end["people"]) == (0, PEOPLE, 0, PEOPLE), f"seed {seed}"
    assert any(halfway), "a kill met a sweep that was on its way"
