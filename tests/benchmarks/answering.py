"""`./dev bench answering [--json]`: the cost of one complete response of ten questions, beside other servers.

Our survey, a Wagtail FormPage with the same ten questions and a bare Django view that stores one row take turns, round
by round, on one database, under the same gunicorn, with production's settings. Ratios compare CPU time of the web
processes and the database together: above 1, ours is the cheaper.
"""

import argparse
import json
import os
import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlencode, urlsplit

from cms.settings.throwaway import build_throwaway_environment
from tests import postgres
from tests.benchmarks import browser
from tests.benchmarks.accounting import tree_cpu
from tests.benchmarks.load import Journey, Measured, drive
from tests.benchmarks.peers.questions import QUESTIONS
from tests.production_site import scratch_site

CLIENTS = (1, 8, 32)
PEERS = "tests.benchmarks.peers.settings"
SURVEY = "/en/have-your-say/ten/answer/"
DEMO = "/en/have-your-say/safe-in-bradford/answer/"
KEYS = ("SECRET_KEY", "ANSWER_SEAL_KEY", "ANSWER_OPEN_KEYS", "RECORD_KEY_SECRET")
# Budgets. Those of time are for PostgreSQL, on a machine with nothing else to do.
MOST = {"server_cpu_ms": 3, "bytes_per_response": 400}
MOST_P95_AT_8, LEAST_RATIO = 50, 10
MOST_OF_A_VISIT = {"bytes": 25 * 1024, "requests": 4, "cookies": 0, "other_hosts": 0}


def our_answers():
    """By the short keys of a published version: the second choice, and the third too where many may be chosen."""
    return urlencode([(str(n), key) for n, (_, many, _) in enumerate(QUESTIONS, 1) for key in ("23" if many else "2")])


def form_answers():
    """By the names and the words of the choices, as a FormPage and the bare view want them."""
    return urlencode(
        [
            (f"q{n}", choice)
            for n, (_, many, choices) in enumerate(QUESTIONS)
            for choice in choices[1 : 3 if many else 2]
        ]
    )


JOURNEYS = [
    Journey("survey", "", SURVEY, our_answers()),
    Journey("formpage", "", "/form/", form_answers()),
    Journey("bare", "", "/bare/", form_answers()),
]


def roots_of(site, process):
    """{name: pid}: the process trees that work for one server."""
    roots = {"web": process.pid}
    if site.database_url.startswith("postgres"):
        folder = Path(unquote(urlsplit(site.database_url).netloc.partition("@")[2]))
        roots["database"] = int((folder / "data" / "postmaster.pid").read_text().split()[0])
    return roots


def one_round(journey, roots, clients, count, seconds):
    before = {name: tree_cpu(pid) for name, pid in roots.items()}
    done = drive(journey, clients=clients, count=count, seconds=seconds)
    return *done, {name: tree_cpu(pid) - before[name] for name, pid in roots.items()}


def interleave(site, journeys, options):
    """{(journey's name, clients): Measured}"""
    results = {}
    for journey, _ in journeys:
        drive(journey, clients=8, count=60, seconds=10)  # each process and thread has its caches and connections
    for clients in CLIENTS:
        for _ in range(options.rounds):
            for journey, roots in journeys:
                measured = results.setdefault((journey.name, clients), Measured())
                measured.add(*one_round(journey, roots, clients, options.count, options.seconds))
    failed = [error for measured in results.values() for error in measured.errors]
    if failed:
        sys.exit(f"{len(failed)} journeys failed; the first: {failed[0]}")
    return results


def summary(results):
    ours, form, bare = (results[name, 8] for name in ("survey", "formpage", "bare"))
    every = Measured()
    for clients in CLIENTS:
        part = results["survey", clients]
        every.add(part.laps, [], part.seconds, part.cpu)
    return {
        "ratio_formpage": round(form.cpu_ms() / ours.cpu_ms(), 1),
        "ratio_bare": round(bare.cpu_ms() / ours.cpu_ms(), 2),
        "server_cpu_ms": round(every.cpu_ms(), 2),
        "web_cpu_ms": round(every.cpu_ms("web"), 2),
        "formpage_cpu_ms": round(form.cpu_ms(), 2),
        "bare_cpu_ms": round(bare.cpu_ms(), 2),
        "p50_ms": {clients: results["survey", clients].percentile(0.5) for clients in CLIENTS},
        "p95_ms": {clients: results["survey", clients].percentile(0.95) for clients in CLIENTS},
        "formpage_p95_ms": {clients: results["formpage", clients].percentile(0.95) for clients in CLIENTS},
        "per_second": {clients: round(results["survey", clients].per_second) for clients in CLIENTS},
        "responses_measured": len(every.laps),
    }


