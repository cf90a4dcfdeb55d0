"""`./dev bench search [--texts N] [--json]`: search in 100,000 cleared answers, on both databases."""

import argparse
import json
import sys

from cms.settings.throwaway import build_throwaway_environment
from tests import postgres
from tests.benchmarks.answering import KEYS
from tests.production_site import VENDORS, scratch_site


def measure(vendor, texts):
    keys = {name: value for name, value in build_throwaway_environment().items() if name in KEYS}
    with scratch_site(vendor, keys) as site:
        site.build()
        return json.loads(
            site.python("-m", "tests.benchmarks.text_searches", texts, settings="tests.benchmarks.signed_in")
        )


def main(arguments=None):
    parser = argparse.ArgumentParser(description="How long it takes to find words in a great many answers.")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--texts", type=int, default=100_000)
    parser.add_argument("--only", choices=VENDORS, help="one database alone")
    options = parser.parse_args(arguments)
    vendors = [options.only] if options.only else list(VENDORS)
    if "postgres" in vendors and not postgres.binaries():
        print("PostgreSQL is not here, so it is left out: apt-get install postgresql", file=sys.stderr)
        vendors.remove("postgres")
    report = {vendor: measure(vendor, options.texts) for vendor in vendors}
    print(json.dumps(report, indent=None if options.json else 1))


if __name__ == "__main__":
    main()
