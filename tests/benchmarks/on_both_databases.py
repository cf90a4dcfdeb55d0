"""Runs one benchmark module on a site of its own, once on each database."""

import argparse
import json
import sys

from cms.settings.throwaway import build_throwaway_environment
from tests import postgres
from tests.benchmarks.answering import KEYS
from tests.production_site import VENDORS, scratch_site


def _measure(module, vendor, number):
    keys = {name: value for name, value in build_throwaway_environment().items() if name in KEYS}
    with scratch_site(vendor, keys) as site:
        site.build()
        # Pages are asked for in-process and signed in, so this is the page without a second factor before it.
        return json.loads(site.python("-m", module, number, settings="tests.benchmarks.signed_in"))


def main(about, module, counted, number, arguments=None, finish=dict):
    """`module` prints JSON for so many of what is `counted`: the name of the option, and `number` its default. `finish`:
    what becomes of {vendor: what it printed}."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--json", action="store_true")
    parser.add_argument(f"--{counted}", dest="number", type=int, default=number)
    parser.add_argument("--only", choices=VENDORS, help="one database alone")
    options = parser.parse_args(arguments)
    vendors = [options.only] if options.only else list(VENDORS)
    if "postgres" in vendors and not postgres.binaries():
        print("PostgreSQL is not here, so it is left out: apt-get install postgresql", file=sys.stderr)
        vendors.remove("postgres")
    report = finish({vendor: _measure(module, vendor, options.number) for vendor in vendors})
    print(json.dumps(report, indent=None if options.json else 1))
