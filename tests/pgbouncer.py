"""A PgBouncer on loopback before a test's PostgreSQL, in transaction mode: each transaction may get another connection."""

import contextlib
import os
import shutil
import subprocess
import time

import psycopg

from tests import postgres
from tests.production_site import free_port

PROGRAM = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
SETTINGS = """
[databases]
postgres = host={folder} user=voice
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 8
min_pool_size = 2
server_round_robin = 1
logfile = {own}/log
"""


@contextlib.contextmanager
def before(server):
    """The address of `server`, a Cluster, through PgBouncer."""
    port = free_port()
    with postgres.owned_folder("voice-bouncer-") as own:
        settings = own / "pgbouncer.ini"
        settings.write_text(SETTINGS.format(folder=server.folder, port=port, own=own))
        command = postgres.as_server_user([PROGRAM, "-q", settings])
        running = subprocess.Popen(
            command, cwd=own, env={**os.environ, "LC_ALL": "C.UTF-8"}, stderr=subprocess.DEVNULL
        )
        address = f"postgres://voice@127.0.0.1:{port}/postgres"
        try:
            _wait_for(address)
            yield address
        finally:
            running.terminate()
            running.wait(timeout=10)


def _wait_for(address):
    for _ in range(100):
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(address):
            return
        time.sleep(0.1)
    raise RuntimeError("PgBouncer does not answer.")
