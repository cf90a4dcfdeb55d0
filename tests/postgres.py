"""A throwaway PostgreSQL in a temporary folder, reached by a socket, removed after the test."""

import contextlib
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

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


def _as_ordinary(command):
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
    command = _as_ordinary([str(part) for part in command])
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


@contextlib.contextmanager
def throwaway():
    """The DATABASE_URL of an empty server, which ends with the block."""
    folder = Path(tempfile.mkdtemp(prefix="voice-pg-"))
    if os.geteuid() == 0:
        os.chown(folder, _ordinary().pw_uid, _ordinary().pw_gid)
    data, tools = folder / "data", binaries()
    try:
        _run(tools / "initdb", "-D", data, "-U", "voice", "-A", "trust", "-E", "UTF8", "--no-sync")
        _run(tools / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", f"{FAST} -k {folder}", "start")
        yield f"postgres://voice@{quote(str(folder), safe='')}/postgres"
    finally:
        with contextlib.suppress(RuntimeError):
            _run(tools / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
