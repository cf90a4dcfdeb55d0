import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from consultation.audit import audit_log
from consultation.audit.audit_log import record_event
from consultation.audit.models import AuditEntry, ChainHead, ChainQuerySet

pytestmark = pytest.mark.django_db


def forge(sql):
    """What someone with the database's own files could do: the triggers are gone for a moment."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in ("no_update", "no_delete", "no_replace"):
                cursor.execute(f"DROP TRIGGER IF EXISTS consultation_auditentry_{name}")
        else:
            cursor.execute("ALTER TABLE consultation_auditentry DISABLE TRIGGER USER")
        cursor.execute(sql)
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE consultation_auditentry ENABLE TRIGGER USER")


@pytest.fixture
def three():
    return [record_event("tested", number=number) for number in range(3)]


def test_a_whole_chain(three, capsys):
    assert AuditEntry.objects.first_break() is None
    call_command("verify_audit")
    assert "3 entries" in capsys.readouterr().out
    audit_log.check_audit_chain()


@pytest.mark.each_on_postgresql
@pytest.mark.parametrize(
    ("sql", "at", "reason"),
    [
        ("UPDATE consultation_auditentry SET verb = 'other' WHERE seq = 2", 2, "content"),
        ("DELETE FROM consultation_auditentry WHERE seq = 2", 2, "missing"),
        ("UPDATE consultation_auditentry SET prev = 'x' WHERE seq = 3", 3, "content"),
        ("DELETE FROM consultation_auditentry WHERE seq = 3", 3, "missing"),
        ("DELETE FROM consultation_chainhead", 3, "vouches"),
        ("UPDATE consultation_chainhead SET seq = 2", 3, "vouches"),
        ("UPDATE consultation_auditentry SET actor = '9' WHERE seq = 1", 1, "content"),
    ],
)
def test_a_forged_entry_is_found(three, sql, at, reason):
    forge(sql)
    seq, said = AuditEntry.objects.first_break()
    assert seq == at and reason in said
    with pytest.raises(CommandError, match=f"entry {at}"):
        call_command("verify_audit")
    with pytest.raises(audit_log.BrokenChain):
        audit_log.check_audit_chain()


def test_every_problem_is_named_by_the_command(three):
    forge("UPDATE consultation_auditentry SET verb = 'other' WHERE seq = 1")
    forge("DELETE FROM consultation_auditentry WHERE seq = 3")
    with pytest.raises(CommandError) as refused:
        call_command("verify_audit")
    assert "Entry 1: its content was changed." in str(refused.value)
    assert "Entry 3: it is missing." in str(refused.value)


def test_a_hash_that_was_written_down_shows_an_older_log_for_what_it_is(three, capsys):
    call_command("verify_audit", holds=three[1].hash)
    with pytest.raises(CommandError, match="older one"):
        call_command("verify_audit", holds="0" * 64)


def test_the_next_entry_is_sealed_in_the_place_of_the_last(three):
    before = ChainHead.objects.get()
    last = record_event("tested")
    after = ChainHead.objects.get()
    assert (after.seq, after.hash) == (last.seq, last.hash)
    assert after.seal != before.seal


@pytest.mark.parametrize("entries", [1, 3, 20])
def test_entries_that_come_while_it_looks_are_no_strangers(three, monkeypatch, entries):
    links, left = ChainQuerySet.links, iter(range(entries))

    def and_meanwhile(self):
        if next(left, None) is not None:
            record_event("meanwhile")
        yield from links(self)

    monkeypatch.setattr(ChainQuerySet, "links", and_meanwhile)
    if entries < 10:
        assert AuditEntry.objects.problems() == []
    else:  # at last it looks with the log locked, where only a test can add one
        assert [problem.kind for problem in AuditEntry.objects.problems()] == ["inserted"]
