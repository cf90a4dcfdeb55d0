"""The database goes back to a moment after the last full backup, by the files of deploy_files and the commands of
cms/operations/backups/README.md: all thanked answers are there, and what was taken back since is erased again."""

import json
import re
import shlex
import shutil
import subprocess
import time
from pathlib import Path

import psycopg
import pytest

from cms.operations.backups import database_copies
from cms.operations.deploy_files.file_writer import render_file
from cms.operations.deploy_files.server_plan import ServerPlan
from tests import postgres
from tests.cms.operations.recovery.test_drill import FOUND, PEOPLE, TAKEN_BACK
from tests.production_site import keys, site_on

pytestmark = [pytest.mark.slow, pytest.mark.postgres, pytest.mark.pgbackrest]
GUIDE = Path(database_copies.__file__).with_name("README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    runuser -u postgres -- (pgbackrest .*)$", GUIDE, re.MULTILINE)
ANSWERS = """
from consultation.surveys.models import PublishedVersion
from tests.factories import response
version = PublishedVersion.objects.get()
for words in ("The bus stop is dark.", "I took this back."):
    response(version, closed={"a": "1"}, texts={"b": words})
"""
MOMENT = "2026-12-01 14:05:00+00"


@pytest.fixture
def server(monkeypatch, tmp_path):
    """A server that archives by the files of deploy_files; where they are for a real machine, the environment says where
    they are here."""
    archive = re.findall(r"^(\w+ = .*)$", render_file("postgresql/wal-archive.conf", ServerPlan()), re.MULTILINE)
    with postgres.owned_folder("voice-pg-") as folder:
        made = postgres.Cluster(folder)
        config = folder / "pgbackrest.conf"
        config.write_text(render_file("postgresql/pgbackrest.conf", ServerPlan()), encoding="utf-8")
        postgres.give_to_server(config)
        here = {"config": config, "pg1-path": made.data, "pg1-socket-path": folder, "pg1-user": "voice"}
        here |= {f"{name}-path": folder / name for name in ("repo1", "log", "lock", "spool")}
        for name, value in here.items():
            monkeypatch.setenv(f"PGBACKREST_{name.upper().replace('-', '_')}", str(value))
        made.make()
        with (made.data / "postgresql.conf").open("a") as settings:
            settings.write("\n".join(archive))
        with postgres.running(made):
            yield made


def run(command):
    done = subprocess.run(postgres.as_server_user(shlex.split(command)), capture_output=True, text=True, cwd="/")
    assert done.returncode == 0, done.stdout + done.stderr


def ask(server, statement):
    with psycopg.connect(server.url, autocommit=True) as connection:
        return connection.execute(statement).fetchone()[0]


def wait_until(true, server):
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline, server.log.read_text()[-3000:]
        time.sleep(0.1)


def archive_all(server):
    """As after a minute (archive_timeout)."""
    last = ask(server, "SELECT pg_walfile_name(pg_switch_wal())")
    wait_until(lambda: ask(server, f"SELECT last_archived_wal >= '{last}' FROM pg_stat_archiver"), server)


def lose_and_bring_back(server, restore):
    """The disk of the database is empty, and filled again up to the moment."""
    server.stop()
    shutil.rmtree(server.data)
    server.data.mkdir()
    postgres.give_to_server(server.data)
    run(restore)
    server.start()
    wait_until(lambda: not ask(server, "SELECT pg_is_in_recovery()"), server)


def test_a_lost_database_comes_back_to_a_moment_after_its_backup(server, tmp_path):
    create, backup, restore = COMMANDS
    assert MOMENT in restore
    with site_on(server.url, keys()) as site:
        site.environment["BACKUP_COPY"] = str(tmp_path / "away")
        site.make_tables()
        site.python("-m", "tests.house.small_survey")
        run(create)
        run(backup)
        site.manage("shell", "-v0", "-c", PEOPLE + ANSWERS)
        moment, today = str(ask(server, "SELECT clock_timestamp()")), str(ask(server, "SELECT current_date"))
        (Path(site.folder) / "var" / "backups").mkdir(exist_ok=True)
        site.manage("shell", "-v0", "-c", TAKEN_BACK)
        archive_all(server)
        lose_and_bring_back(server, restore.replace(MOMENT, moment))
        with_both = json.loads(site.manage("shell", "-v0", "-c", FOUND))
        assert sorted(with_both["words"]) == ["I took this back.", "The bus stop is dark."], (
            "that moment, and no later"
        )
        said = site.manage("restore", "--fetch", "--restored-on", today, "--yes")
        assert "Taken out again: 1 responses." in said
        found = json.loads(site.manage("shell", "-v0", "-c", FOUND))
        assert found["words"] == ["The bus stop is dark."] and not found["signed in"] and not found["with a role"]
        assert "is whole" in site.manage("verify_audit") and "is whole" in site.manage("verify_ledger")
        archive_all(server)
        lose_and_bring_back(server, re.sub(r"--(?:type|target|target-action)=(?:'[^']*'|\S+) ", "", restore))
        assert json.loads(site.manage("shell", "-v0", "-c", FOUND)) == found, "without a moment all comes back"
