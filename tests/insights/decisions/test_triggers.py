"""PostgreSQL refuses TRUNCATE of permanent tables, which fires no row trigger; a flush still works."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from consultation.audit.triggers import allow_flushing
from insights.decisions.models import Decision
from insights.decisions.triggers import TRIGGER_RULES
from tests.databases import only_on_postgresql

pytestmark = only_on_postgresql("that TRUNCATE of permanent tables is refused")
REFUSED = "never deleted|append-only|what is published stays"


def empty(table):
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.django_db
def test_no_table_that_is_kept_can_be_emptied(settings):
    tables = {table for table, _, _ in TRIGGER_RULES}
    assert {"insights_decision", "insights_citation", "insights_ledgerhead"} <= tables
    for table in tables:
        with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
            empty(table)
            pytest.fail(f"{table} was emptied")
    settings.DEMO = False
    with allow_flushing(connection), pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
        empty("insights_decision")


@pytest.mark.django_db(transaction=True)
def test_the_database_of_a_demo_or_a_test_can_be_flushed(draft):
    call_command("flush", interactive=False, verbosity=0)
    assert not Decision.objects.exists()
