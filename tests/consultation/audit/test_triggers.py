"""The database refuses changes to the audit log and the decisions' ledger, on either database."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from consultation.audit import triggers
from consultation.audit.audit_log import record_event
from consultation.audit.models import AuditEntry, ChainedEntry
from insights.decisions.models import LedgerEntry
from tests.databases import only_on_postgresql, only_on_sqlite

TABLES = [AuditEntry._meta.db_table, LedgerEntry._meta.db_table]


def refused(sql, params=()):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def entry_in(table):
    if table == AuditEntry._meta.db_table:
        return record_event("tested")
    fields = {field.name: field.get_default() for field in LedgerEntry._meta.fields if field.has_default()}
    return LedgerEntry.objects.append(**fields)


def test_every_chained_table_is_covered():
    chained = [model._meta.db_table for model in apps.get_models() if issubclass(model, ChainedEntry)]
    assert sorted(chained) == sorted(TABLES)


@pytest.mark.each_on_postgresql
@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
def test_update_is_refused(table):
    entry = entry_in(table)
    refused(f"UPDATE {table} SET prev = 'x' WHERE seq = %s", [entry.seq])


@pytest.mark.each_on_postgresql
@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
def test_delete_is_refused(table):
    entry = entry_in(table)
    refused(f"DELETE FROM {table} WHERE seq = %s", [entry.seq])
    refused(f"DELETE FROM {table}")


@pytest.mark.each_on_postgresql
@pytest.mark.django_db
@only_on_postgresql("that TRUNCATE of the audit log is refused")
@pytest.mark.parametrize("table", TABLES)
def test_truncate_is_refused(table):
    refused(f"TRUNCATE {table} CASCADE")


@pytest.mark.django_db
@only_on_sqlite("that REPLACE of an entry of the audit log is refused")
def test_replace_is_refused():
    entry = record_event("tested")
    columns = ", ".join(field.column for field in AuditEntry._meta.fields)
    forged = columns.replace("verb", "'forged'")
    refused(
        f"INSERT OR REPLACE INTO consultation_auditentry ({columns}) SELECT {forged} "
        "FROM consultation_auditentry WHERE seq = %s",
        [entry.seq],
    )


@pytest.mark.django_db
def test_the_models_are_refused_too():
    entry = record_event("tested")
    entry.verb = "other"
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.delete()
    assert AuditEntry.objects.get(pk=entry.pk).verb == "tested"


@pytest.mark.django_db
def test_installing_again_changes_nothing():
    for model in (AuditEntry, LedgerEntry):
        triggers.install_chain_triggers(connection, model)
    entry = record_event("tested")
    refused("DELETE FROM consultation_auditentry WHERE seq = %s", [entry.seq])


@pytest.mark.django_db(transaction=True)
def test_a_test_database_can_be_flushed():
    record_event("tested")
    call_command("flush", interactive=False, verbosity=0)
    assert not AuditEntry.objects.exists()
    entry = record_event("tested")
    refused("DELETE FROM consultation_auditentry WHERE seq = %s", [entry.seq])


@pytest.mark.django_db
def test_a_live_site_cannot_be_flushed(settings):
    settings.DEMO = False
    entry = record_event("tested")
    with triggers.allow_flushing(connection):
        if connection.vendor == "sqlite":
            refused("DELETE FROM consultation_auditentry WHERE seq = %s", [entry.seq])
        else:
            refused("TRUNCATE consultation_auditentry")
