"""The database of the last release, with the demo's data, becomes that of this code: nothing is lost, both records are
whole, the pages answer, and its tables are those of a new site.
"""

import contextlib
import json
import sqlite3

import pytest

from cms.demo import empty_tables
from tests.cms.operations.upgrades.last_release import bring_back
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
# A table of an app that the last release had and this code has not; its migrations stay applied.
LEFT_BEHIND = {"django_tasks_database_dbtaskresult"}
# What the screen found and what follows from it, as the database has it, and as whoever has the key reads it.
IN_CLEAR = """
import json
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT answer_id, flagged, priority, language, due, reasons, spans FROM consultation_screening"
        " JOIN consultation_answer ON id = answer_id ORDER BY answer_id")
    print(json.dumps([[str(key).replace("-", ""), bool(flagged), priority, language, str(due or "")[:16],
        *(json.loads(value) if isinstance(value, str) else value for value in found)]
        for key, flagged, priority, language, due, *found in cursor.fetchall()]))
"""
MAILBOXES_IN_CLEAR = """
import json
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT id, priority, due, alerted FROM consultation_mailbox ORDER BY id")
    print(json.dumps([[str(key).replace("-", ""), priority, str(due or "")[:16], alerted]
        for key, priority, due, alerted in cursor.fetchall()]))
"""
MAILBOXES_OPENED = """
import json
from consultation.safeguarding.mailbox.models import Mailbox
print(json.dumps([[row.pk.hex, row.priority, str(row.due or "")[:16], row.alerted]
    for row in Mailbox.objects.order_by("pk")]))
"""
NOTES_IN_CLEAR = """
import json
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT answer_id, spans, note FROM consultation_reading UNION ALL"
        " SELECT answer_id, marks, note FROM consultation_draft UNION ALL"
        " SELECT answer_id, NULL, reason FROM consultation_originalopened")
    print(json.dumps(sorted([str(key).replace("-", ""), json.loads(places) if isinstance(places, str) else places, note]
        for key, places, note in cursor.fetchall())))
"""
NOTES_OPENED = """
import json
from consultation.reading.models import Draft, OriginalOpened, Reading
print(json.dumps(sorted([*([row.pk.hex, row.spans, row.note] for row in Reading.objects.all()),
    *([row.answer_id.hex, row.marks, row.note] for row in Draft.objects.all()),
    *([row.answer_id.hex, None, row.reason] for row in OriginalOpened.objects.all())])))
"""
OPENED = """
import json
from consultation.reading.models import Screening
print(json.dumps([[row.pk.hex, row.flagged, row.priority, row.language, str(row.due or "")[:16], row.reasons, row.spans]
    for row in Screening.objects.order_by("pk")]))
"""
PLAIN = (IN_CLEAR, MAILBOXES_IN_CLEAR, NOTES_IN_CLEAR)
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


@pytest.mark.slow
@pytest.mark.parametrize("vendor", [VENDORS[0], pytest.param(VENDORS[1], marks=pytest.mark.postgres)])
def test_the_last_releases_database_is_upgraded_with_all_its_data(vendor, tmp_path):
    with scratch_site(vendor, keys()) as site:
        bring_back(site.database_url, tmp_path)
        site.environment["STAFF_NEED_MFA"] = "0"  # the demo's people have no second factor
        before = _look(site, COUNT)
        in_clear = [_look(site, code) for code in PLAIN]
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
        _what_was_found_is_sealed_and_can_be_opened(site, in_clear)
    assert vendor == "postgres" or (all(before.values()) and found["releases"]), "the demo has some of each"
    assert vendor == "postgres" or any(note for *_, note in in_clear[2])


def _look(site, code):
    return json.loads(site.manage("shell", "-v0", "-c", code))


def _what_was_found_is_sealed_and_can_be_opened(site, before):
    assert [_look(site, code) for code in (OPENED, MAILBOXES_OPENED, NOTES_OPENED)] == before
    emptied = ([False, "", "", "", [], None], ["", "", 0])
    for code, rows, empty in zip(PLAIN, before, emptied, strict=False):
        assert _look(site, code) == [[key, *empty] for key, *_ in rows]
    assert not any(places or note for _, places, note in _look(site, NOTES_IN_CLEAR))
    site.manage("migrate", "-v0", "consultation", "0034")
    assert [_look(site, code) for code in PLAIN] == before


def _its_tables_are_those_of_a_new_site(site, new):
    """The demo's file of empty tables, which all migrations made, is that of this code."""
    assert empty_tables.write_empty_tables({"ENGINE": "django.db.backends.sqlite3", "NAME": new})
    upgraded = site.database_url.removeprefix("sqlite:///")
    applied = "SELECT app, name FROM django_migrations WHERE app != 'django_tasks_database'"
    assert _read_rows(upgraded, applied) == _read_rows(new, applied), "run ./dev manage build_demo_tables"
    tables = "SELECT tbl_name, type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
    assert {row for row in _read_rows(upgraded, tables) if row[0] not in LEFT_BEHIND} == _read_rows(new, tables)


def _read_rows(path, sql):
    with contextlib.closing(sqlite3.connect(path)) as opened:
        return set(opened.execute(sql))
