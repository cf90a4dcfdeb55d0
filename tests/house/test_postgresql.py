"""Runs all tests that use the database once more, on a real PostgreSQL made by the real migrations.

Left out are modules and tests marked `any_database`, since no database decides their assertions (words, markup, paper,
permissions) and others send it the same kinds of statement; and all but the first parameters of a test, unless it is
marked `each_on_postgresql` because its parameters reach the database.

Not marked, whatever its page: a test whose statements lock, group, rank, search, compare text or days, read JSON, run
into a constraint or trigger, or bring what a database may refuse, as numbers without end.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import postgres
from tests.missing_programs import take_your_time
from tests.production_site import Site, keys

ROOT = Path(__file__).resolve().parents[2]
ARGUMENTS = [
    "-q",
    "--tb=short",
    "--disable-warnings",
    "--migrations",
    "--reuse-db",  # made below by the migrations, which the other tests with a PostgreSQL of their own take a copy of
    "-o",
    "cache_dir=.pytest_cache/on_postgresql",
    *(["--last-failed"] if os.environ.get("FAILED_ONCE") else []),  # ./dev tries again what failed, and here no more
    "-m",
    "database and not any_database and not again and not journey and not postgres and not nu",
    "--ignore=tests/journeys",  # to collect them takes seconds, and none is run
    "--ignore=tests/gallery",
    "--ignore=tests/cms/demo",  # SQLite's by definition, and slow in one transaction that PostgreSQL has no statistics of
]


@pytest.mark.postgres
@pytest.mark.slow
@pytest.mark.longest
def test_all_that_uses_the_database_passes_on_postgresql_with_real_migrations(tmp_path):
    take_your_time()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "VAR_DIR"))}
    with postgres.throwaway() as url:
        postgres.create("test_postgres", url)
        Site(tmp_path, url.removesuffix("postgres") + "test_postgres", keys()).make_tables()
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
    if done.returncode:
        pytest.fail(what_failed(done.stdout), pytrace=False)
    assert " passed" in done.stdout.splitlines()[-1]


def what_failed(output):
    """Failures and pytest's summary, without the progress dots."""
    heading = re.search(r"^=+ (ERRORS|FAILURES) =+$", output, re.MULTILINE)
    return output[heading.start() if heading else 0 :][-20000:]


def test_what_failed_is_told_without_what_passed():
    told = what_failed(
        f"{'.' * 30000}\n=== FAILURES ===\n___ test_a ___\nE  no\n=== short test summary info ===\nFAILED a"
    )
    assert told.splitlines()[0] == "=== FAILURES ===" and told.endswith("FAILED a")
    assert what_failed("ImportError: nothing was collected") == "ImportError: nothing was collected"
