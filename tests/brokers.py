"""Throwaway brokers of Celery on loopback, Valkey (or Redis) and RabbitMQ, ended after the test; Valkey keeps nothing."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from tests.production_site import free_port

VALKEY = shutil.which("valkey-server") or shutil.which("redis-server")
# Debian's command of that name runs it as its service alone.
RABBITMQ = next(Path("/usr/lib/rabbitmq/lib").glob("rabbitmq_server-*/sbin/rabbitmq-server"), None)


class Broker:
    """A server at `url`, which can be killed and started again on the same port."""

    scheme, login, seconds = "redis", "", 20

    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        self.url = f"{self.scheme}://{self.login}127.0.0.1:{self.port}/"

    def start(self):
        with (self.folder / "log").open("ab") as log:
            command, environment = self.build_command(), os.environ | self.build_environment()
            self.server = subprocess.Popen(
                command, env=environment, stdout=log, stderr=log, cwd=self.folder, start_new_session=True
            )
        deadline = time.monotonic() + self.seconds
        while not self._answers():
            assert time.monotonic() < deadline, (self.folder / "log").read_text()[-3000:]
            time.sleep(0.05)

    def _answers(self):
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            return True
        return False

    def kill(self):
        if self.server.poll() is not None:  # a test killed it, and failed before it started it again
            return
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()
        while self._answers():
            time.sleep(0.05)

    def build_environment(self):
        return {}


class Valkey(Broker):
    def build_command(self):
        return [VALKEY, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]


class RabbitMQ(Broker):
    scheme, login, seconds = "amqp", "guest:guest@", 60

    def build_command(self):
        return [RABBITMQ]

    def build_environment(self):
        """Its files in our folder, and its name told by a daemon of our own, which `throwaway_rabbitmq` ends."""
        return {
            "HOME": str(self.folder),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "ERL_EPMD_PORT": str(self.names_port),
            "RABBITMQ_NODENAME": f"test{self.port}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(self.nodes_port),
            "RABBITMQ_MNESIA_BASE": str(self.folder),
            "RABBITMQ_LOG_BASE": str(self.folder),
            "RABBITMQ_LOGS": "-",
            "RABBITMQ_CONFIG_FILE": str(self.folder / "none"),
            "RABBITMQ_CONF_ENV_FILE": str(self.folder / "none"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "none"),
        }

    def __init__(self, folder):
        super().__init__(folder)
        self.names_port, self.nodes_port = free_port(), free_port()


@contextlib.contextmanager
def throwaway(kind):
    """A running Broker of that kind, which ends with the block."""
    with tempfile.TemporaryDirectory(prefix="voice-broker-", ignore_cleanup_errors=True) as folder:
        broker = kind(Path(folder))
        with _names_of(broker):
            broker.start()
            try:
                yield broker
            finally:
                broker.kill()


@contextlib.contextmanager
def _names_of(broker):
    """Erlang's daemon of names, in the foreground: RabbitMQ would leave its own behind."""
    if not isinstance(broker, RabbitMQ):
        yield
        return
    with subprocess.Popen(["epmd", "-port", str(broker.names_port), "-address", "127.0.0.1"]) as names:
        try:
            yield
        finally:
            names.kill()
