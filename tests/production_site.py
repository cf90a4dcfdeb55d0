"""The site as served in production: gunicorn and a worker as processes of their own, on a scratch database.

For tests and benchmarks of logs, files, kills and CPU, which a test client cannot show.
"""

import contextlib
import fcntl
import functools
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import psycopg

from cms.demo import empty_tables
from tests import postgres

ROOT = Path(__file__).resolve().parent.parent
VENDORS = ("sqlite", "postgres")
SETTINGS = "cms.settings.production"
KEPT = None  # the folder in which one run of the tests keeps what is built once; the tests' processes share it
NOT_OURS = ("DATABASE_URL", "VAR_DIR", "DJANGO_SETTINGS_MODULE", "NO_MIGRATIONS", "COVERAGE_PROCESS_START")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Process:
    """One process group of the site; its output goes to a file."""

    def __init__(self, command, environment, log):
        self.log = log
        with open(log, "ab") as out:
            self.running = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT, start_new_session=True
            )

    @property
    def pid(self):
        return self.running.pid

    def kill(self):
        """Kill the whole process group at once, without warning."""
        self._end(signal.SIGKILL)

    def stop(self):
        self._end(signal.SIGTERM)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)

    def _end(self, number):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, number)
        try:
            self.running.wait(timeout=25)
        except subprocess.TimeoutExpired:
            os.killpg(self.pid, signal.SIGKILL)
            self.running.wait()


