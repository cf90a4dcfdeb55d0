"""The drill: a site from the server's files, a first consultation, thanked answers, a sealed backup, the loss of the
machine, and the site on another machine from the second place alone. No systemd: a process runs what its unit says."""

import contextlib
import json
import os
import re
import shutil
from dataclasses import replace

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command

from cms.operations.deploy_files.file_writer import write_files
from tests import postgres
from tests.cms.operations.deploy_files.local_nginx import SAY, STAFF, Nginx, plan_on_loopback, run_nginx
from tests.house.faults.visitors import SURVEY, THANKED, TOKEN
from tests.production_site import NOT_OURS, Process, free_port, keys, site_on, wait_for

SETUP = {
    "organisation": "the Leeds children's partnership",
    "district": "Leeds",
    "public_host": SAY,
    "staff_host": STAFF,
    "mail_from": "say@leeds.test",
    "head_of_service": "head@leeds.test",
    "administrators": ["ada@leeds.test", "bo@leeds.test"],
    "languages": ["ur"],
}
PEOPLE = """
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from cms.accounts.models import User
from cms.accounts.roles import sync_roles
sync_roles()
reader = User.objects.create_user("reader@staff.test", "correct horse battery")
reader.groups.add(Group.objects.first())
session = SessionStore()
session["_auth_user_id"] = str(reader.pk)
session.save()
default_storage.save("original_images/drawing.png", ContentFile(b"PNG"))
"""
TAKEN_BACK = """
from cms.operations.backups.tasks import write_deletion_journal
from consultation.channels.web.withdrawal import withdraw_response
from consultation.responses.models import Answer
from consultation.responses.vault import open_sealed_text
[mine] = [one for one in Answer.objects.all() if open_sealed_text(one.sealed) == "I took this back."]
withdraw_response(response=mine.response)
write_deletion_journal()
"""
FOUND = """
import json
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from cms.accounts.models import User
from consultation.responses.models import Answer
from consultation.responses.vault import open_sealed_text
with default_storage.open("original_images/drawing.png") as file:
    drawing = file.read().decode()
print(json.dumps({
    "words": [open_sealed_text(one.sealed) for one in Answer.objects.all()],
    "signed in": Session.objects.count(),
    "with a role": User.objects.filter(groups__isnull=False).count(),
    "password": User.objects.get(email="reader@staff.test").has_usable_password(),
    "drawing": drawing,
}))
"""


class Machine:
    """PostgreSQL, nginx and the site's services, each as its file says."""

    def __init__(self, plan, files, server):
        self.plan, self.files, self.server = plan, files, server
        self.nginx, self.processes = Nginx(plan, None, None), []

    def build_command(self, service, command="backup", **more):
        """What systemd runs for the unit, with this `command` in place of the backup's, and with `more` variables."""
        unit = (self.files / "systemd" / f"voice-{service}.service").read_text()
        said = [line.partition("=")[::2] for line in unit.splitlines()]
        environment = [f". {value}" for name, value in said if name == "EnvironmentFile"]
        environment += [value for name, value in said if name == "Environment"]
        [start] = [value for name, value in said if name == "ExecStart"]
        environment += [f"{name}='{value}'" for name, value in more.items()]
        exactly = start.replace("manage.py backup", f"manage.py {command}")
        return ["sh", "-euc", "\n".join(["set -a", *environment, f"exec {exactly}"])]

    def start_public(self):
        address = self.plan.public_address
        command = self.build_command("public", BIND=address, WEB_WORKERS="1")
        self.processes.append(Process(command, build_plain_environment(), self.server.folder / "public.log"))
        wait_for(f"http://{address}", self.processes[-1], 60)

    def run(self, command, **more):
        """What the command of manage.py writes, with the environment of the backup's unit."""
        made = self.server.folder / "run.log"
        made.unlink(missing_ok=True)
        process = Process(self.build_command("backup", command, **more), build_plain_environment(), made)
        if process.running.wait():
            raise RuntimeError(made.read_text())
        return made.read_text()

    def open_form(self):
        return TOKEN.search(self.nginx.ask("GET", SURVEY)[1].decode())[1]

    def send(self, token, words):
        """The page that a person gets who sends these words through nginx."""
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        body = f"token={token}&a=1&b={words.replace(' ', '+')}"
        return self.nginx.ask("POST", SURVEY, body=body, headers=form)[1].decode()


