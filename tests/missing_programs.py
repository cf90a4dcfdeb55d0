"""A pytest plugin that leaves out tests whose programs this machine lacks, and says how to get them.

With CI set, a test that would be left out fails.
"""

import faulthandler
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
    "server": (
        all(SERVER_PROGRAMS.values()),
        ", ".join(name for name, path in SERVER_PROGRAMS.items() if not path) or "a program of a server",
        "that the files of deploy_files are what these programs read",
        "apt-get install nginx-light systemd logrotate pgbouncer docker-compose iproute2 systemd-container",
    ),
}


def may_mount():
    """Whether a file can be mounted as a disk, in namespaces of its own: root may, but not in most containers."""
    if os.geteuid() or not shutil.which("unshare"):
        return False
    with tempfile.TemporaryDirectory() as folder:
        disk = Path(folder, "disk")
        disk.write_bytes(bytes(2**20))
        tried = f"mkfs.ext4 -q -F {disk} && mount -o loop {disk} /mnt"
        return not subprocess.run(
            ["unshare", "--mount", "--net", "--pid", "--fork", "sh", "-c", tried],
            capture_output=True,
            env=os.environ | {"PATH": f"{SBIN}:/sbin"},
        ).returncode


needs_mounts = pytest.mark.skipif(
    not may_mount(),
    reason="nobody may mount a disk here, so it is not proved what happens on one of its own: run as root of a machine",
)


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


def pytest_terminal_summary(terminalreporter):
    """Print the tests that were left out, and how to get their programs, before pytest's closing line."""
    reasons = Counter(
        report.longrepr[2].removeprefix("Skipped: ")
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple)
    )
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"Left out: {count} test{'s' * (count > 1)}. {reason[0].upper()}{reason[1:]}")
