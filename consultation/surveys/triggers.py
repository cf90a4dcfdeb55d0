"""Database triggers that refuse to change published versions, installed after every `migrate`."""

from django.db import connections

from consultation.surveys.models import PublishedVersion

REFUSAL = "a published version never changes"
SQLITE = (
    "CREATE TRIGGER IF NOT EXISTS {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{why}'); END"
)
POSTGRES = (
    "CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '{why}' USING ERRCODE = 'restrict_violation'; END $$",
    "CREATE OR REPLACE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
)
STATEMENTS = {"sqlite": (SQLITE,), "postgresql": POSTGRES}


def install_triggers(sender, using, **kwargs):
    """Receiver of post_migrate for this app; idempotent."""
    connection, table = connections[using], PublishedVersion._meta.db_table
    if table not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in STATEMENTS.get(connection.vendor, ()):
            cursor.execute(statement.format(table=table, why=REFUSAL))