def build_plain_environment():
    """Nothing of the site: that comes from its files."""
    return {name: value for name, value in os.environ.items() if name not in NOT_OURS}


@contextlib.contextmanager
def machine_from_files(place, port):
    """A Machine with an empty database, from files in `place` that deploy_files writes; its own are lost with the block."""
    files, var = place / "deploy", place / "var"
    public, staff = free_port(), free_port()
    with plan_on_loopback(public, staff) as (folder, plan), postgres.owned_folder("voice-pg-") as pg:
        plan = replace(plan, home=str(settings.BASE_DIR), etc_dir=str(place / "etc"), var_dir=str(var))
        write_files(files, plan)
        server = postgres.Cluster(pg, port=port)
        server.make("--username=postgres")
        server.url = server.url.replace("voice@", "postgres@")
        with (server.data / "postgresql.conf").open("a") as conf:
            conf.write((files / "postgresql" / "voice.conf").read_text())
        var.mkdir()
        with postgres.running(server), run_nginx(folder, plan):
            postgres.load(files / "postgresql" / "create.sql", server.url)
            machine = Machine(plan, files, server)
            try:
                yield machine
            finally:
                for process in machine.processes:
                    process.stop()
                shutil.rmtree(var)


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.server
def test_what_was_thanked_outlives_its_machine_and_what_was_taken_back_does_not(tmp_path):
    etc, port = tmp_path / "etc", free_port()
    url = f"postgres://voice:change-me@127.0.0.1:{port}/voice"
    with machine_from_files(tmp_path, port) as lost:
        with site_on(url, keys()) as tables:
            tables.make_tables()
        call_command(
            "setup",
            etc_dir=etc,
            var_dir=lost.plan.var_dir,
            database_url=url,
            no_input=True,
            no_help_entries=True,
            **SETUP,
        )
        with (etc / "voice.env").open("a") as environment:
            environment.write(f"BACKUP_COPY={tmp_path / 'away'}\n")
        lost.run(f"shell -v0 -c 'from tests.house.small_survey import make; make(){PEOPLE}'")
        lost.start_public()
        mine, other = lost.open_form(), lost.open_form()
        assert THANKED in lost.send(mine, "The bus stop is dark.")
        assert THANKED in lost.send(other, "I took this back.")
        with psycopg.connect(url) as database, pytest.raises(psycopg.errors.CheckViolation):
            database.execute("CREATE TEMP TABLE refused (words text CHECK (words = ''))")
            database.execute("INSERT INTO refused VALUES ('I feel scared')")
        assert "scared" not in lost.server.log.read_text()
        assert "both records are whole, 1 files of media" in lost.run("backup")
        lost.run(f"shell -v0 -c '{TAKEN_BACK}'")
    assert not lost.server.folder.exists() and not (tmp_path / "var").exists()
    with machine_from_files(tmp_path, port) as found:
        with pytest.raises(RuntimeError, match="SECRET_KEY is not the one"):
            found.run("restore --fetch --yes", SECRET_KEY="another, as long as it has to be: " + "x" * 40)
        with psycopg.connect(url) as database:
            assert database.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)
        said = found.run("restore --fetch --yes")
        assert "Checked: 100 %" in said and "Restored: 100 %" in said and "Taken out again: 1 responses." in said
        assert "1 files of media" in said
        assert "The audit log is whole" in found.run("verify_audit")
        assert "The ledger is whole" in found.run("verify_ledger")
        found.run("prepare_site --no-help-entries")
        found.start_public()
        assert THANKED in found.send(mine, "The bus stop is dark."), "a second press counts once"
        told = found.run(f"shell -v0 -c '{FOUND}'")
        assert json.loads(re.search(r"^{.*}$", told, re.MULTILINE)[0]) == {
            "words": ["The bus stop is dark."],
            "signed in": 0,
            "with a role": 0,
            "password": False,
            "drawing": "PNG",
        }
