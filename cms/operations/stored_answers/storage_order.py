"""Removes traces of the order of arrival from the tables' storage: order and time are personal data (A7).

PostgreSQL: `ctid` tells a row's place and `xmin` its transaction. So a sweep deletes the rows of the last two days and
reinserts them in the order of their random keys, in one transaction: then they share one `xmin`, and their places tell
only their keys. The last such sweep is after the day's end, so a day's rows stay together.

SQLite keeps these tables in key order (cms.operations.sqlite), but within a page of the file it places each new row
before the older ones. So after new answers the sweep rewrites the whole file; a large one only at night, because that
blocks writers.
"""

from datetime import timedelta

from django.db import OperationalError, connection, transaction
from django.db.models import Model
from django.utils import timezone

from consultation.audit.models import WaitingEvent
from consultation.channels.group.models import GroupSession
from consultation.channels.imports.models import ImportedResponse
from consultation.channels.invitation_codes.models import InvitationCode
from consultation.reading.models import Screening
from consultation.receipts.heard_back.models import HeardAnswer
from consultation.receipts.models import Receipt
from consultation.responses.models import Answer, EqualityRow, Response, Tombstone
from consultation.safeguarding.mailbox.models import Mailbox, MailboxMessage
from consultation.safeguarding.models import ContactRequest, WithdrawnText

RECENT = timedelta(days=1)
LARGE_FILE_BYTES = 100_000_000  # bytes: about a second's work
NIGHT_HOURS = range(1, 5)  # hours
_last_rewrite: dict[str, tuple] = {}  # "last": the state of the tables at this process's last rewrite
# Each table with the condition that finds its recent rows; %s is the first recent day.
OF_RECENT_RESPONSES = "response_id IN (SELECT id FROM consultation_response WHERE day >= %s)"
ALL_ROWS = "%s IS NOT NULL"  # each time, so that even a row's batch is unknown
TABLES: dict[type[Model], str] = {
    Response: "day >= %s",
    Answer: OF_RECENT_RESPONSES,
    Receipt: OF_RECENT_RESPONSES,
    GroupSession: OF_RECENT_RESPONSES,
    ImportedResponse: OF_RECENT_RESPONSES,
    Screening: (
        "answer_id IN (SELECT a.id FROM consultation_answer a JOIN consultation_response r ON r.id = a.response_id "
        "WHERE r.day >= %s)"
    ),
    ContactRequest: "day >= %s",
    Mailbox: ALL_ROWS,
    MailboxMessage: "day >= %s",
    WithdrawnText: ALL_ROWS,
    EqualityRow: ALL_ROWS,
    InvitationCode: ALL_ROWS,
    WaitingEvent: ALL_ROWS,
    Tombstone: ALL_ROWS,
    HeardAnswer: ALL_ROWS,
}


def settle_storage_order(today=None):
    """Sweep: put recent rows in key order. Returns the rows moved; 0 when no order is visible or the tables are busy."""
    if connection.vendor == "sqlite":
        return _rewrite_sqlite_file(today or timezone.localdate())
    since = (today or timezone.localdate()) - RECENT
    try:
        with transaction.atomic():
            moved = _settle_tables(since)
    except OperationalError:  # tables are busy: the next sweep tries again
        return 0
    if moved and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            for model in TABLES:  # dead rows stay in the file in their old order until VACUUM frees their space
                cursor.execute(f"VACUUM {connection.ops.quote_name(model._meta.db_table)}")
    return moved


def _rewrite_sqlite_file(today):
    """Rewrite the file. Returns the number of recent rows; 0 when nothing new came since the last rewrite."""
    recent = Response.objects.filter(day__gte=today - RECENT)
    keys = tuple(recent.order_by("pk").values_list("pk", flat=True))
    heard = HeardAnswer.objects.count()
    seen = (hash(keys), Answer.objects.count(), heard)
    came = keys or heard != _last_rewrite.get("last", (0, 0, 0))[2]
    if connection.in_atomic_block or not came or _last_rewrite.get("last") == seen or not _may_block_writers():
        return 0
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.fetchall()
    except OperationalError:
        return 0
    _last_rewrite["last"] = seen
    return len(keys) or heard


def _may_block_writers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        return cursor.fetchone()[0] < LARGE_FILE_BYTES or timezone.localtime().hour in NIGHT_HOURS


def _settle_tables(since):
    related = {relation.related_model for model in TABLES for relation in model._meta.related_objects}
    names = {model._meta.db_table for model in TABLES.keys() | related}
    locked = ", ".join(connection.ops.quote_name(name) for name in sorted(names))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '2s'")
        # Strong enough that no other transaction checks a foreign key while its row is deleted.
        cursor.execute(f"LOCK TABLE {locked} IN EXCLUSIVE MODE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        unsettled = [model for model in TABLES if _is_order_visible(cursor, model, since)]
        return sum(_rewrite_rows(cursor, model, since) for model in unsettled)


def _quote_names(model):
    quote = connection.ops.quote_name
    return quote(model._meta.db_table), quote(model._meta.pk.column), TABLES[model]


def _is_order_visible(cursor, model, since):
    table, _, recent = _quote_names(model)
    cursor.execute(f"SELECT count(DISTINCT xmin::text) > 1 FROM {table} WHERE {recent}", [since])  # noqa: S608
    return cursor.fetchone()[0]


def _rewrite_rows(cursor, model, since):
    table, key, recent = _quote_names(model)
    cursor.execute(f"CREATE TEMP TABLE settling ON COMMIT DROP AS SELECT * FROM {table} WHERE {recent}", [since])  # noqa: S608
    cursor.execute(f"DELETE FROM {table} WHERE {key} IN (SELECT {key} FROM settling)")  # noqa: S608
    cursor.execute(f"INSERT INTO {table} SELECT * FROM settling ORDER BY {key}")  # noqa: S608
    moved = cursor.rowcount
    cursor.execute("DROP TABLE settling")
    return moved
