"""The clock by which workers on any number of machines agree: the database's."""

from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

TOLERANCE = timedelta(minutes=1)  # a machine's clock may be off by so much


def read_database_clock() -> datetime:
    """The time of a database server; beside an embedded database, this machine's."""
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def is_clock_wrong() -> bool:
    """Whether this machine and the database disagree: its sweeps would erase and remind on a wrong day."""
    return abs(read_database_clock() - timezone.now()) > TOLERANCE
