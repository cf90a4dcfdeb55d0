"""Prints the bytes of one stored response once its day is over and the sweep of storage order has moved it for good: its
table and all its indexes, divided by the rows. On its day it is also in the index of rows to move.

A table has some pages however few rows it holds, so copies of the same responses are added first.
"""

import django

django.setup()

from django.db import connection  # noqa: E402

from consultation.domain.key_order import RowPlace  # noqa: E402
from consultation.responses.models import Response  # noqa: E402

TABLE = Response._meta.db_table
ENOUGH = 5000


def top_up():
    one = Response.objects.first()
    same = {"version_id": one.version_id, "language": one.language, "day": one.day, "closed": one.closed}
    Response.objects.bulk_create([Response(**same) for _ in range(ENOUGH - Response.objects.count())], batch_size=500)


def stored_bytes():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"VACUUM FULL {TABLE}")
            cursor.execute("SELECT pg_total_relation_size(%s)", [TABLE])
        else:
            cursor.execute("VACUUM")
            cursor.execute(
                "SELECT sum(pgsize) FROM dbstat WHERE name IN (SELECT name FROM sqlite_master WHERE tbl_name = %s)",
                [TABLE],
            )
        return cursor.fetchone()[0]


if __name__ == "__main__":
    top_up()
    Response.objects.update(settled=RowPlace.FOR_GOOD)
    print(round(stored_bytes() / Response.objects.count()))
