"""The guide of cms/operations/INSTALL.md, followed line by line on a machine of its own, as a stranger does: from packages
to the first answer, through nginx, and to a doctor who finds the installation sound. systemd runs what the guide starts."""

import json
import re
import tempfile
from pathlib import Path

import pytest
from django.conf import settings

from cms.operations.deploy_files.server_plan import ServerPlan
from tests import postgres, production_site
from tests.cms.operations.deploy_files.local_nginx import SAY, STAFF, Nginx, write_certificate
from tests.cms.operations.own_machine import own_machine
from tests.house.faults.visitors import SURVEY, THANKED, TOKEN
from tests.missing_programs import take_your_time

pytestmark = [pytest.mark.postgres, pytest.mark.server, pytest.mark.slow, pytest.mark.longest, pytest.mark.mounts]
GUIDE = (settings.BASE_DIR / "cms" / "operations" / "INSTALL.md").read_text(encoding="utf-8")
LINES = re.findall(r"^    (\S.*)$", GUIDE, re.MULTILINE)
UPGRADE = (
    (settings.BASE_DIR / "cms" / "operations" / "README.md").read_text(encoding="utf-8").partition("## Upgrade")[2]
)
# What needs the world outside: Debian's packages, the code, an authority for certificates.
NOT_TYPED = ("apt-get install", "git clone", "certbot certonly")
PASSWORD = "correct-horse"
ANSWERS = f"""--no-input --organisation "the Leeds children's partnership" --district Leeds --mail-from say@leeds.test
--public-host {SAY} --staff-host {STAFF} --database-url postgres://voice:{PASSWORD}@127.0.0.1/voice --languages ur
--head-of-service head@leeds.test --administrators ada@leeds.test bo@leeds.test"""
# A mail server, a clock of its own, which no machine within another one has, and what people have to do.
TO_DO = {"mail", "time-server", "people", "factors", "readers", "rota", "help-fresh", "help-local"}


class Installation:
    """Types the guide's lines. What the guide asks to be filled in is filled in."""

    def __init__(self, machine, version):
        self.machine, self.version, self.said = machine, version, {}

    def follow(self):
        for line in LINES:
            if not line.startswith(NOT_TYPED):
                self.said[line] = self._follow(line.replace("/17/", f"/{self.version}/"))

    def _follow(self, line):
        if "create.sql" in line:
            self._replace("/opt/voice/deploy/postgresql/create.sql", "change-me", PASSWORD)
        if line.startswith("./dev manage setup"):
            self._load_tables()
            line = f"{line} {ANSWERS}".replace("\n", " ")
        return self.machine.type(line, may_end_with=(0, 1) if line == "voice doctor" else (0,))

    def _replace(self, path, old, new):
        file = self.machine.path(path)
        file.write_text(file.read_text().replace(old, new))

    def _load_tables(self):
        """Those that the real migrations make, which take minutes: its own migrations find nothing to do."""
        tables = self.machine.path("/tmp/tables.sql")
        tables.write_bytes(list_tables())
        tables.chmod(0o644)
        self.machine.type(f"psql -q -v ON_ERROR_STOP=1 -f /tmp/tables.sql postgres://voice:{PASSWORD}@127.0.0.1/voice")


def list_tables():
    """As SQL; of this run of the tests, where it has made them."""
    if (made := Path(production_site.KEPT) / "tables-postgres").exists():
        return made.read_bytes()
    with postgres.throwaway() as url, production_site.site_on(url, production_site.keys()) as site:
        site.make_tables()
        postgres.dump(url, site.folder / "tables.sql")
        return (site.folder / "tables.sql").read_bytes()


def give_what_a_fresh_machine_has(machine, version):
    """Nothing of an earlier installation, a cluster of PostgreSQL as its package makes it, the two names, and certificates
    as certbot leaves them."""
    machine.type("rm -rf /etc/voice /var/lib/voice /var/log/voice; systemctl stop postgresql")
    machine.type("rm -rf /etc/postgresql /var/lib/postgresql/* /var/log/postgresql/*")
    machine.type(f"pg_createcluster {version} main --start")
    with machine.path("/etc/hosts").open("a") as hosts, tempfile.TemporaryDirectory() as folder:
        for name in (SAY, STAFF):
            hosts.write(f"\n127.0.0.1 {name}\n")
            live = machine.path(f"/etc/letsencrypt/live/{name}")
            live.mkdir(parents=True)
            write_certificate(Path(folder), name)
            made = (Path(folder) / f"{name}.pem").read_bytes()
            (live / "fullchain.pem").write_bytes(made)
            (live / "privkey.pem").write_bytes((Path(folder) / f"{name}.key").read_bytes())
            with machine.path("/etc/ssl/certs/ca-certificates.crt").open("ab") as trusted:
                trusted.write(made)


@pytest.fixture(scope="module")
def installed():
    """(the machine, what each line said)."""
    take_your_time()
    version = postgres.binaries().parent.name
    with own_machine(settings.BASE_DIR) as machine:
        give_what_a_fresh_machine_has(machine, version)
        installation = Installation(machine, version)
        installation.follow()
        yield machine, installation.said


