"""All that uses the database once more, on a real PostgreSQL made by the real migrations."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import postgres
from tests.machine import take_your_time

ROOT = Path(__file__).resolve().parents[2]
ARGUMENTS = [
    "-q",
    "--migrations",
    "-p",
    "no:cacheprovider",
    "-m",
    "database and not journey and not postgres and not nu",
    "--reruns=1",  # as ./dev test has it
    "--ignore=tests/house/test_roles.py",  # who may do what, and which headers leave, no database decides
    "--ignore=tests/house/test_respondent_headers.py",
    "--ignore=tests/cms/demo",  # SQLite's by definition, and slow in one transaction that PostgreSQL has no statistics of
]


@pytest.mark.postgres
@pytest.mark.slow
@pytest.mark.flaky(reruns=0)  # what failed within it was tried again within it
def test_all_that_uses_the_database_passes_on_postgresql_with_real_migrations():
    take_your_time()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "VAR_DIR"))}
    with postgres.throwaway() as url:
        try:
            done = subprocess.run(
                [sys.executable, "-m", "pytest", *ARGUMENTS],
                cwd=ROOT,
                env=environment | {"DATABASE_URL": url},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                timeout=3000,
            )
        except subprocess.TimeoutExpired as late:
            pytest.fail(f"It was not done within 50 minutes:\n{(late.output or b'').decode()[-20000:]}", pytrace=False)
    assert done.returncode == 0, done.stdout[-20000:]
    assert " passed" in done.stdout.splitlines()[-1]
