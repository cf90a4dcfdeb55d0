"""The database of the last release, with the demo's data, becomes that of this code: nothing is lost, both records are
whole, the pages answer, and its tables are those of a new site.
"""

import contextlib
import json
import re
import sqlite3

import pytest
from django.conf import settings

from cms.demo import empty_tables
from tests.cms.operations.upgrades.last_release import OURS, bring_back, list_released_migrations
from tests.production_site import VENDORS, keys, scratch_site

# What people sent and what was decided: as many rows before and after.
KEPT = (
    "cms_user", "consultation_response", "consultation_answer", "consultation_reading", "consultation_triagecase",
    "consultation_auditentry", "consultation_publishedversion", "consultation_receipt", "insights_text",
    "insights_release", "insights_decision", "insights_ledgerentry",
)  # fmt: skip
COUNT = f"""
import json
from django.db import connection
with connection.cursor() as cursor:
    found = {{}}
    for name in {KEPT!r}:
        cursor.execute(f"SELECT count(*) FROM {{name}}")
        found[name] = cursor.fetchone()[0]
print(json.dumps(found))
"""
REASONS = [{"rule": "hit", "category": "violence", "label": "Says that somebody hits", "start": 0, "end": 2}]
SPANS = [{"start": 0, "end": 2, "type": "PERSON", "why": "A first name"}]
# What a process of 0.1.0 writes while 0.2.0 is put in: it knows no sealed column.
WRITTEN_IN_CLEAR = f"""
import json
from django.db import connection
reasons, spans = json.dumps({REASONS}), json.dumps({SPANS})
def run(sql, *values):
    cursor.execute(sql, values)
with connection.cursor() as cursor:
    run("SELECT id FROM consultation_answer WHERE state = 'unread' ORDER BY id LIMIT 1")
    [answer] = cursor.fetchone()
    run("DELETE FROM consultation_screening WHERE answer_id = %s", answer)
    run("DELETE FROM consultation_reading WHERE answer_id = %s", answer)
    run("INSERT INTO consultation_screening (answer_id, flagged, priority, score, language, reasons, spans, engine,"
        " alike, copy, alerted, read_counted) VALUES"
        " (%s, true, 'T1', 0, 'cy', %s, %s, 'old', '', false, 50, false)", answer, reasons, spans)
    run("INSERT INTO consultation_reading (answer_id, reader_id, decision, spans, text, identifying_story, quotable,"
        " was_triaged, note, language, decided_at, released) SELECT %s, min(id), 'hold', %s, '', false, true, false,"
        " 'Is this her uncle?', '', '2026-11-30 12:00:00Z', false FROM cms_user", answer, spans)
    run("INSERT INTO consultation_originalopened (answer_id, by_id, reason, day) SELECT %s, min(id), 'A lead asks',"
        " '2026-11-30' FROM cms_user", answer)
    run("INSERT INTO consultation_urgentnotice (person_id, slot) SELECT min(id), '2026-11-30 12:00:00Z' FROM cms_user")
    run("UPDATE consultation_answer SET state = 'held', due = '2026-11-30 14:00:00Z' WHERE id = %s", answer)
    run("UPDATE consultation_screening SET flagged = true, priority = 'T2', engine = 'reported' WHERE answer_id IN"
        " (SELECT answer_id FROM consultation_screening WHERE NOT reported AND engine != 'old' LIMIT 1)")
    run("UPDATE insights_sentoffer SET contact = 'hall@example.org', sealed_contact = %s", b"")
"""
SEALED_NOW = """
import json
from consultation.reading.models import OriginalOpened, Reading, Screening
from insights.commitments.models import SentOffer
row = Screening.objects.get(engine="old")
read = Reading.objects.get(pk=row.pk)
opened = OriginalOpened.objects.get(answer=row.pk)
more = [one.reported for one in Screening.objects.filter(engine="reported")]
more += {one.contact for one in SentOffer.objects.all()}
print(json.dumps([row.order, row.reasons, row.spans, read.spans, read.note, opened.reason, *more]))
"""
LOOK = """
import json
from django.db import connection
from django.test import Client
from cms.accounts.models import User
from consultation.responses.models import Answer
from consultation.responses.vault import open_sealed_text
from consultation.surveys.models import PublishedVersion
from insights.releases.models import Release
found, version = {}, PublishedVersion.objects.order_by("pk").first()
def look(path, email=""):
    client = Client(raise_request_exception=False, headers={"host": "127.0.0.1"})
    if email:
        client.force_login(User.objects.get(email__startswith=email), "django.contrib.auth.backends.ModelBackend")
    for _ in range(3):  # the first visit of a process also loads the page, for which a busy machine takes too long
        answer = client.get(path, follow=True)
        found[path] = "sign in" if "/accounts/" in answer.request["PATH_INFO"] else answer.status_code
        if found[path] == 200:
            break
        connection.close()  # as a server does after a request that ran out of time
for path in ("/en/", f"/en/have-your-say/{version.page.slug}/answer/", "/en/you-said-we-did/"):
    look(path)
if User.objects.filter(email__startswith="reader1").exists():
    look("/staff/reading/", "reader1")
    look("/staff/safeguarding/", "lead1")
    look("/staff/task-list/", "officer1")
    look("/insights/", "planner")
    for release in Release.objects.order_by("-pk")[:2]:
        look(f"/insights/releases/{release.pk}/", "planner")
print(json.dumps({
    "pages": found,
    "opened": sum(bool(open_sealed_text(one.sealed)) for one in Answer.objects.exclude(sealed=b"")[:20]),
    "releases": [one.pk for one in Release.objects.all() if one.verification],
}))
"""

