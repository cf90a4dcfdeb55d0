"""`./dev bench reports [--people N] [--json]`: a release of many answers and the planners' pages of it, beside the
same counts by GROUP BY and by DuckDB."""

import argparse
import json
import sys

from cms.settings.throwaway import build_throwaway_environment
from tests import postgres
from tests.benchmarks.answering import KEYS
from tests.production_site import VENDORS, scratch_site


def measure(vendor, people):
    keys = {name: value for name, value in build_throwaway_environment().items() if name in KEYS}
    with scratch_site(vendor, keys) as site:
        site.build()
        # Pages are asked for in-process and signed in, so this is the page without a second factor before it.
        return json.loads(
            site.python("-m", "tests.benchmarks.large_consultation", people, settings="tests.benchmarks.signed_in")
        )


def main(arguments=None):
    parser = argparse.ArgumentParser(description="What a release and its pages cost.")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--only", choices=VENDORS, help="one database alone")
    options = parser.parse_args(arguments)
    vendors = [options.only] if options.only else list(VENDORS)
    if "postgres" in vendors and not postgres.binaries():
        print("PostgreSQL is not here, so it is left out: apt-get install postgresql", file=sys.stderr)
        vendors.remove("postgres")
    report = {vendor: measure(vendor, options.people) for vendor in vendors}
    report["group_by_ms"] = {vendor: report[vendor].pop("group_by_ms") for vendor in vendors}
    times = [found for vendor in vendors if (found := report[vendor].pop("duckdb_ms")) is not None]
    report["duckdb_ms"] = min(times, default=None)
    if not times:
        print("DuckDB is not installed, so nothing is compared with it: pip install duckdb", file=sys.stderr)
    print(json.dumps(report, indent=None if options.json else 1))


if __name__ == "__main__":
    main()
