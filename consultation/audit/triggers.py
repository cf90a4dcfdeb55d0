"""The database itself refuses to change or remove a chained entry (G4), whoever asks and however.

Installed after every `migrate` (also where tables come straight from the models), for each table of a ChainedEntry.
`flush` of a demo or a test database may empty them: `flushing()` says so for its duration, and never on a live site.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connections

from consultation.audit.models import ChainedEntry

REFUSAL = "this record is append-only"
_flushing: set[int] = set()

SQLITE = {
    "no_update": "BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{refusal}'); END",
    "no_delete": "BEFORE DELETE ON {table} WHEN NOT audit_flushing() BEGIN SELECT RAISE(ABORT, '{refusal}'); END",
    # REPLACE removes the old row without firing its DELETE trigger.
    "no_replace": (
        "BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE seq = NEW.seq OR hash = NEW.hash) "
        "BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
    ),
}
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' AND current_setting('audit.flushing', true) = 'on' THEN RETURN NULL; END IF;
  RAISE EXCEPTION '{refusal}' USING ERRCODE = 'restrict_violation';
END $$
"""
POSTGRES = {
    "no_change": "BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW",
    "no_truncate": "BEFORE TRUNCATE ON {table} FOR EACH STATEMENT",
}


def chained_models(app_config: Any) -> list[type[ChainedEntry]]:
    return [model for model in app_config.get_models() if issubclass(model, ChainedEntry)]


def install_after_migrate(sender: Any, using: str, **kwargs: Any) -> None:
    """Receiver of post_migrate, once for each app."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    for model in chained_models(sender):
        if model._meta.db_table in present:
            install(connection, model._meta.db_table)


def install(connection: Any, table: str) -> None:
    """Idempotent."""
    quoted = connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name, body in SQLITE.items():
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}")
                cursor.execute(f"CREATE TRIGGER {table}_{name} {body.format(table=quoted, refusal=REFUSAL)}")
        elif connection.vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTION.format(refusal=REFUSAL))
            for name, body in POSTGRES.items():
                cursor.execute(
                    f"CREATE OR REPLACE TRIGGER {table}_{name} {body.format(table=quoted)} "
                    "EXECUTE FUNCTION audit_refuse_change()"
                )


def teach_sqlite(sender: Any, connection: Any, **kwargs: Any) -> None:
    """Receiver of connection_created: what the DELETE trigger asks. A tool that lacks the function cannot delete."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("audit_flushing", 0, lambda: bool(_flushing))


@contextmanager
def flushing(connection: Any) -> Iterator[None]:
    """While this lasts a demo or test database may be emptied; on a live site it changes nothing."""
    if not getattr(settings, "DEMO", False):
        yield
        return
    token = id(connection)
    _flushing.add(token)
    try:
        _tell_postgres(connection, "SET audit.flushing = 'on'")
        yield
    finally:
        _flushing.discard(token)
        _tell_postgres(connection, "RESET audit.flushing")


def _tell_postgres(connection: Any, sql: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(sql)