@pytest.fixture
def ask(installed):
    """ask(method, path, host=..., body=...): status and page, through nginx."""
    nginx = Nginx(ServerPlan(), None, None)
    return lambda *words, **more: installed[0].in_network(lambda: nginx.ask(*words, **more))


def test_each_line_is_typed_but_those_that_need_the_world(installed):
    assert len(installed[1]) == len([line for line in LINES if not line.startswith(NOT_TYPED)]) > 20
    assert {name for name in NOT_TYPED if not any(line.startswith(name) for line in LINES)} == set()


def test_the_first_page_is_ours_and_not_wagtails_welcome(ask):
    status, page = ask("GET", "/en/")
    assert status == 200
    assert "Welcome to your new Wagtail site" not in page.decode()
    assert "Have your say" in page.decode()
    assert ask("GET", "/ur/")[0] == 200
    assert "Childline" in ask("GET", "/en/help/")[1].decode()


def test_staff_pages_answer_on_their_own_name_alone(ask):
    assert ask("GET", "/accounts/login/")[0] == 404
    assert ask("GET", "/accounts/login/", host=STAFF)[0] == 200


def test_the_link_of_the_first_administrator_opens_a_form_for_a_password(installed):
    said = next(words for line, words in installed[1].items() if line.startswith("./dev manage setup"))
    link = re.search(rf"https://{STAFF}(/accounts/password/reset/key/\S+)", said)[1]
    nginx = Nginx(ServerPlan(), None, None)

    def open_form():
        connection = nginx.connect()
        connection.request("GET", link, headers={"Host": STAFF})
        reply = connection.getresponse()
        reply.read()
        cookie = re.search(r"__Host-staff=[^;]+", reply.headers["Set-Cookie"])[0]
        return nginx.ask("GET", reply.headers["Location"], STAFF, headers={"Cookie": cookie}, connection=connection)

    status, page = installed[0].in_network(open_form)
    assert status == 200 and 'type="password"' in page.decode()


def test_the_first_answer_is_kept(installed, ask):
    installed[0].type("voice shell -v0 -c 'from tests.house.small_survey import make; make()'")
    token = TOKEN.search(ask("GET", SURVEY)[1].decode())[1]
    body, form = f"token={token}&a=1&b=More+lights.", {"Content-Type": "application/x-www-form-urlencoded"}
    assert THANKED in ask("POST", SURVEY, body=body, headers=form)[1].decode()


def test_systemd_starts_again_a_worker_that_was_killed(installed):
    def read_process():
        return installed[0].type("systemctl show --property=MainPID --value voice-worker").strip()

    killed = read_process()
    installed[0].type("systemctl kill --signal=KILL voice-worker; sleep 4; systemctl is-active voice-worker")
    assert read_process() not in {"0", killed}


def test_the_services_of_each_night_end_well_in_their_sandbox(installed):
    """Wrong is only what people have to do, which the doctor's log says."""
    machine, _ = installed
    machine.type("systemctl start voice-backup; systemctl start voice-doctor", may_end_with=(0, 1))
    results = machine.type("systemctl show --property=Result --value voice-backup")
    assert results.strip() == "success", machine.type("cat /var/log/voice/backup.log")
    assert "WRONG" in machine.type("cat /var/log/voice/doctor.log")
    waiting = machine.type("systemctl list-timers --no-pager")
    assert "voice-backup.timer" in waiting and "voice-doctor.timer" in waiting


def test_the_services_run_without_rights_and_write_in_their_places_alone(installed):
    for service, user in (("public", "voice-public"), ("staff", "voice-staff"), ("worker", "voice-staff")):
        process = installed[0].type(f"systemctl show --property=MainPID --value voice-{service}").strip()
        status = installed[0].path(f"/proc/{process}/status").read_text()
        assert installed[0].type(f"ps -o user= -p {process}").strip() == user
        assert re.search(r"^CapBnd:\s+0+$", status, re.MULTILINE) and "NoNewPrivs:\t1" in status
        writable = installed[0].type(f"nsenter --target={process} --mount sh -c '! touch /opt/voice/new 2>&1'")
        assert "Read-only file system" in writable


def test_the_doctor_finds_wrong_only_what_people_have_to_do(installed):
    found = json.loads(installed[0].type("voice doctor --json", may_end_with=(1,)))["checks"]
    assert {one["key"] for one in found if not one["ok"]} == TO_DO, [one for one in found if not one["ok"]]


def test_an_upgrade_by_the_guide_leaves_no_alarm(installed):
    """The code is the same: what is shown is that a restarted site is sound at once, as `voice-upgrade-all` asks."""
    lines = re.findall(r"^    (\S.*)$", UPGRADE.partition("\n## ")[0], re.MULTILINE)
    assert [line.split()[0] for line in lines] == ["voice", "cd", "voice", "systemctl"]
    for line in lines:
        if not line.startswith("cd "):
            installed[0].type(line)
    installed[0].type("voice doctor --alarms")