def bytes_per_response(site):
    """Of the table and all its indexes, over every response that the run left there."""
    return int(site.python("-m", "tests.benchmarks.peers.stored", settings=PEERS))


def measure(vendor, options, *, visit=False):
    keys = {name: value for name, value in build_throwaway_environment().items() if name in KEYS}
    with ExitStack() as stack:
        site = stack.enter_context(scratch_site(vendor, keys))
        site.build()
        site.python("-m", "tests.benchmarks.peers.seed", settings=PEERS)
        ours, theirs = site.serve(), site.serve(settings=PEERS)
        servers = {"survey": ours, "formpage": theirs, "bare": theirs}
        journeys = [
            (replace(journey, address=servers[journey.name][1]), roots_of(site, servers[journey.name][0]))
            for journey in JOURNEYS
        ]
        result = summary(interleave(site, journeys, options))
        result["bytes_per_response"] = bytes_per_response(site)
        first = browser.first_visit(ours[1], DEMO) if visit and browser.CHROMIUM else None
    return result, first


def parse(arguments):
    parser = argparse.ArgumentParser(description="What one complete response costs.")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--count", type=int, default=300, help="journeys of one server in one round, at most")
    parser.add_argument("--seconds", type=float, default=5, help="seconds of one server in one round, at most")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=["sqlite", "postgres"], help="one database alone")
    return parser.parse_args(arguments)


def over_budget(report):
    """What is not within its budget, in words."""
    answered, visit = report.get("postgres"), report["first_visit"] or {}
    if answered:
        yield from (f"{name} is {answered[name]}, not {most}" for name, most in MOST.items() if answered[name] > most)
        if answered["p95_ms"][8] > MOST_P95_AT_8:
            yield f"p95 at 8 clients is {answered['p95_ms'][8]} ms, not {MOST_P95_AT_8}"
        if answered["ratio_formpage"] < LEAST_RATIO:
            yield f"a FormPage costs {answered['ratio_formpage']} times as much, not {LEAST_RATIO}"
    yield from (
        f"a first visit has {visit[name]} {name}, not {most}"
        for name, most in MOST_OF_A_VISIT.items()
        if visit.get(name, 0) > most
    )


def show(report):
    for vendor in ("postgres", "sqlite"):
        for name, value in report.get(vendor, {}).items():
            print(f"{vendor:9} {name:20} {value}")
    for name, value in (report["first_visit"] or {}).items():
        print(f"{'visit':9} {name:20} {value}")


def main(arguments=None):
    options = parse(arguments)
    report = {"first_visit": None}
    vendors = [options.only] if options.only else ["sqlite", "postgres"]
    if "postgres" in vendors and not postgres.binaries():
        print("PostgreSQL is not here, so it is left out: apt-get install postgresql", file=sys.stderr)
        vendors.remove("postgres")
    for vendor in vendors:
        print(f"Measuring on {vendor} ...", file=sys.stderr)
        report[vendor], visit = measure(vendor, options, visit=vendor == vendors[0])
        report["first_visit"] = report["first_visit"] or visit
    if report["first_visit"] is None:
        print("No browser is here, so the first visit is left out: apt-get install chromium", file=sys.stderr)
    report["machine"] = {"cores": os.cpu_count(), "load": os.getloadavg()[0]}
    print(json.dumps(report, indent=1)) if options.json else show(report)
    if wrong := list(over_budget(report)):
        print(f"Over budget: {'; '.join(wrong)}.", file=sys.stderr)
        sys.exit(not options.json)  # who reads the report judges for themselves


if __name__ == "__main__":
    main()
