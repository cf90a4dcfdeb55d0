"""A machine of its own for one test, without a virtual one: over this Debian lie a layer in memory, a network and processes
that nobody else sees. What is installed, made or started in it ends with the block. systemd aside, whose units it starts."""

import contextlib
import os
import re
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

CODE = "/opt/voice"
BEGIN = """
mount --make-rprivate /
mount -t tmpfs -o size=4g tmpfs {folder}
cd {folder}
mkdir machine machine-up machine-work code-up code-work
mount -t overlay overlay -o lowerdir=/,upperdir=machine-up,workdir=machine-work machine
mount -t proc proc machine/proc
mount --rbind /dev machine/dev
for each in run tmp; do mount -t tmpfs -o mode=1777 tmpfs machine/$each; done
mkdir -p machine{code}
mount -t overlay overlay -o lowerdir={source},upperdir=code-up,workdir=code-work machine{code}
ip link set lo up
echo ready
exec chroot machine sleep infinity
"""
ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8"}
# As systemd starts what a unit says, its sandbox aside.
AS_UNIT = (
    "set -a; {files} set +a; {variables} cd {folder}; "
    "exec setpriv --reuid={user} --regid={group} --clear-groups {command}"
)


class Machine:
    def __init__(self, pid):
        self.pid, self.root, self.started = pid, Path(f"/proc/{pid}/root"), []

    def enter(self, *command):
        return ["nsenter", f"--target={self.pid}", "--net", "--pid", "--mount", "--root", "--wd", *map(str, command)]

    def type(self, line, may_end_with=(0,)):
        """What a person sees who types this line as root, in the folder of the code."""
        done = subprocess.run(
            self.enter("sh", "-euc", f"cd {CODE}; {line}"), env=ENVIRONMENT, capture_output=True, text=True
        )
        assert done.returncode in may_end_with, f"{line}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
        return done.stdout

    def path(self, path):
        return self.root / str(path).lstrip("/")

    def start(self, service):
        """Start what the unit says; where it has a socket, that waits for the first visit."""
        folder = self.path("/etc/systemd/system")
        lines = (folder / f"{service}.service").read_text()
        said = dict(re.findall(r"^(User|Group|WorkingDirectory|ExecStart)=(.*)$", lines, re.MULTILINE))
        script = AS_UNIT.format(
            files="".join(f". {path}; " for path in re.findall(r"^EnvironmentFile=(.*)$", lines, re.MULTILINE)),
            variables="".join(f"export {each}; " for each in re.findall(r"^Environment=(.*)$", lines, re.MULTILINE)),
            folder=said["WorkingDirectory"],
            user=said["User"],
            group=said["Group"],
            command=said["ExecStart"],
        )
        command, socket = ["sh", "-euc", script], folder / f"{service}.socket"
        if socket.exists():
            [address] = re.findall(r"^ListenStream=(.*)$", socket.read_text(), re.MULTILINE)
            command = ["systemd-socket-activate", f"--listen={address}", *command]
        with self.path(f"/var/log/voice/{service.removeprefix('voice-')}.log").open("ab") as log:
            self.started.append(
                subprocess.Popen(self.enter(*command), env=ENVIRONMENT, stdout=log, stderr=log, cwd="/")
            )

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
    """A Machine with the code of `source` in /opt/voice."""
    with tempfile.TemporaryDirectory(prefix="voice-machine-") as folder:
        script = BEGIN.format(folder=folder, code=CODE, source=source)
        unshare = ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "sh", "-euc", script]
        with subprocess.Popen(unshare, stdout=subprocess.PIPE, text=True) as running:
            try:
                assert running.stdout.readline() == "ready\n"
                [child] = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text().split()
                while Path(f"/proc/{child}/comm").read_text() != "sleep\n":
                    time.sleep(0.01)
                machine = Machine(child)
                yield machine
            finally:
                running.kill()  # and with it all that was started
        for process in machine.started:
            process.wait()
