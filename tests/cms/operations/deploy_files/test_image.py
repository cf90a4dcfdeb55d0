"""What the container's image would run, without a container: the files that the Containerfile copies, by its user, without
rights, on a read-only tree. The site is built, answers, takes a first answer and is backed up."""

import json
import os
import re
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
from tests.missing_programs import needs_mounts
from tests.production_site import Process, free_port, keys, site_on, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.postgres, needs_mounts]
FILE = render_file("containers/Containerfile", ServerPlan())
COMMAND, HEALTH = (json.loads(words) for words in re.findall(r"CMD (\[.*\])", FILE)[::-1])
USER = re.search(r"^USER (\d+):\d+$", FILE, re.MULTILINE)[1]
# The image's folders over those of this machine, for the process that is started and for no other.
ENTER = """
mount -t tmpfs tmpfs /opt && mkdir /opt/voice && mount --bind {image} /opt/voice && mount --bind {venv} /opt/voice/.venv
mount -t tmpfs tmpfs /var/lib && mkdir /var/lib/voice && mount --bind {var} /var/lib/voice
mount -t tmpfs tmpfs /tmp
mount -o remount,bind,ro /
for folder in /opt/voice /opt/voice/.venv; do mount -o remount,bind,ro $folder; done
cd /opt/voice
exec setpriv --reuid={user} --regid={user} --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all "$@"
"""


class Image:
    """The files of the image, and its environment over that of a site."""

    def __init__(self, folder, site):
        self.folder, self.var = folder, Path(site.folder) / "var"
        os.chown(self.var, int(USER), int(USER))
        variables = re.search(r"^ENV ((?:.*\\\n)*.*)$", FILE, re.MULTILINE)[1].replace("\\\n", " ")
        self.environment = site.environment | dict(one.split("=", 1) for one in shlex.split(variables))
        folder.mkdir()
        for source, target in re.findall(r"^COPY (\S+) (\S+)$", FILE, re.MULTILINE):
            path = settings.BASE_DIR / source
            if path.is_dir():
                shutil.copytree(path, folder / target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(path, folder / target)
        (folder / ".venv").mkdir()

    def build_command(self, *words):
        program = {"python": ["python"], "gunicorn": ["python", "-m", "gunicorn"]}[words[0]]
        venv = Path(settings.BASE_DIR / ".venv").resolve()
        enter = ENTER.format(image=self.folder, venv=venv, var=self.var, user=USER)
        inside = [f"/opt/voice/.venv/bin/{program[0]}", *program[1:], *words[1:]]
        return ["unshare", "--mount", "sh", "-euc", enter, "sh", *inside]

    def run(self, *words, **more):
        done = subprocess.run(
            self.build_command(*words), env=self.environment | more, capture_output=True, text=True, cwd="/"
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture
def image(tmp_path):
    with postgres.cluster(port=free_port()) as server:
        url = server.url.replace(server.url.partition("@")[2].partition(":")[0], "127.0.0.1", 1)
        with site_on(url, keys()) as site:
            site.make_tables()
            yield site, Image(tmp_path / "image", site)


def test_the_images_files_serve_a_first_answer_and_make_a_backup(image):
    site, made = image
    assert "The site is there" in made.run("python", "manage.py", "prepare_site")
    site.python("-m", "tests.house.small_survey")
    port = free_port()
    environment = made.environment | {"BIND": f"127.0.0.1:{port}", "WEB_WORKERS": "1"}
    public = environment | {"ANSWER_OPEN_KEYS": "", "RECORD_KEY_SECRET": ""}
    web = Process(made.build_command(*COMMAND), public, site.folder / "web.log")
    try:
        wait_for(f"http://127.0.0.1:{port}", web, 120)
        made.run(*(word.replace(":8000", f":{port}") for word in HEALTH))
        assert {visitors.visit(port, path).status for path in (HOME, HELP, SURVEY)} == {200}
        assert visitors.send(port, visitors.open_form(port)).is_thanks
    finally:
        web.stop()
    assert [words for _, words in visitors.dump_of(site)["texts"]] == [WORDS]
    site.python("manage.py", "create_administrator", "ada@example.org")
    assert "both records are whole" in made.run("python", "manage.py", "backup")