@contextlib.contextmanager
def once(name):
    """Make a thing once in a run of the tests: yields (copy, part). The first caller writes `part`, which becomes the
    copy; later callers get None for `part`, after waiting for the first."""
    copy = Path(KEPT) / name
    with open(f"{copy}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        part = None if copy.exists() else Path(f"{copy}.part")
        yield copy, part
        if part:
            part.rename(copy)


@contextlib.contextmanager
def made_when_asked(make):
    """of(vendor): what the generator `make(vendor)` yields, made when first asked for. In whatever order tests come, each is
    made once."""
    with contextlib.ExitStack() as stack:
        yield functools.cache(lambda vendor: stack.enter_context(contextlib.contextmanager(make)(vendor)))


def keys():
    """The tests' keys, for a site in its own process."""
    from django.conf import settings

    return {
        "SECRET_KEY": settings.SECRET_KEY,
        "ANSWER_SEAL_KEY": settings.ANSWER_SEAL_KEY,
        "ANSWER_OPEN_KEYS": ",".join(settings.ANSWER_OPEN_KEYS),
        "RECORD_KEY_SECRET": settings.RECORD_KEY_SECRET,
    }


class Site:
    """One database, one folder of files, any number of processes on them."""

    def __init__(self, folder, database_url, keys, settings=SETTINGS):
        self.folder, self.database_url, self.keys = folder, database_url, keys
        self.environment = self.environment_for(settings)
        self.processes = []

    def environment_for(self, settings):
        """The environment of production's settings, over plain HTTP on loopback."""
        kept = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
        return kept | {
            **self.keys,
            "DATABASE_URL": self.database_url,
            "VAR_DIR": str(self.folder / "var"),
            "DJANGO_SETTINGS_MODULE": settings,
            "ALLOWED_HOSTS": "127.0.0.1",
            "SITE_URL": "http://127.0.0.1",
            "STAFF_HOST": "",
            "SSL_REDIRECT": "0",
        }

    def python(self, *arguments, settings=None):
        """Run Python with this site's environment and return its output."""
        environment = self.environment_for(settings) if settings else self.environment
        done = subprocess.run(
            [sys.executable, *map(str, arguments)],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"{arguments} failed:\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def manage(self, *arguments, settings=None):
        return self.python("manage.py", *arguments, settings=settings)

    def build(self):
        """Make the tables by the real migrations, and the static files."""
        self.make_tables()
        self.collect_static()

    def collect_static(self):
        """Collect the static files, hashed and compressed; in tests once a run."""
        folder = self.folder / "var" / "static"
        if not KEPT:
            self.manage("collectstatic", "--noinput", "-v0")
            return
        with once("static") as (copy, part):
            if part:
                self.manage("collectstatic", "--noinput", "-v0")
                shutil.copytree(folder, part, dirs_exist_ok=True)
                return
        shutil.copytree(copy, folder, dirs_exist_ok=True)

    def make_tables(self):
        """Make the tables as the real migrations do, which takes a minute: on SQLite from the demo's file of them, which
        tests/cms/operations/upgrades holds to the migrations; in tests once a run, and by a copy later."""
        if not KEPT:
            self._migrate()
            return
        vendor = self.database_url.split(":")[0]
        save, bring_back = COPIES[vendor]
        with once(f"tables-{vendor}") as (copy, part):
            if part:
                self._migrate()
                save(self.database_url, part)
                return
        bring_back(copy, self.database_url)

    def _migrate(self):
        if self.database_url.startswith("sqlite"):
            empty_tables.write_empty_tables({"ENGINE": "sqlite", "NAME": _path(self.database_url)})
        self.manage("migrate", "-v0")

    def serve(self, *, port=None, settings=None, seconds=60, **environment):
        """Start gunicorn on a free port and wait for it. Returns (process, address)."""
        port = port or free_port()
        process = self._start(
            [sys.executable, "-m", "gunicorn", "-c", "python:cms.operations.gunicorn", "cms.wsgi"],
            "web.log",
            settings,
            {"BIND": f"127.0.0.1:{port}", **environment},
        )
        address = f"http://127.0.0.1:{port}"
        wait_for(address, process, seconds)
        return process, address

    def work(self):
        """Start a worker, as `manage.py worker` does."""
        return self._start([sys.executable, "manage.py", "worker", "--interval", "0.2"], "worker.log", None, {})

    def _start(self, command, log, settings, more):
        environment = self.environment_for(settings) if settings else self.environment
        process = Process(command, environment | more, self.folder / log)
        self.processes.append(process)
        return process

    def stop(self):
        for process in self.processes:
            process.stop()


def wait_for(address, process, seconds):
    """Wait until the address speaks HTTP; fail with the output of the process."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.running.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=2)
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"{address} did not answer:\n{Path(process.log).read_text()[-3000:]}")


def _copy_file(source, target):
    with contextlib.closing(sqlite3.connect(source)) as old, contextlib.closing(sqlite3.connect(target)) as new:
        old.backup(new)


def _path(url):
    return url.removeprefix("sqlite:///")


COPIES = {
    "sqlite": (lambda url, copy: _copy_file(_path(url), copy), lambda copy, url: _copy_file(copy, _path(url))),
    "postgres": (postgres.dump, postgres.load),
}


@contextlib.contextmanager
def looking(site):
    """ask(sql, *values): one number, by a connection from outside."""
    sqlite = site.database_url.startswith("sqlite")
    opened = (
        sqlite3.connect(site.database_url.removeprefix("sqlite:///"), timeout=20, isolation_level=None)
        if sqlite
        else psycopg.connect(site.database_url, autocommit=True)
    )
    with contextlib.closing(opened) as connection:
        yield lambda sql, *values: connection.execute(sql if sqlite else sql.replace("?", "%s"), values).fetchone()[0]


@contextlib.contextmanager
def scratch_site(vendor, keys):
    """A Site with an empty database of that vendor; processes, files and database are removed afterwards."""
    if vendor == "postgres":
        with postgres.throwaway() as url, site_on(url, keys) as site:
            yield site
    else:
        with site_on("sqlite:///{folder}/db.sqlite3", keys) as site:
            yield site


@contextlib.contextmanager
def site_on(database_url, keys):
    """A Site on this database, whose processes and files are removed afterwards; {folder} in the address is its own."""
    folder = Path(tempfile.mkdtemp(prefix="voice-site-"))
    (folder / "var").mkdir()
    site = Site(folder, database_url.replace("{folder}", str(folder)), keys)
    try:
        yield site
    finally:
        site.stop()
        shutil.rmtree(folder, ignore_errors=True)
