"""A throwaway Valkey (or Redis) on loopback that keeps nothing on disk, ended after the test."""

import contextlib
import shutil
import socket
import subprocess
import time

from tests.production_site import free_port

SERVER = shutil.which("valkey-server") or shutil.which("redis-server")


@contextlib.contextmanager
def throwaway():
    """The URL of an empty server, which ends with the block."""
    port = free_port()
    command = [SERVER, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd="/tmp") as server:
        try:
            _wait_for(port)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.kill()


def _wait_for(port):
    deadline = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            assert time.monotonic() < deadline, "Valkey did not start"
            time.sleep(0.05)
