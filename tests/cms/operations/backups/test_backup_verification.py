"""A backup counts when it was restored for a trial; its age is an alarm, and a monitor hears of each."""

import http.server
import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from cms.accounts.models import User
from cms.operations.backups import actions, scratch_databases
from cms.operations.backups.backup_content import open_backup
from cms.operations.backups.readiness import check_backup_freshness, check_backup_key
from consultation.audit.audit_log import record_event
from consultation.audit.models import AuditEntry
from consultation.readiness import list_readiness_checks
from consultation.responses.models import Response
from consultation.responses.vault import generate_key_pair
from tests.cms.operations.backups.test_backups import backed_up
from tests.factories import response

pytestmark = pytest.mark.django_db(transaction=True)

TODAY = timezone.localdate()


@pytest.fixture
def pinged(settings):
    """The paths that a monitor on loopback was asked for."""
    paths = []

    class Monitor(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            paths.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *arguments):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Monitor) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.BACKUP_PING_URL = f"http://127.0.0.1:{server.server_port}/backup"
        yield paths
        server.shutdown()


@pytest.mark.slow
def test_a_backup_is_restored_on_the_side_before_the_monitor_hears_of_it(site, folder, person, pinged, settings):
    settings.STORAGES = dict(settings.STORAGES)  # anew, without what other tests stored
    person("planner")
    response(site[1], closed={"a": "1"})
    default_storage.save("original_images/drawing.png", ContentFile(b"PNG"))
    out = StringIO()
    call_command("backup", stdout=out)
    assert "both records are whole" in out.getvalue() and "1 files of media" in out.getvalue()
    assert "SECRET_KEY, ANSWER_OPEN_KEYS, RECORD_KEY_SECRET" in out.getvalue(), "what is not in it is named"
    assert pinged == ["/backup"]
    assert AuditEntry.objects.get(verb=actions.VERIFIED).data == {"day": TODAY.isoformat()}
    assert Response.objects.count() == 1
    assert not list(folder.parent.glob("copy-*"))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM pg_database WHERE datname LIKE %s", [f"%{scratch_databases.DATABASE_SUFFIX}"]
            )
            assert cursor.fetchone() is None


@pytest.mark.slow
def test_a_record_that_was_altered_before_the_backup_is_found(site, pinged, monkeypatch):
    path = backed_up()
    monkeypatch.setattr(actions, "create_backup", lambda to: altered(path))
    with pytest.raises(CommandError, match="cannot be restored.*verify_audit.*does not hold that entry"):
        call_command("backup", stdout=StringIO())
    assert pinged == [] and not AuditEntry.objects.filter(verb=actions.VERIFIED).exists()


def altered(path):
    """The same backup, said to begin with an entry of the audit log that it does not hold."""
    with open_backup(path) as (about, _):
        pass
    described = actions.backup_content.AboutBackup(about.vendor, about.day, about.version, "0" * 64, about.secret)
    with path.open("wb") as file, scratch_databases.open_scratch_folder() as scratch:
        actions.backup_content.write_backup(file, described, scratch)
    return path


def test_a_damaged_backup_is_not_taken_for_one(site):
    path = backed_up()
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(CommandError, match="cut short"):
        call_command("verify_backup")
    assert not AuditEntry.objects.filter(verb=actions.VERIFIED).exists()


def test_without_the_private_key_it_is_made_and_says_that_it_was_not_verified(site, folder, settings, pinged):
    User.objects.create_user("somebody@staff.test")
    settings.ANSWER_OPEN_KEYS = [generate_key_pair()[1]]
    with pytest.raises(CommandError, match="not verified: no key here opens it"):
        call_command("backup", stdout=StringIO())
    assert len(actions.list_backups()) == 1 and pinged == []


def test_verify_backup_needs_one(site, folder):
    with pytest.raises(CommandError, match="no backup in BACKUP_DIR"):
        call_command("verify_backup")
    with pytest.raises(CommandError, match="no file"):
        call_command("verify_backup", folder / "none")


@pytest.mark.parametrize(
    ("days", "ok", "says"), [(0, True, "The last one is of"), (2, True, ""), (3, False, "old"), (-2, False, "to come")]
)
def test_an_old_backup_is_an_alarm(db, days, ok, says):
    assert not check_backup_freshness().ok, "none at all is one, too"
    record_event(actions.VERIFIED, day=(TODAY - timedelta(days=days)).isoformat())
    found = check_backup_freshness()
    assert found.ok is ok and says in found.says and bool(found.mend) is not ok
    [check] = [one for one in list_readiness_checks() if one.key == "backup"]
    assert check.alarm and check.lapses


def test_a_backup_that_was_only_made_is_none(db):
    record_event(actions.MADE, day=TODAY.isoformat())
    assert not check_backup_freshness().ok


def test_a_key_of_their_own_is_asked_for(settings):
    assert "BACKUP_SEAL_KEY" in check_backup_key().mend
    settings.BACKUP_SEAL_KEY, opens = generate_key_pair()
    assert check_backup_key().ok
    for keys, ok in (([opens], True), ([generate_key_pair()[1]], False), (["no key"], False)):
        settings.BACKUP_OPEN_KEYS = keys
        assert check_backup_key().ok is ok, "no backup could be opened, and nobody was told before the day"


def test_a_monitor_that_is_away_stops_no_backup(site, settings, monkeypatch):
    settings.BACKUP_PING_URL = "http://127.0.0.1:9/backup"
    path, err = backed_up(), StringIO()
    monkeypatch.setattr(actions, "create_backup", lambda to: path)
    monkeypatch.setattr(actions, "_run_on", lambda *command: None)
    call_command("backup", stdout=StringIO(), stderr=err)
    assert "BACKUP_PING_URL was not reached: URLError" in err.getvalue()
