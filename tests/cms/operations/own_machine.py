"""A machine of its own for one test, without a virtual one: over this Debian lies a layer in memory, and systemd starts in
it as the first process, with a network that nobody else sees. What is installed, made or started in it ends with the block.
"""

import contextlib
import os
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

CODE = "/opt/voice"
# Services of this Debian that the machine does not need.
MASKED = ("rabbitmq-server", "valkey-server", "redis-server", "pgbouncer", "prometheus", "prometheus-node-exporter")
BEGIN = """
mount --make-rprivate /
mount -t tmpfs -o size=4g tmpfs {folder}
cd {folder}
mkdir machine machine-up machine-work code-up code-work
mount -t overlay overlay -o lowerdir=/,upperdir=machine-up,workdir=machine-work machine
mkdir -p machine{code}
mount -t overlay overlay -o lowerdir={source},upperdir=code-up,workdir=code-work machine{code}
exec systemd-nspawn --quiet --directory=machine --machine=voice-{pid} --register=no --keep-unit --private-network \\
    --resolv-conf=off --link-journal=no --boot {masked}
"""
ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8"}


class Machine:
    def __init__(self, pid):
        self.pid, self.root = pid, Path(f"/proc/{pid}/root")

    def type(self, line, may_end_with=(0,)):
        """What a person sees who types this line as root, in the folder of the code."""
        enter = ["nsenter", f"--target={self.pid}", "--all", "--root", "--wd", "sh", "-euc", f"cd {CODE}; {line}"]
        done = subprocess.run(enter, env=ENVIRONMENT, capture_output=True, text=True)
        assert done.returncode in may_end_with, f"{line}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
        return done.stdout

    def path(self, path):
        return self.root / str(path).lstrip("/")

    def in_network(self, do):
        """What `do` gives when it asks from within this machine's network."""

        def go():
            with open(f"/proc/{self.pid}/ns/net") as network:
                os.setns(network.fileno(), os.CLONE_NEWNET)
            return do()

        with ThreadPoolExecutor(1) as pool:
            return pool.submit(go).result()


@contextlib.contextmanager
def own_machine(source):
    """A Machine with the code of `source` in /opt/voice, once systemd has started what starts with it."""
    masked = " ".join(f"systemd.mask={name}.service" for name in MASKED)
    with tempfile.TemporaryDirectory(prefix="voice-machine-") as folder:
        script = BEGIN.format(folder=folder, code=CODE, source=source, masked=masked, pid=os.getpid())
        # Its own tree of control groups, whichever kind the kernel of this machine has.
        environment = ENVIRONMENT | {"SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1"}
        with open(f"{folder}.log", "w+b") as log:
            running = subprocess.Popen(
                ["unshare", "--mount", "sh", "-euc", script],
                env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
            try:
                machine = Machine(_find_first_process(running))
                machine.type("systemctl is-system-running --wait", may_end_with=(0, 1))
                yield machine
            except BaseException:
                log.seek(0)
                print(log.read().decode(errors="replace")[-5000:])
                raise
            finally:
                running.terminate()
                running.wait()
                os.unlink(log.name)


def _find_first_process(running):
    """The id of systemd, which is the last child that nspawn starts, once it answers."""
    for _ in range(600):
        assert running.poll() is None, "the machine did not start"
        children = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text().split()
        for child in children:
            with contextlib.suppress(OSError):
                process = Path("/proc", child)
                answers = (process / "root" / "run" / "systemd" / "private").exists()
                if answers and (process / "comm").read_text() == "systemd\n":
                    return int(child)
        time.sleep(0.1)
    raise AssertionError("the machine was not up within a minute")
