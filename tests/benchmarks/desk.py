"""`./dev bench desk [--waiting N] [--json]`: what the reading desk adds to an answer, with thousands waiting.

The time of a reader is theirs. What is measured is what the desk takes of it: from the press that decides to the next
answer's page, and from a press that marks to the new preview. The budget is 300 ms.
"""

import argparse
import json
import sys

from cms.settings.throwaway import environment
from tests import postgres
from tests.benchmarks.answering import KEYS
from tests.served import VENDORS, scratch_site


def measure(vendor, waiting):
    keys = {name: value for name, value in environment().items() if name in KEYS}
    with scratch_site(vendor, keys) as site:
        site.build()
        return json.loads(
            site.python("-m", "tests.benchmarks.at_the_desk", waiting, settings="tests.benchmarks.signed_in")
        )


def main(arguments=None):
    parser = argparse.ArgumentParser(description="What the reading desk adds to an answer.")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--waiting", type=int, default=2_000)
    parser.add_argument("--only", choices=VENDORS, help="one database alone")
    options = parser.parse_args(arguments)
    vendors = [options.only] if options.only else list(VENDORS)
    if "postgres" in vendors and not postgres.binaries():
        print("PostgreSQL is not here, so it is left out: apt-get install postgresql", file=sys.stderr)
        vendors.remove("postgres")
    report = {vendor: measure(vendor, options.waiting) for vendor in vendors}
    print(json.dumps(report, indent=None if options.json else 1))


if __name__ == "__main__":
    main()
