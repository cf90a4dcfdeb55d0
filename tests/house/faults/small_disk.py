"""A PostgreSQL whose files, or write-ahead log, lie on a disk of their own: a file mounted as one, which can be filled and
made to hang. That takes the rights of root."""

import contextlib
import os
import subprocess
import threading

from tests import postgres

MEGABYTES = 160
# What a server in production keeps to, and little room for what it may delete.
DURABLE = "-c fsync=on -c synchronous_commit=on -c full_page_writes=on"
SPARING = "-c wal_recycle=off -c max_wal_size=8MB -c min_wal_size=2MB"


class Disk:
    def __init__(self, folder):
        self.folder, self._ballast = folder, folder / "ballast"

    def fill(self):
        with self._ballast.open("ab") as file, contextlib.suppress(OSError):
            while True:
                room = os.statvfs(self.folder)
                os.posix_fallocate(file.fileno(), file.seek(0, os.SEEK_END), max(4096, room.f_bavail * room.f_bsize))

    @contextlib.contextmanager
    def kept_full(self):
        """What a server deletes of its own is filled at once, so that it cannot heal itself."""
        with self._meanwhile(self._fill_again_and_again):
            yield

    def _fill_again_and_again(self, done):
        while not done.wait(0.02):
            self.fill()

    def make_room(self):
        self._ballast.unlink()

    @contextlib.contextmanager
    def hanging(self):
        """Whatever writes to it waits until the block ends."""
        _run("fsfreeze", "--freeze", self.folder)
        try:
            yield
        finally:
            _run("fsfreeze", "--unfreeze", self.folder)

    @contextlib.contextmanager
    def slow(self):
        """What is written waits for most of a second, again and again."""
        with self._meanwhile(self._hang_now_and_then):
            yield

    @contextlib.contextmanager
    def _meanwhile(self, work):
        done = threading.Event()
        thread = threading.Thread(target=work, args=(done,))
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()

    def _hang_now_and_then(self, done):
        while not done.wait(0.1):
            with self.hanging():
                done.wait(0.8)


def _run(*command):
    subprocess.run(list(map(str, command)), check=True, capture_output=True)


@contextlib.contextmanager
def _mounted(image, folder):
    with image.open("wb") as file:
        file.truncate(MEGABYTES * 2**20)
    _run("mkfs.ext4", "-q", "-F", "-m", "0", image)
    folder.mkdir()
    _run("mount", "-o", "loop", image, folder)
    try:
        postgres.give_to_server(folder)
        yield Disk(folder)
    finally:
        _run("umount", "--lazy", folder)


@contextlib.contextmanager
def server_on_small_disk(part):
    """(server, disk) with this `part` of the server's files ("data" or "log") on the disk."""
    with postgres.owned_folder("voice-pg-") as folder, _mounted(folder / "image", folder / "disk") as disk:
        server = postgres.Cluster(folder, f"{DURABLE} {SPARING}")
        other, here = folder / "rest", disk.folder / "files"
        server.data, log = (here, other) if part == "data" else (other, here)
        server.make("--waldir", log, "--wal-segsize=1")
        with postgres.running(server):
            yield server, disk
