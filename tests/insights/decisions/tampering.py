"""Tampering with the database's own files: a table's triggers are removed for a moment."""

from contextlib import contextmanager

from django.db import connection, transaction

REFUSING = ("_kept_", "_no_")


@contextmanager
def for_a_moment(*tables):
    """Undo all changes of the block, so that one world serves every tampering; the triggers of `tables` are off
    meanwhile."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            for table in tables:
                _silence(cursor, table)
        yield
        transaction.set_rollback(True)


def _silence(cursor, table):
    if connection.vendor == "postgresql":
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        return
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
    for (name,) in cursor.fetchall():
        if any(part in name for part in REFUSING):
            cursor.execute(f"DROP TRIGGER {name}")
