"""The container's image, built as its Containerfile says and run as that says: by its user, without rights, on a read-only
root. The site is built, answers, takes a first answer and is backed up.

Its base comes from a registry that a test cannot reach: a Debian of the same release with Python takes its name here.
"""

import json
import os
import re
import resource
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from cms.operations.deploy_files.file_writer import render_file
from cms.operations.deploy_files.server_plan import ServerPlan
from tests import postgres
from tests.house.faults import visitors
from tests.house.faults.visitors import HELP, HOME, SURVEY, WORDS
from tests.missing_programs import take_your_time
from tests.production_site import Process, free_port, keys, site_on, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.longest, pytest.mark.image, pytest.mark.postgres, pytest.mark.mounts]
FILE = render_file("containers/Containerfile", ServerPlan())
[BASE, RELEASE] = re.search(r"^FROM (\S+-slim-(\w+))$", FILE, re.MULTILINE).groups()
# How this machine reaches the registries of packages; nothing of it gets into the image.
NETWORK = ("/etc/pip.conf", "/etc/ssl/certs")
# The image's root for the process that is started and for no other.
ENTER = """
mount --bind {root} {root}
for folder in /dev /proc; do mount --rbind $folder {root}$folder; done
mount --bind {var} {root}/var/lib/voice
mount -t tmpfs tmpfs {root}/tmp
mount -o remount,bind,ro {root}
exec chroot {root} setpriv --reuid={user} --regid={user} --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all \\
    env --chdir={home} "$@"
"""


class Builder:
    """buildah with a store of its own under `folder`."""

    def __init__(self, folder):
        self.folder = folder
        self.store = [f"--root={folder}/store", f"--runroot={folder}/run", "--storage-driver=overlay"]

    def run(self, command, *words):
        done = subprocess.run(
            ["buildah", *self.store, command, *map(str, words)], capture_output=True, text=True, cwd=settings.BASE_DIR
        )
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        return done.stdout.strip()

    def make_base(self):
        """A small Debian whose /usr/local/bin has python and pip, as the image of Python has."""
        packages, tree = "--include=ca-certificates,python3-venv", self.folder / "base.tar"
        venv = "--customize-hook=chroot $1 python3 -m venv /usr/local"
        subprocess.run(["mmdebstrap", "--quiet", "--variant=minbase", packages, venv, RELEASE, tree], check=True)
        container = self.run("from", "scratch")
        self.run("add", "--quiet", container, tree, "/")
        self.run("commit", "--quiet", "--rm", container, BASE)
        tree.unlink()

    def build(self):
        """Build the image of this checkout; its root, and its settings as podman would read them."""
        (self.folder / "Containerfile").write_text(FILE)
        (self.folder / "ignored").write_text(render_file("containers/containerignore", ServerPlan()))
        limits = [
            f"--ulimit={name}={':'.join(map(str, resource.getrlimit(number)))}"
            for name, number in (("nofile", resource.RLIMIT_NOFILE), ("nproc", resource.RLIMIT_NPROC))
        ]
        network = [f"--volume={path}:{path}:ro" for path in NETWORK if Path(path).exists()]
        files = [f"--file={self.folder}/Containerfile", f"--ignorefile={self.folder}/ignored", "--tag=voice"]
        self.run("build", "--format=docker", "--isolation=chroot", "--pull-never", *limits, *network, *files, ".")
        container = self.run("from", "--pull-never", "localhost/voice")
        read = json.loads(self.run("inspect", container))
        return self.run("mount", container), read["Docker"]["config"]

    def clear(self):
        subprocess.run(["buildah", *self.store, "rm", "--all"], capture_output=True)
        shutil.rmtree(self.folder)


class Image:
    """The image's processes for a site, whose environment lies over that of the image."""

    def __init__(self, built, site):
        self.root, self.settings = built
        self.user, _, _ = self.settings["User"].partition(":")
        self.var = Path(site.folder) / "var"
        os.chown(self.var, int(self.user), int(self.user))
        self.environment = site.environment | dict(one.split("=", 1) for one in self.settings["Env"])

    def build_command(self, *words):
        places = {"root": self.root, "var": self.var, "user": self.user, "home": self.settings["WorkingDir"]}
        enter = ENTER.format(**{name: shlex.quote(str(value)) for name, value in places.items()})
        return ["unshare", "--mount", "sh", "-euc", enter, "sh", *words]

    def run(self, *words):
        done = subprocess.run(
            self.build_command(*words), env=self.environment, capture_output=True, text=True, cwd="/"
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture
def built(tmp_path):
    take_your_time()
    builder = Builder(tmp_path)
    try:
        builder.make_base()
        yield builder.build()
    finally:
        builder.clear()


@pytest.fixture
def site():
    with postgres.cluster(port=free_port()) as server:
        url = server.url.replace(server.url.partition("@")[2].partition(":")[0], "127.0.0.1", 1)
        with site_on(url, keys()) as site:
            site.make_tables()
            yield site


def test_the_image_serves_a_first_answer_and_makes_a_backup(built, site):
    image = Image(built, site)
    assert "The site is there" in image.run("python", "manage.py", "prepare_site")
    assert image.run("sh", "-c", "id -un; touch /opt/voice/new 2>&1 || true").split("\n")[0] == "voice-site"
    assert not Path(image.root, "opt/voice/new").exists() and not Path(image.root, "opt/voice/tests").exists()
    site.python("-m", "tests.house.small_survey")
    port = free_port()
    environment = image.environment | {"BIND": f"127.0.0.1:{port}", "WEB_WORKERS": "1"}
    public = environment | {"ANSWER_OPEN_KEYS": "", "RECORD_KEY_SECRET": ""}
    web = Process(image.build_command(*image.settings["Cmd"]), public, site.folder / "web.log")
    try:
        wait_for(f"http://127.0.0.1:{port}", web, 120)
        kind, *health = image.settings["Healthcheck"]["Test"]
        assert kind == "CMD"
        image.run(*(word.replace(":8000", f":{port}") for word in health))
        assert {visitors.visit(port, path).status for path in (HOME, HELP, SURVEY)} == {200}
        assert visitors.send(port, visitors.open_form(port)).is_thanks
    finally:
        web.stop()
    assert [words for _, words in visitors.dump_of(site)["texts"]] == [WORDS]
    site.python("manage.py", "create_administrator", "ada@example.org")
    # A trial restore asks for a server of the same version as the programs of the image, which are its Debian's.
    same = f" {postgres.binaries().parent.name}." in image.run("pg_dump", "--version")
    said = image.run("python", "manage.py", "backup", *([] if same else ["--no-verify"]))
    assert "bytes, sealed" in said and ("both records are whole" in said) == same
