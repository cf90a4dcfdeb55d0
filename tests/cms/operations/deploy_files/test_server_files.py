"""Every file of deploy_files is read by the program for which it is meant, and says what the code says."""

import contextlib
import io
import re
import subprocess
import time
from pathlib import Path

import psycopg
import pytest
import yaml
from django.conf import settings
from django.core.management import CommandError, call_command

from cms.management.commands import setup
from cms.operations.deploy_files import file_writer
from cms.operations.deploy_files.server_plan import ServerPlan
from cms.operations.doctor.machine_checks import POSTGRESQL_WANTED
from cms.operations.postgresql.readiness import PRIVATE_LOG
from cms.settings.variables import VARIABLES
from tests import helm, postgres
from tests.missing_programs import SERVER_PROGRAMS
from tests.production_site import free_port

pytestmark = pytest.mark.any_database


@pytest.fixture
def folder(tmp_path):
    call_command("deploy_files", str(tmp_path / "deploy"), home=str(settings.BASE_DIR), stdout=io.StringIO())
    return tmp_path / "deploy"


def run(*command, **options):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.server
@pytest.mark.slow
def test_systemd_finds_no_fault_in_a_unit(folder):
    units = [path for path in (folder / "systemd").iterdir() if path.suffix != ".md"]
    assert {path.suffix for path in units} == {".service", ".socket", ".timer"}
    said = run(SERVER_PROGRAMS["systemd-analyze"], "verify", "--man=no", "--recursive-errors=no", *units)
    assert said.strip() == ""


def test_the_command_of_the_server_does_not_take_roots_home(folder):
    """voice-staff cannot read it; without HOME programs take that of their user."""
    lines = (folder / "voice").read_text().splitlines()
    assert next(line for line in lines if "HOME" in line).startswith("unset HOME")


def test_what_the_command_of_the_server_writes_is_open_to_the_group_and_nobody_else(folder, tmp_path):
    """After a restore on SQLite, by root's umask, the public site could read the database and keep no answer."""
    (tmp_path / "setpriv").write_text("#!/bin/sh\numask\n")
    (tmp_path / "setpriv").chmod(0o755)
    script = re.sub(r"^\. .*\n", "", (folder / "voice").read_text(), flags=re.M)
    said = run("sh", "-c", f"umask 0022\n{script}", env={"PATH": f"{tmp_path}:/usr/bin:/bin"})
    hardening = (folder / "systemd" / "voice-public.service").read_text()
    assert said.strip() == re.search(r"^UMask=(\d+)$", hardening, re.M)[1] == "0007"


def test_the_services_that_copy_backups_may_write_where_the_guide_puts_the_second_place(folder):
    guide = (settings.BASE_DIR / "cms" / "operations" / "backups" / "README.md").read_text()
    place = re.search(r"Second place \| the folder `(\S+)`", guide)[1]
    units = {
        name: (folder / "systemd" / f"voice-{name}.service").read_text() for name in ("backup", "worker", "public")
    }
    assert {name for name, unit in units.items() if f"ReadWritePaths=-{place}\n" in unit} == {"backup", "worker"}


def test_a_file_that_takes_a_password_is_its_owners_alone(folder):
    """Others on the machine would read the password of the database, and the passphrase of point in time."""
    open_ = [path for path in folder.rglob("*") if path.is_file() and path.stat().st_mode & 0o077]
    assert len(open_) > 20 and not [path for path in open_ if "change-me" in path.read_text()]
    passwords = {path.name for path in folder.rglob("*") if path.is_file() and path not in open_}
    assert passwords == {"create.sql", "pgbackrest.conf"}
    (folder / "postgresql" / "create.sql").chmod(0o644)  # of an earlier release
    call_command("deploy_files", str(folder), stdout=io.StringIO())
    assert (folder / "postgresql" / "create.sql").stat().st_mode & 0o777 == 0o600


def test_the_folder_of_the_guide_is_not_committed():
    """It holds the password of the database."""
    assert "deploy/postgresql/create.sql" in run(
        "git", "check-ignore", "deploy/postgresql/create.sql", cwd=settings.BASE_DIR
    )


