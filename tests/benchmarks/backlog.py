"""`./dev bench backlog [--waiting N] [--json]`: seconds in which one and two workers screen and redact N waiting answers,
and how long a cry for help waits that is sent when all of them wait. PostgreSQL: an embedded database has one worker.

Two workers need two idle cores: see `idle_cores` of the report.
"""

import argparse
import json
import os
import subprocess
import sys
import time

from cms.settings.throwaway import build_throwaway_environment
from tests import postgres
from tests.benchmarks.answering import KEYS
from tests.production_site import scratch_site

MEASURED = "tests.benchmarks.signed_in"
WORKER = [sys.executable, "-m", "tests.benchmarks.backlog_worker"]


def run_workers(site, sweep, count):
    """(seconds, [rows and CPU seconds of each]) of so many workers side by side, from when all are ready."""
    environment = site.environment_for(MEASURED)
    workers = [
        subprocess.Popen([*WORKER, sweep], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(count)
    ]
    for worker in workers:
        assert worker.stdout.readline() == "ready\n"
    started = time.perf_counter()
    for worker in workers:
        worker.stdin.write("go\n")
        worker.stdin.flush()
    each = [worker.stdout.readline().split() for worker in workers]
    seconds = time.perf_counter() - started
    for worker in workers:
        worker.communicate()
    return seconds, [{"rows": int(rows), "cpu_seconds": float(cpu)} for rows, cpu in each]


def measure(site, waiting):
    report = {"waiting": waiting, "idle_cores": round(os.cpu_count() - os.getloadavg()[0], 1)}
    for count in (1, 2):
        site.python(*WORKER[1:], "fill", waiting, settings=MEASURED)
        for sweep in ("screen", "redact"):
            seconds, each = run_workers(site, sweep, count)
            # Both may take a batch of which the first has just let go; its results are then there, and stay.
            assert sum(one["rows"] for one in each) >= waiting, each
            report[f"{sweep}_{count}"] = {"seconds": round(seconds, 1), "each": each}
    return report | {"cry": json.loads(site.python(*WORKER[1:], "cry", waiting, settings=MEASURED))}


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Screening and redaction of a backlog by one and two workers.")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--waiting", type=int, default=20_000)
    options = parser.parse_args(arguments)
    if not postgres.binaries():
        sys.exit("PostgreSQL is not here: apt-get install postgresql")
    keys = {name: value for name, value in build_throwaway_environment().items() if name in KEYS}
    with scratch_site("postgres", keys) as site:
        site.make_tables()
        print(json.dumps(measure(site, options.waiting), indent=None if options.json else 1))


if __name__ == "__main__":
    main()
