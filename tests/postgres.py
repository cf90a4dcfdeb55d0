"""A throwaway PostgreSQL in a temporary folder, reached by a socket, removed after the test."""

import contextlib
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

import psycopg

OLDEST = 15
# Nothing of it outlives its block; and no statistics tell it yet that a question is too small to be compiled.
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c jit=off -c listen_addresses= -c max_connections=60"


def binaries():
    """The folder with initdb and pg_ctl of the newest fit version; None when there is none."""
    folders = [Path(path).resolve().parent for path in [shutil.which("initdb")] if path]
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -int(path.parent.name))
    return next((folder for folder in folders if _version(folder) >= OLDEST), None)


def _version(folder):
    try:
        told = subprocess.run([folder / "initdb", "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    return int(re.search(r"\d+", told).group())


def as_server_user(command):
    """Run as `postgres` or `nobody`, because PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return command
    return ["setpriv", f"--reuid={_ordinary().pw_uid}", f"--regid={_ordinary().pw_gid}", "--clear-groups", *command]


def _ordinary():
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def _run(*command):
    command = as_server_user([str(part) for part in command])
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd="/",
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    if done.returncode:
        raise RuntimeError(f"{command} failed:\n{done.stdout}")


def dump(url, file):
    """The content of the database, as SQL."""
    subprocess.run([binaries() / "pg_dump", "--no-owner", "-f", file, url], check=True)


def load(file, url):
    """Load a dump into an empty database."""
    command = [binaries() / "psql", "-q", "-X", "-v", "ON_ERROR_STOP=1", "-f", file, url]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def create(name, url):
    """Create one more empty database beside the one at `url`."""
    subprocess.run([binaries() / "psql", "-q", "-X", "-c", f'CREATE DATABASE "{name}"', url], check=True)


class Cluster:
    """A server in a folder of its own, for tests that stop, kill and start it again."""

    def __init__(self, folder, options="", port=None):
        self.folder, self.data, self.log = folder, folder / "data", folder / "log"
        network = f"-c listen_addresses=127.0.0.1 -p {port}" if port else ""
        self.options = f"{FAST} -k {folder} {network} {options}"
        self.url = f"postgres://voice@{quote(str(folder), safe='')}{f':{port}' if port else ''}/postgres"

    def make(self, *options):
        _run(binaries() / "initdb", "-D", self.data, "-U", "voice", "-A", "trust", "-E", "UTF8", "--no-sync", *options)

    def start(self):
        _run(binaries() / "pg_ctl", "-D", self.data, "-w", "-l", self.log, "-o", self.options, "start")

    def stop(self, mode="immediate"):
        _run(binaries() / "pg_ctl", "-D", self.data, "-m", mode, "stop")

    def is_running(self):
        """Whether it runs still; after a write-ahead log that has no room it ends itself."""
        return (self.data / "postmaster.pid").exists()

    def kill(self):
        """Kill the server without warning, as a power cut would; each of its processes then ends by itself."""
        os.kill(int((self.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)

    def superuser(self, *statements):
        """Run each statement by itself, in a transaction of its own."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)


def give_to_server(path):
    """Make the server's user the owner of a file or folder that nobody else may read."""
    path.chmod(0o700 if path.is_dir() else 0o600)
    if os.geteuid() == 0:
        os.chown(path, _ordinary().pw_uid, _ordinary().pw_gid)


@contextlib.contextmanager
def owned_folder(prefix):
    """A temporary folder of the user as whom PostgreSQL runs."""
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    give_to_server(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def running(made):
    """The Cluster, whose files are made, at work until the block ends."""
    try:
        made.start()
        yield made
    finally:
        with contextlib.suppress(RuntimeError):
            made.stop()


@contextlib.contextmanager
def cluster(options="", port=None):
    """A running Cluster, with more `options` of the server; with a `port` on loopback, too. It ends with the block."""
    with owned_folder("voice-pg-") as folder:
        made = Cluster(folder, options, port)
        made.make()
        with running(made):
            yield made


@contextlib.contextmanager
def streaming_replica(primary, options=""):
    """A running Cluster that follows `primary` by streaming replication, with more `options`; it ends with the block."""
    with owned_folder("voice-pg-") as folder:
        made = Cluster(folder, options)
        _run(binaries() / "pg_basebackup", "-D", made.data, "-R", "-X", "stream", "-c", "fast", "-d", primary.url)
        with running(made):
            yield made


@contextlib.contextmanager
def throwaway():
    """The DATABASE_URL of an empty server, which ends with the block."""
    with cluster() as made:
        yield made.url
