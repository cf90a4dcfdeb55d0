"""Database triggers that refuse to change or delete chained entries (G4), except expired ones of the audit log.

Installed after every `migrate` (also where tables come straight from the models), for each table of a ChainedEntry.
`allow_flushing()` lets `flush` empty a demo or test database, never a live one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connections

from consultation.audit.models import SHORTENED, ChainedEntry

REFUSAL = "this record is append-only"
_flushing: set[int] = set()

SQLITE = {
    "no_update": "BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{refusal}'); END",
    "no_delete": (
        "BEFORE DELETE ON {table} WHEN NOT audit_flushing(){unless} BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
    ),
    # REPLACE removes the old row without firing its DELETE trigger.
    "no_replace": (
        "BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE seq = NEW.seq OR hash = NEW.hash) "
        "BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
    ),
}
# Exempt: an entry old enough by the database's own clock, beyond which a shortening was recorded (erasures.py).
SQLITE_UNLESS_EXPIRED = (
    " AND NOT (OLD.day < date('now', '-{years} years') AND EXISTS "
    "(SELECT 1 FROM {table} WHERE verb = '{shortened}' AND json_extract(data, '$.through') >= OLD.seq))"
)
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE covered boolean := false;
BEGIN
  IF TG_OP = 'TRUNCATE' AND current_setting('audit.flushing', true) = 'on' THEN RETURN NULL; END IF;
  IF TG_OP = 'DELETE' AND TG_ARGV[0]::int > 0 THEN
    IF to_jsonb(OLD)->>'day' < to_char(now() - make_interval(years => TG_ARGV[0]::int), 'YYYY-MM-DD') THEN
      EXECUTE format(
        'SELECT EXISTS (SELECT 1 FROM %I WHERE verb = $1 AND (data->>''through'')::bigint >= $2)', TG_TABLE_NAME
      ) INTO covered USING '{shortened}', OLD.seq;
      IF covered THEN RETURN OLD; END IF;
    END IF;
  END IF;
  RAISE EXCEPTION '{refusal}' USING ERRCODE = 'restrict_violation';
END $$
"""
POSTGRES = {
    "no_change": "BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW",
    "no_truncate": "BEFORE TRUNCATE ON {table} FOR EACH STATEMENT",
}


def install_after_migrate(sender: Any, using: str, **kwargs: Any) -> None:
    """Receiver of post_migrate, once for each app."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    for model in sender.get_models():
        if issubclass(model, ChainedEntry) and model._meta.db_table in present:
            install_chain_triggers(connection, model)


def install_chain_triggers(connection: Any, model: type[ChainedEntry]) -> None:
    """Idempotent."""
    table, quoted = model._meta.db_table, connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            unless = SQLITE_UNLESS_EXPIRED.format(years=model.YEARS_KEPT, table=quoted, shortened=SHORTENED)
            for name, body in SQLITE.items():
                sql = body.format(table=quoted, refusal=REFUSAL, unless=unless if model.YEARS_KEPT else "")
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}")
                cursor.execute(f"CREATE TRIGGER {table}_{name} {sql}")
        elif connection.vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTION.format(refusal=REFUSAL, shortened=SHORTENED))
            for name, body in POSTGRES.items():
                cursor.execute(
                    f"CREATE OR REPLACE TRIGGER {table}_{name} {body.format(table=quoted)} "
                    f"EXECUTE FUNCTION audit_refuse_change('{model.YEARS_KEPT:d}')"
                )


def register_sqlite_functions(sender: Any, connection: Any, **kwargs: Any) -> None:
    """Receiver of connection_created: adds the function that the DELETE trigger calls. A tool without it cannot delete."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("audit_flushing", 0, lambda: bool(_flushing))


@contextmanager
def allow_flushing(connection: Any) -> Iterator[None]:
    """Within this context a demo or test database may be emptied; on a live site it has no effect."""
    if not getattr(settings, "DEMO", False):
        yield
        return
    token = id(connection)
    _flushing.add(token)
    try:
        _execute_on_postgres(connection, "SET audit.flushing = 'on'")
        yield
    finally:
        _flushing.discard(token)
        _execute_on_postgres(connection, "RESET audit.flushing")


def _execute_on_postgres(connection: Any, sql: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(sql)