# {(app, name): why it cannot be undone}: migrations since the last release at which the way back to it ends.
NOT_UNDONE: dict[tuple[str, str], str] = {}
COLUMNS = f"""
import json
from importlib import import_module
from django.db import connection, migrations
from django.db.migrations.executor import MigrationExecutor
def look():
    with connection.cursor() as cursor:
        return {{table: sorted(column.name for column in connection.introspection.get_table_description(cursor, table))
            for table in connection.introspection.table_names(cursor) if table.split("_")[0] in {OURS!r}}}
"""
GO_BACK = """
executor, upgraded = MigrationExecutor(connection), look()
executor.migrate(TARGETS)
print(json.dumps([upgraded, look()]))
"""
FAIL_AND_GO_FORTH = """
def fail(apps, editor):
    raise RuntimeError("half-way")
def migrate():
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
executor = MigrationExecutor(connection)
first, _ = executor.migration_plan(executor.loader.graph.leaf_nodes())[0]
operations = import_module(f"{first.app_label}.migrations.{first.name}").Migration.operations
operations.append(migrations.RunPython(fail))
try:
    migrate()
except RuntimeError:
    operations.pop()
failed = look()
migrate()
print(json.dumps([failed, look()]))
"""


@pytest.mark.slow
@pytest.mark.parametrize("vendor", [VENDORS[0], pytest.param(VENDORS[1], marks=pytest.mark.postgres)])
def test_the_last_releases_database_is_upgraded_with_all_its_data(vendor, tmp_path):
    with scratch_site(vendor, keys()) as site:
        bring_back(site.database_url, tmp_path)
        site.environment["STAFF_NEED_MFA"] = "0"  # the demo's people have no second factor
        tables = _look(site, COLUMNS + "print(json.dumps(look()))")
        site.manage("shell", "-v0", "-c", WRITTEN_IN_CLEAR)
        before = _look(site, COUNT)
        assert before["consultation_response"] and before["consultation_answer"] and before["cms_user"]
        site.manage("migrate", "-v0")
        if vendor == "sqlite":
            _its_tables_are_those_of_a_new_site(site, tmp_path / "new.sqlite3")
        site.collect_static()
        assert _look(site, COUNT) == before
        assert "is whole" in site.manage("verify_audit") and "is whole" in site.manage("verify_ledger")
        found = _look(site, LOOK)
        assert found["opened"] >= 2, "sealed words still open"
        assert set(found["pages"].values()) == {200}, found
        for release in found["releases"][:1]:
            site.manage("verify_release", release)
        sealed = [[True, "T1", "cy"], REASONS, SPANS, SPANS, "Is this her uncle?", "A lead asks"]
        assert _look(site, SEALED_NOW) == sealed + [True, "hall@example.org"] * (vendor == "sqlite")
        if _has_new_migrations():
            counted = _look(site, COUNT)  # the visits stand in the audit log
            upgraded, back = _look(site, COLUMNS + GO_BACK.replace("TARGETS", repr(_list_last_migrations())))
            assert back == tables or NOT_UNDONE
            assert _look(site, COLUMNS + FAIL_AND_GO_FORTH) == [back, upgraded], "one that fails leaves nothing behind"
            assert _look(site, COUNT) == counted
    assert vendor == "postgres" or (all(before.values()) and found["releases"]), "the demo has some of each"


def _look(site, code):
    return json.loads(site.manage("shell", "-v0", "-c", code))


def _has_new_migrations():
    files = {(app, path.stem) for app in OURS for path in (settings.BASE_DIR / app / "migrations").glob("0*.py")}
    return files - list_released_migrations() - NOT_UNDONE.keys()


def _list_last_migrations():
    """Of each app the last one of the release, or one since then that cannot be undone."""
    kept = sorted(list_released_migrations() | NOT_UNDONE.keys())
    return list({app: (app, name) for app, name in kept if app in OURS}.values())


def _its_tables_are_those_of_a_new_site(site, new):
    """The demo's file of empty tables, which all migrations made, is that of this code."""
    assert empty_tables.write_empty_tables({"ENGINE": "django.db.backends.sqlite3", "NAME": new})
    upgraded = site.database_url.removeprefix("sqlite:///")
    applied = "SELECT app, name FROM django_migrations"
    assert _read_rows(upgraded, applied) == _read_rows(new, applied), "run ./dev manage build_demo_tables"
    tables = "SELECT tbl_name, type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
    assert set(map(_in_any_order, _read_rows(upgraded, tables))) == set(map(_in_any_order, _read_rows(new, tables)))


def _in_any_order(row):
    """The row with the words of its SQL in alphabetical order: a column that came later stands last in its table."""
    *what, sql = row
    return *what, *sorted(re.findall(r"[^\s,()]+", sql or ""))


def _read_rows(path, sql):
    with contextlib.closing(sqlite3.connect(path)) as opened:
        return set(opened.execute(sql))
