import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from consultation.audit import tasks
from consultation.audit.log import record
from consultation.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


def forge(sql):
    """What someone with the database's own files could do: the triggers are gone for a moment."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in ("no_update", "no_delete", "no_replace"):
                cursor.execute(f"DROP TRIGGER consultation_auditentry_{name}")
        else:
            cursor.execute("ALTER TABLE consultation_auditentry DISABLE TRIGGER USER")
        cursor.execute(sql)
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE consultation_auditentry ENABLE TRIGGER USER")


@pytest.fixture
def three():
    return [record("tested", number=number) for number in range(3)]


def test_a_whole_chain(three, capsys):
    assert AuditEntry.objects.first_break() is None
    call_command("verify_audit")
    assert "3 entries" in capsys.readouterr().out
    tasks.check_chain.func()


@pytest.mark.parametrize(
    ("sql", "at", "reason"),
    [
        ("UPDATE consultation_auditentry SET verb = 'other' WHERE seq = 2", 2, "content"),
        ("DELETE FROM consultation_auditentry WHERE seq = 2", 2, "missing"),
        ("UPDATE consultation_auditentry SET prev = 'x' WHERE seq = 3", 3, "follow"),
        ("UPDATE consultation_auditentry SET actor = '9' WHERE seq = 1", 1, "content"),
    ],
)
def test_a_forged_entry_is_found(three, sql, at, reason):
    forge(sql)
    seq, said = AuditEntry.objects.first_break()
    assert seq == at and reason in said
    with pytest.raises(CommandError, match=f"entry {at}"):
        call_command("verify_audit")
    with pytest.raises(tasks.BrokenChain):
        tasks.check_chain.func()


def test_an_entry_caused_by_a_respondent_keeps_the_day_alone():
    entry = record("withdrawal", minute=False)
    assert entry.minute == "" and len(entry.day) == 10