def test_a_public_process_gets_no_key(folder):
    public = (folder / "systemd" / "voice-public.service").read_text()
    assert "voice-keys.env" not in public
    assert "Environment=ANSWER_OPEN_KEYS= RECORD_KEY_SECRET=" in public
    assert "User=voice-public" in public
    for name in ("staff", "worker", "backup"):
        unit = (folder / "systemd" / f"voice-{name}.service").read_text()
        assert "voice-keys.env" in unit and "User=voice-staff" in unit
    services = yaml.safe_load((folder / "containers" / "compose.yaml").read_text())["services"]
    assert services["public"]["env_file"] == ["voice.env"]
    assert services["staff"]["env_file"] == ["voice.env", "voice-keys.env"]


def test_all_processes_are_of_one_group(folder):
    """One of another could not write beside the others into the folder of the data."""
    texts = [path.read_text() for path in [*(folder / "systemd").glob("*.service"), folder / "voice"]]
    assert {group for text in texts for group in re.findall(r"(?:^Group=|--regid=)(\S+)", text, re.M)} == {setup.GROUP}
    guide = Path(settings.BASE_DIR) / "cms" / "operations" / "INSTALL.md"
    assert f"groupadd --system {setup.GROUP}\n" in guide.read_text(encoding="utf-8")


@pytest.mark.server
@pytest.mark.slow
def test_logrotate_and_compose_read_their_files(folder):
    (folder / "logrotate" / "voice").chmod(0o644)
    said = run(SERVER_PROGRAMS["logrotate"], "-d", folder / "logrotate" / "voice")
    assert "error" not in said and "(7 rotations)" in said
    containers = folder / "containers"
    for name in ("voice.env", "voice-keys.env", "database-password"):
        (containers / name).touch()
    found = yaml.safe_load(run(SERVER_PROGRAMS["docker-compose"], "-f", containers / "compose.yaml", "config"))
    assert {"database", "prepare", "public", "staff", "worker", "nginx"} == found["services"].keys()
    assert all(found["services"][name]["read_only"] for name in ("public", "staff", "worker", "nginx"))


def test_what_compose_and_helm_run_is_there(folder):
    """A command or file that was renamed would be found at the first deployment only."""
    texts = [(folder / "containers" / name).read_text() for name in ("Containerfile", "compose.yaml")]
    texts += [path.read_text() for path in (folder / "helm" / "templates").iterdir()]
    texts += [path.read_text() for path in (folder / "systemd").glob("*.service")]
    commands = {name for text in texts for name in re.findall(r"manage\.py,? (\w+)", text)}
    assert {"prepare_site", "worker", "backup"} <= commands
    here = Path(settings.BASE_DIR) / "cms" / "management" / "commands"
    assert [name for name in commands if not (here / f"{name}.py").exists()] == []
    copied = re.findall(r"^COPY (\S+) ", texts[0], re.M)
    assert [name for name in copied if not (Path(settings.BASE_DIR) / name).exists()] == []
    assert "USER 10001" in texts[0] and "HEALTHCHECK" in texts[0] and "/livez" in texts[0]


def test_the_charts_values_are_those_that_its_templates_ask_for(folder):
    values = yaml.safe_load((folder / "helm" / "values.yaml").read_text())
    text = "".join(path.read_text() for path in (folder / "helm" / "templates").iterdir())
    assert set(re.findall(r"\.Values\.(\w+)", text)) == values.keys()


@pytest.mark.helm
def test_helm_finds_no_fault_in_the_chart(folder):
    run(helm.PROGRAM, "lint", "--strict", folder / "helm")
    made = run(helm.PROGRAM, "template", "voice", folder / "helm")
    assert {one["kind"] for one in yaml.safe_load_all(made) if one} >= {"Deployment", "Job", "CronJob", "Ingress"}


