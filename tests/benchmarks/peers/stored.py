"""Prints the bytes that one stored response takes: its table and every index of it, over all rows."""

import django

django.setup()

from django.db import connection  # noqa: E402

from consultation.responses.models import Response  # noqa: E402

TABLE = Response._meta.db_table


def stored_bytes():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"VACUUM {TABLE}")
            cursor.execute("SELECT pg_total_relation_size(%s)", [TABLE])
        else:
            cursor.execute(
                "SELECT sum(pgsize) FROM dbstat WHERE name IN (SELECT name FROM sqlite_master WHERE tbl_name = %s)",
                [TABLE],
            )
        return cursor.fetchone()[0]


if __name__ == "__main__":
    print(round(stored_bytes() / Response.objects.count()))
