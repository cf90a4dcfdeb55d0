"""The ledger's staff page, its file, and an outsider's verification."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from consultation.audit.models import AuditEntry
from insights.decisions.actions import change_decision
from insights.decisions.ledger import check_ledger
from insights.decisions.ledger.actions import sign_head
from insights.decisions.models import LedgerEntry


@pytest.fixture
def kept(draft, planner, client, tmp_path):
    """An outsider's copy of the heads, and the file that staff can take."""
    change_decision(decision=draft, by=planner, title="=1+1 lights, ünd more")
    sign_head(date(2026, 12, 1))
    heads, ledger = tmp_path / "heads.json", tmp_path / "ledger.csv"
    heads.write_bytes(client.get("/ledger/heads.json").content)
    client.force_login(planner, backend="django.contrib.auth.backends.ModelBackend")
    ledger.write_bytes(b"".join(client.get("/insights/ledger/ledger.csv").streaming_content))
    return heads, ledger


def run(*arguments):
    done = subprocess.run([sys.executable, check_ledger.__file__, *arguments], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def test_an_outsider_checks_with_the_program_alone(kept, client):
    heads, ledger = kept
    key = json.loads(heads.read_text())["heads"][0]["key"]
    assert run(heads, ledger, key) == (0, "1 heads are signed, and 3 entries are theirs.\n")
    assert client.get("/ledger/check_ledger.py").content.decode() == Path(check_ledger.__file__).read_text()
    assert run(heads, ledger, "another")[0] == 1
    ledger.write_text(ledger.read_text().replace("recorded", "published"))
    assert "Entry 1 is not the one" in run(heads, ledger)[1]
    heads.write_text(heads.read_text().replace("2026-12-01", "2026-12-02"))
    assert run(heads)[0] == 1


def test_the_public_file_tells_nothing_of_what_the_ledger_holds(kept):
    heads = json.loads(kept[0].read_text())
    assert set(heads["heads"][0]) == {"day", "seq", "hash", "key", "signature"}
    signed = LedgerEntry.objects.get(seq=heads["heads"][0]["seq"])
    assert signed.verb == "head signed" and len(signed.data["salt"]) == 32


def test_somebodys_copy_is_held_to_the_ledger(kept, capsys):
    heads, _ = kept
    call_command("verify_ledger", heads=heads)
    assert "3 entries, 1 signed heads" in capsys.readouterr().out
    heads.write_text(heads.read_text().replace('"hash": "', '"hash": "0'))
    with pytest.raises(CommandError, match="The copy has another head of 2026-12-01"):
        call_command("verify_ledger", heads=heads)
    heads.write_text("nothing")
    with pytest.raises(CommandError, match="not a file of heads"):
        call_command("verify_ledger", heads=heads)


def test_the_pages_of_staff(draft, planner, client):
    client.force_login(planner, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/insights/ledger/").content.decode()
    assert "No head is signed yet" in page and "lights-first" in page
    assert "the record is whole" in client.get("/insights/ledger/?check=1").content.decode()
    type(draft).objects.update(title="Other")
    assert "The record is not whole" in client.get("/insights/ledger/?check=1").content.decode()
    assert "No entry is like that" in client.get("/insights/ledger/?decision=other").content.decode()
    assert "No entry is like that" in client.get("/insights/ledger/?since=tomorrow").content.decode()
    type(draft).objects.update(title=draft.title)
    sign_head()
    assert "verify_ledger --heads" in client.get("/insights/ledger/heads/").content.decode()
    assert "head signed" in client.get("/insights/ledger/").content.decode().lower()


def test_an_entry_that_was_put_in_is_told_whatever_it_names(draft, planner, client):
    LedgerEntry(seq=50, prev="x", hash="y", day="2026-12-01", verb="cited", decision="no such / name").save()
    client.force_login(planner, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/insights/ledger/?check=1").content.decode()
    assert "entry 50: it was put in" in page and "no such / name" in page


def test_who_takes_the_ledger_away(client_as):
    for role, status in (("auditor", 200), ("planner", 200), ("moderator", 403), ("partner_viewer", 403)):
        assert client_as(role).get("/insights/ledger/ledger.csv").status_code == status
    assert AuditEntry.objects.filter(verb="export made", data__kind="ledger of decisions").count() == 2


def test_a_draft_is_named_to_those_alone_who_decide_or_check(draft, client_as):
    """Its page is not for partners, and no filter of the ledger tells them that it is there."""
    for role, named, opens in (("planner", True, True), ("auditor", True, False), ("partner_viewer", False, False)):
        reader = client_as(role)
        page = reader.get("/insights/ledger/").content.decode()
        assert (draft.slug in page, f'/decisions/{draft.slug}/"' in page) == (named, opens), role
        assert ("A draft" in page) != named
        found = reader.get(f"/insights/ledger/?decision={draft.slug}").content.decode()
        assert ("No entry is like that" in found) != named
