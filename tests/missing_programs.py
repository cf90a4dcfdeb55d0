"""A pytest plugin that leaves out tests whose programs this machine lacks, and says how to get them.

With CI set, a test that would be left out fails. Only the right to mount, which no package gives, is not asked for: what
is not proved without it is named at the end of the run.
"""

import faulthandler
import functools
import gc
import os
import shutil
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

import hypothesis
import pytest

from tests import brokers, helm, pgbouncer, postgres

# How long one example takes says how busy the machine is.
hypothesis.settings.register_profile("any machine", deadline=None)
hypothesis.settings.load_profile("any machine")

# The one without windows first: it takes half the time over each page.
CHROMIUM = next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))), None)
SBIN = f"{os.environ.get('PATH', '')}:/usr/sbin"
SERVER_PROGRAMS = {
    name: shutil.which(name, path=SBIN)
    for name in ("nginx", "systemd-analyze", "logrotate", "pgbouncer", "docker-compose", "ip", "systemd-nspawn")
}
FORBIDDEN = "this machine forbids mounts: run it as root of a machine, not of a container"
# marker: (is it there, what it is, what is not proved without it, how to get it)
NEEDS = {
    "journey": (CHROMIUM, "a browser", "that pages work in one", "apt-get install chromium-headless-shell"),
    "postgres": (
        postgres.binaries(),
        f"PostgreSQL {postgres.OLDEST} or later",
        "that all of it holds on that database",
        "apt-get install postgresql",
    ),
    "valkey": (
        brokers.VALKEY,
        "Valkey",
        "that the sweeps run on Celery",
        "apt-get install valkey-server, or redis-server before Debian 13",
    ),
    "rabbitmq": (
        brokers.RABBITMQ,
        "RabbitMQ",
        "that the sweeps run on Celery with it, too",
        "apt-get install rabbitmq-server",
    ),
    "prometheus": (
        shutil.which("promtool"),
        "Prometheus",
        "that it takes our rules and figures",
        "apt-get install prometheus",
    ),
    "pgbouncer": (
        pgbouncer.PROGRAM,
        "PgBouncer",
        "that the site works behind it",
        "apt-get install pgbouncer",
    ),
    "pgbackrest": (
        shutil.which("pgbackrest"),
        "pgBackRest",
        "that the database goes back to a point in time",
        "apt-get install pgbackrest",
    ),
    "image": (
        shutil.which("buildah") and shutil.which("mmdebstrap"),
        "buildah or mmdebstrap",
        "that the image can be built",
        "apt-get install buildah netavark mmdebstrap",
    ),
    "helm": (
        helm.PROGRAM,
        "Helm",
        "that the chart has no fault",
        "python -m tests.helm",
    ),
    "nu": (
        shutil.which("java"),
        "Java",
        "that the Nu HTML checker finds no fault",
        "apt-get install default-jre-headless",
    ),
    "mounts": (
        shutil.which("unshare") and shutil.which("mkfs.ext4", path=f"{SBIN}:/sbin"),
        "unshare or mkfs.ext4",
        "what happens on a disk of its own",
        "apt-get install util-linux e2fsprogs",
    ),
    "server": (
        all(SERVER_PROGRAMS.values()),
        ", ".join(name for name, path in SERVER_PROGRAMS.items() if not path) or "a program of a server",
        "that the files of deploy_files are what these programs read",
        "apt-get install nginx-light systemd logrotate pgbouncer docker-compose iproute2 systemd-container",
    ),
}


@functools.cache
def explain_no_mounts():
    """Why no file can be mounted as a disk, in namespaces of its own; empty where it can. Root of a machine may, but not of
    most containers, and no package gives the right."""
    if os.geteuid():
        return "not root"
    with tempfile.TemporaryDirectory() as folder:
        disk = Path(folder, "disk")
        disk.write_bytes(bytes(2**20))
        tried = f"mkfs.ext4 -q -F {disk} && mount -o loop {disk} /mnt"
        done = subprocess.run(
            ["unshare", "--mount", "--net", "--pid", "--fork", "sh", "-c", tried],
            capture_output=True,
            text=True,
            env=os.environ | {"PATH": f"{SBIN}:/sbin"},
        )
    return "" if done.returncode == 0 else (done.stderr.strip().splitlines() or ["no reason told"])[-1]


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items):
    """Mark what uses the tests' own database: only that can turn out otherwise on another one. And mark what asks it the
    same once more, with other parameters: see tests/house/test_postgresql.py. Begin with what takes as long as a good
    part of the rest, then with what takes long and needs no such database, as a walk through the demo: no process waits
    for it at the end."""
    asked = set()
    for item in items:
        if item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(item.fixturenames):
            item.add_marker("database")
        test = item.nodeid.partition("[")[0]
        if test in asked and not item.get_closest_marker("each_on_postgresql"):
            item.add_marker("again")
        asked.add(test)
    yield
    items.sort(key=_turn)


def _turn(item):
    if item.get_closest_marker("longest"):
        return 0
    takes_long = item.get_closest_marker("slow") or item.get_closest_marker("journey")
    return 1 if takes_long and not item.get_closest_marker("database") else 2


@pytest.hookimpl(trylast=True)
def pytest_collection_finish():
    """Freeze collected objects: garbage collection over them took a twentieth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def take_your_time():
    """Lift the time limit of a test that lasts longer than any other; its processes have limits of their own."""
    faulthandler.cancel_dump_traceback_later()


def lacking(item):
    return [marker for marker, (there, *_) in NEEDS.items() if not there and item.get_closest_marker(marker)]


def pytest_runtest_setup(item):
    for marker in lacking(item):
        _, what, unproved, how = NEEDS[marker]
        reason = f"{what} is not here, so it is not proved {unproved}: {how}"
        if os.environ.get("CI"):
            pytest.fail(f"CI leaves nothing out. {reason[0].upper()}{reason[1:]}", pytrace=False)
        pytest.skip(reason)
    if item.get_closest_marker("mounts") and (why := explain_no_mounts()):
        pytest.skip(f"{FORBIDDEN} ({why})")


def pytest_terminal_summary(terminalreporter):
    """Print the tests that were left out, and how to get their programs, before pytest's closing line. Those that this
    machine forbids come last, each by its name."""
    left_out = [
        (report.longrepr[2].removeprefix("Skipped: "), report.nodeid)
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple)
    ]
    for reason, count in sorted(Counter(reason for reason, _ in left_out).items()):
        terminalreporter.write_line(f"Left out: {count} test{'s' * (count > 1)}. {reason[0].upper()}{reason[1:]}")
    if forbidden := sorted(test for reason, test in left_out if reason.startswith(FORBIDDEN)):
        terminalreporter.section("NOT PROVED: what only root of a whole machine can run", yellow=True, bold=True)
        for test in forbidden:
            terminalreporter.write_line(test)
