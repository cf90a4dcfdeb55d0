"""`./dev bench endurance [--minutes N] [--json]`: memory, files and connections of web and worker processes, at the
beginning and the end of 30 minutes in which people answer and staff open pages. PostgreSQL. It fails when any grew."""

import argparse
import itertools
import json
import os
import statistics
import sys
import threading
import time

import psycopg

from cms.settings.throwaway import build_throwaway_environment
from tests import postgres
from tests.benchmarks.accounting import processes_below
from tests.benchmarks.answering import KEYS
from tests.benchmarks.load import Connection, Failed, Journey, travel
from tests.house.small_survey import PATH
from tests.production_site import scratch_site

SETTINGS = "tests.benchmarks.signed_in"
PAUSE_SECONDS, SAMPLE_SECONDS = 1.0, 10
WARM_UP = 0.2  # share of the time in which caches and pools fill
RESPONDENTS = 4
PAGES = {
    "moderator": ["/staff/reading/", "/staff/"],
    "planner": ["/insights/", "/insights/board/", "/insights/search/?q=lights", "/insights/strategy/"],
    "safeguarding_lead": ["/staff/safeguarding/", "/staff/running/"],
}
SIGN_IN = """
import json
from django.conf import settings
from django.test import Client
from cms.accounts.roles import sync_roles
from tests.benchmarks.large_consultation import member
sync_roles()
cookies = {}
for role in %r:
    client = Client()
    client.force_login(member(role, role), backend="django.contrib.auth.backends.ModelBackend")
    cookies[role] = client.cookies[settings.SESSION_COOKIE_NAME].OutputString().partition(";")[0]
print(json.dumps(cookies))
"""


class Crowd:
    """Respondents and staff, each with a second between two pages, until they are stopped."""

    def __init__(self, address, cookies):
        self.address, self.stopped, self.pages, self.errors = address, threading.Event(), 0, []
        self.threads = [threading.Thread(target=self._answer, args=(number,)) for number in range(RESPONDENTS)]
        self.threads += [threading.Thread(target=self._look, args=(role, cookies[role])) for role in PAGES]

    def start(self):
        for thread in self.threads:
            thread.start()

    def stop(self):
        self.stopped.set()
        for thread in self.threads:
            thread.join()

    def _answer(self, respondent):
        connection = Connection(self.address)
        for number in itertools.count():
            text = f"a=1&b=More+lights+by+the+gate%2C+please%2C+says+{respondent}+for+the+{number}th+time."
            self._try(lambda text=text: travel(Journey("survey", "", PATH.format("en"), text), connection))
            if self.stopped.wait(PAUSE_SECONDS):
                break
        connection.close()

    def _look(self, role, cookie):
        connection = Connection(self.address)
        for path in itertools.cycle(PAGES[role]):
            self._try(lambda path=path: self._open(connection, path, cookie))
            if self.stopped.wait(PAUSE_SECONDS):
                break
        connection.close()

    def _open(self, connection, path, cookie):
        status, _, _ = connection.request("GET", path, cookie=cookie.encode())
        if status not in (200, 302):
            raise Failed(f"{path} gives {status}")

    def _try(self, page):
        try:
            page()
            self.pages += 1
        except (Failed, OSError) as error:
            self.errors.append(str(error))


def sample(roots, url):
    """{what: number} of now: MiB, open files and threads of each process tree, and connections to the database."""
    found = {}
    for name, root in roots.items():
        below = processes_below(root)
        found[f"{name}_mib"] = sum(_private_mib(pid) for pid in below)
        found[f"{name}_files"] = sum(_count(f"/proc/{pid}/fd") for pid in below)
        found[f"{name}_threads"] = sum(_count(f"/proc/{pid}/task") for pid in below)
    with psycopg.connect(url) as connection:
        mine = (
            "SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        found["connections"] = connection.execute(mine).fetchone()[0]
    return found


def _private_mib(pid):
    """What it has written itself. Libraries that others have mapped, too, count for it once these end."""
    try:
        with open(f"/proc/{pid}/smaps_rollup") as file:
            return sum(int(line.split()[1]) for line in file if line.startswith("Private_Dirty:")) / 1024
    except OSError:  # it has ended
        return 0


def _count(folder):
    try:
        return len(os.listdir(folder))
    except OSError:
        return 0


def measure(minutes):
    keys = {name: value for name, value in build_throwaway_environment().items() if name in KEYS}
    with scratch_site("postgres", keys) as site:
        site.build()
        site.python("-m", "tests.house.small_survey", settings=SETTINGS)
        cookies = json.loads(
            site.python("-c", f"import django; django.setup(){SIGN_IN % list(PAGES)}", settings=SETTINGS)
        )
        web, address = site.serve(settings=SETTINGS)
        roots = {"web": web.pid, "worker": site.work().pid}
        crowd, samples, ends = Crowd(address, cookies), [], time.monotonic() + minutes * 60
        crowd.start()
        while time.monotonic() < ends:
            time.sleep(SAMPLE_SECONDS)
            samples.append(sample(roots, site.database_url))
        crowd.stop()
    return {"minutes": minutes, "pages": crowd.pages, "errors": crowd.errors[:5], **grown(samples)}


def grown(samples):
    """{what: [median of the first fifth after the warm-up, median of the last fifth]}."""
    fifth = max(1, len(samples) // 5)
    warm = samples[int(len(samples) * WARM_UP) :]
    parts = warm[:fifth], warm[-fifth:]
    return {what: [round(statistics.median(one[what] for one in part), 1) for part in parts] for what in samples[0]}


def list_growth(report):
    """What grew by more than a twentieth and two: what people left unread stays in memory, 200 bytes each."""
    pairs = {what: pair for what, pair in report.items() if isinstance(pair, list) and what != "errors"}
    return [f"{what}: {first} -> {last}" for what, (first, last) in pairs.items() if last > first * 1.05 + 2]


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Whether memory, files or connections grow under mixed load.")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--minutes", type=float, default=30)
    options = parser.parse_args(arguments)
    if not postgres.binaries():
        sys.exit("PostgreSQL is not here: apt-get install postgresql")
    report = measure(options.minutes)
    print(json.dumps(report, indent=None if options.json else 1))
    if wrong := [*list_growth(report), *report["errors"]]:
        sys.exit("; ".join(wrong))


if __name__ == "__main__":
    main()
