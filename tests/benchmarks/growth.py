"""`./dev bench growth [--responses N ...] [--json]`: what people wait for on a PostgreSQL that holds so many responses
of other consultations, and how large it is. Without numbers: none, a million, ten million."""

import argparse
import json
import sys
import time

from cms.settings.throwaway import build_throwaway_environment
from tests import postgres
from tests.benchmarks.answering import KEYS
from tests.production_site import scratch_site

SETTINGS = "tests.benchmarks.signed_in"
OTHERS, SEED = "tests.benchmarks.other_responses", 10_000  # people whose rows the database multiplies
MEASURED = {
    "sends": ("tests.benchmarks.settling_sends", 20_000),
    "desk": ("tests.benchmarks.reading_desk_pages", 2_000),
    "reports": ("tests.benchmarks.large_consultation", 100_000),
    "search": ("tests.benchmarks.text_searches", 100_000),
    "tracing": ("tests.benchmarks.trace_visits", 1_000),
}


def measure(others, share=1):
    """`share` of what is measured, for a test."""
    keys = {name: value for name, value in build_throwaway_environment().items() if name in KEYS}
    report = {}
    with scratch_site("postgres", keys) as site:
        site.build()
        began = time.monotonic()
        report["filled"] = json.loads(site.python("-m", OTHERS, others, settings=SETTINGS)) if others else {}
        report["fill_seconds"] = round(time.monotonic() - began)
        for name, (module, number) in MEASURED.items():
            report[name] = json.loads(site.python("-m", module, int(number * share), settings=SETTINGS))
            print(others, name, json.dumps(report[name]), file=sys.stderr, flush=True)
    return report


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Waits beside many responses of other consultations.")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--responses", type=int, nargs="+", default=[0, 1_000_000, 10_000_000])
    options = parser.parse_args(arguments)
    if not postgres.binaries():
        sys.exit("PostgreSQL is not here: apt-get install postgresql")
    report = {others: measure(others) for others in options.responses}
    print(json.dumps(report, indent=None if options.json else 1))


if __name__ == "__main__":
    main()
