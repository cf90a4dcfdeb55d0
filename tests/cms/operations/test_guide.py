"""The guide of cms/operations/README.md, followed by a script: setup, gunicorn and nginx from generated files, first page,
invitation, doctor. systemd aside, it is what a stranger does on a bare machine."""

import contextlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from django.conf import settings

from tests.cms.operations.deploy_files.local_nginx import SAY, STAFF, Nginx, plan_on_loopback, run_nginx
from tests.missing_programs import take_your_time
from tests.production_site import NOT_OURS, Process, free_port, scratch_site, wait_for

pytestmark = [pytest.mark.postgres, pytest.mark.server, pytest.mark.slow]
SURROUNDINGS = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
LOAD = "set -a; . ./voice.env; {keys}; set +a; cd {home}; exec {command}"
WITH_KEYS, WITHOUT_KEYS = ". ./voice-keys.env", "ANSWER_OPEN_KEYS= RECORD_KEY_SECRET="


class Server:
    """A machine whose environment files are in `etc`; commands run as its units and its `voice` run them."""

    def __init__(self, etc):
        self.etc = etc

    def in_environment(self, command, keys=WITH_KEYS):
        return ["sh", "-c", LOAD.format(keys=keys, home=settings.BASE_DIR, command=command)]

    def voice(self, arguments):
        command = self.in_environment(f"{sys.executable} manage.py {arguments}")
        return subprocess.run(command, cwd=self.etc, env=SURROUNDINGS, capture_output=True, text=True)

    @contextlib.contextmanager
    def serve(self, port, keys):
        command = self.in_environment(f"{sys.executable} -m gunicorn -c python:cms.operations.gunicorn cms.wsgi", keys)
        told = Path(self.etc) / f"{port}.log"
        environment = SURROUNDINGS | {"BIND": f"127.0.0.1:{port}", "WEB_WORKERS": "1"}
        # As systemd does: the command begins in the folder of the environment files.
        process = Process(["sh", "-c", f'cd {self.etc}; exec "$@"', "sh", *command], environment, told)
        try:
            wait_for(f"http://127.0.0.1:{port}", process, 120)
            yield
        finally:
            process.stop()


@pytest.fixture(scope="module")
def installed():
    """What setup said, and the machine, on PostgreSQL. The tables are a copy of those that the real migrations make, so that
    its own migrations find nothing to do."""
    take_your_time()
    with scratch_site("postgres", {}) as site:
        throwaway = subprocess.run(
            [sys.executable, "-m", "cms.settings.throwaway"], cwd=settings.BASE_DIR, capture_output=True, text=True
        )
        site.keys = dict(re.findall(r"export (\w+)='([^']*)'", throwaway.stdout))
        site.environment = site.environment_for("cms.settings.production")
        site.make_tables()
        site.collect_static()
        (site.folder / "var").chmod(0o2770)
        etc = Path(tempfile.mkdtemp(dir=site.folder))
        words = [
            "--organisation",
            "the Leeds children's partnership",
            "--district",
            "Leeds",
            "--mail-from",
            "say@leeds.test",
        ]
        words += [
            "--public-host",
            SAY,
            "--staff-host",
            STAFF,
            "--database-url",
            site.database_url,
            "--languages",
            "ur",
        ]
        words += ["--head-of-service", "head@leeds.test", "--administrators", "ada@leeds.test", "--no-input"]
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "manage.py", "setup", "--etc-dir", etc, "--var-dir", site.folder / "var", *words],
            cwd=settings.BASE_DIR,
            env=SURROUNDINGS,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        print(f"setup took {time.monotonic() - began:.0f} s")
        yield done.stdout, Server(etc)


@pytest.fixture(scope="module")
def open_site(installed):
    """The site through nginx, with a public process that opens nothing and a staff process that does."""
    said, server = installed
    public, staff = free_port(), free_port()
    with (
        server.serve(public, WITHOUT_KEYS),
        server.serve(staff, WITH_KEYS),
        plan_on_loopback(public, staff) as (folder, plan),
        run_nginx(folder, plan),
    ):
        yield Nginx(plan, folder, None)


def test_the_first_page_is_ours_and_not_wagtails_welcome(open_site):
    status, page = open_site.ask("GET", "/en/")
    assert status == 200
    assert "Welcome to your new Wagtail site" not in page.decode()
    assert "Have your say" in page.decode()
    assert open_site.ask("GET", "/ur/")[0] == 200
    assert "Childline" in open_site.ask("GET", "/en/help/")[1].decode()


def test_staff_pages_answer_on_their_own_name_alone(open_site):
    assert open_site.ask("GET", "/accounts/login/")[0] == 404
    assert open_site.ask("GET", "/accounts/login/", host=STAFF)[0] == 200


def test_the_link_of_the_first_administrator_opens_a_form_for_a_password(installed, open_site):
    link = re.search(rf"https://{STAFF}(/accounts/password/reset/key/\S+)", installed[0])[1]
    connection = open_site.connect()
    connection.request("GET", link, headers={"Host": STAFF})
    reply = connection.getresponse()
    reply.read()
    cookie = re.search(r"__Host-staff=[^;]+", reply.headers["Set-Cookie"])[0]
    where = reply.headers["Location"]
    status, page = open_site.ask("GET", where, STAFF, headers={"Cookie": cookie}, connection=connection)
    connection.close()
    assert status == 200 and 'type="password"' in page.decode()


def test_the_doctor_finds_the_installation_sound_and_the_worker_missing(installed):
    done = installed[1].voice("doctor --json --inside")
    found = {one["key"]: one for one in json.loads(done.stdout)["checks"]}
    assert done.returncode == 1
    for key in ("environment", "migrations", "settings", "keys", "hosts", "https", "disk", "clock", "permissions"):
        assert found[key]["ok"], found[key]["says"]
    assert not found["worker"]["ok"] and "systemctl restart voice-worker" in found["worker"]["mend"]