def test_postgresqls_file_keeps_all_out_of_its_log_that_the_check_asks_for(folder):
    settings_text = (folder / "postgresql" / "voice.conf").read_text()
    wanted = dict(re.findall(r"^(\w+) = (\S+)", settings_text, re.M))
    assert {name: wanted.get(name) for name in PRIVATE_LOG | POSTGRESQL_WANTED} == PRIVATE_LOG | POSTGRESQL_WANTED


@pytest.mark.server
@pytest.mark.postgres
@pytest.mark.slow
def test_pgbouncer_reads_its_file_and_leads_to_the_database(folder):
    port = free_port()
    with contextlib.ExitStack() as held:
        url = held.enter_context(postgres.throwaway())
        text = (folder / "pgbouncer" / "pgbouncer.ini").read_text()
        socket_folder = psycopg.conninfo.conninfo_to_dict(url)["host"]
        text = re.sub(r"^voice = .*$", f"voice = host={socket_folder} user=voice dbname=postgres", text, flags=re.M)
        text = text.replace("listen_port = 6432", f"listen_port = {port}\nunix_socket_dir =")
        text = text.replace("auth_type = scram-sha-256\nauth_file = /etc/pgbouncer/userlist.txt", "auth_type = any")
        own = held.enter_context(postgres.owned_folder("voice-bouncer-"))
        (own / "pgbouncer.ini").write_text(text)
        command = postgres.as_server_user([SERVER_PROGRAMS["pgbouncer"], own / "pgbouncer.ini"])
        running = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        try:
            assert ask_through(port) == (1,)
        finally:
            running.terminate()
            running.wait(timeout=10)


def ask_through(port):
    for _ in range(50):
        with (
            contextlib.suppress(psycopg.OperationalError),
            psycopg.connect(f"host=127.0.0.1 port={port} dbname=voice user=voice connect_timeout=2") as through,
        ):
            return through.execute("SELECT 1").fetchone()
        time.sleep(0.1)
    raise AssertionError("PgBouncer led nowhere.")


def test_the_sample_explains_every_variable(folder):
    sample = (folder / "voice.env.sample").read_text()
    for name, variable in VARIABLES.items():
        assert re.search(rf"^#?{name}=", sample, re.M), name
        assert variable.meaning in sample
    # `voice` reads it by a shell, and so each value that it shows, too.
    whole = re.sub(r"^#(?=[A-Z_]+=)", "", sample, flags=re.M)
    show = "".join(f'printf "%s\\n" "${name}"; ' for name in VARIABLES)
    done = subprocess.run(["sh", "-euc", whole + show], capture_output=True, text=True, env={})
    expected = [(one.example or one.default).replace("VAR_DIR", "/var/lib/voice") for one in VARIABLES.values()]
    assert (done.stderr, done.stdout.splitlines()) == ("", expected)
    assert "&" not in re.sub(r"#.*", "", sample), "nothing is escaped as in a page"


def test_staff_need_a_host_of_their_own(tmp_path):
    with pytest.raises(CommandError, match="a name of their own"):
        call_command("deploy_files", str(tmp_path), public_host="a.example.org", staff_host="a.example.org")


def test_the_same_plan_is_in_every_file(tmp_path):
    plan = ServerPlan(public_host="hear.example.net", var_dir="/srv/hear", staff_host="desk.example.net")
    made = dict(file_writer.build_files(plan))
    assert "server_name hear.example.net;" in made["nginx/nginx.conf"]
    assert "ReadWritePaths=/srv/hear" in made["systemd/voice-staff.service"]
    assert "/srv/hear" in made["containers/compose.yaml"]
    assert not [name for name, text in made.items() if "example.org" in text and not name.startswith("helm")]


def test_the_monitors_files_are_among_them():
    made = dict(file_writer.build_files(ServerPlan(public_host="hear.example.net", staff_host="desk.example.net")))
    assert {"metrics/alert_rules.yaml", "metrics/grafana_dashboard.json"} <= made.keys()
    assert "targets: [desk.example.net]" in made["metrics/prometheus_scrape.yaml"]
