"""Removes traces of the order of arrival from the tables' storage: order and time are personal data (A7).

PostgreSQL: `ctid` tells a row's place and `xmin` its transaction. SQLite keeps these tables in key order
(cms.operations.sqlite), but within a page of the file it places each new row before the older ones. So a sweep deletes
rows and inserts them again in the order of their random keys.

With each new row it moves at least DECOYS rows of the same day, those whose keys come next, and at least FEWEST a sweep:
so on most days all, and else whoever reads the database finds that each row moved with 20 others, of which any may be
new. When a day has ended, all of its rows are moved once more, for good; then a place tells a key and nothing else. Where
no row says its day, decoys are of the whole table. A row moves about 20 times, whatever the size of the table; `settled`
marks what is left to move, and an index of that alone finds it.

Rows are moved in batches of about BATCH_SECONDS, each a transaction that locks one table: a Send waits for one batch.

Until the sweep comes, a minute on SQLite and ten on PostgreSQL, places and the write-ahead log tell the order. SQLite's log
is emptied by each sweep. PostgreSQL begins a new segment of its log after five minutes at most (`archive_timeout` of
deploy_files, which also counts where nothing is archived), and the checkpoint after that deletes the old one: it tells
the order for a quarter of an hour. `cms/operations/README.md` says it to whoever runs the site.
"""

import time
from datetime import date
from itertools import islice
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.models import Model
from django.utils import timezone

from consultation.audit.models import WaitingEvent
from consultation.channels.group.models import GroupSession
from consultation.channels.imports.models import ImportedResponse
from consultation.channels.invitation_codes.models import InvitationCode
from consultation.domain.key_order import RowPlace
from consultation.reading.copied_texts.models import FirstWording, HeldCopy
from consultation.reading.models import Screening
from consultation.receipts.heard_back.models import HeardAnswer
from consultation.receipts.models import Receipt
from consultation.responses.models import Answer, EqualityRow, Response, Tombstone
from consultation.safeguarding.mailbox.models import Mailbox, MailboxMessage
from consultation.safeguarding.models import ContactRequest, WithdrawnText
from consultation.surveys.youth_panel.models import PanelWords

# Each table with the path to the day of its rows; empty where no row says its day, and its place must not either.
TABLES: dict[type[Model], str] = {
    Response: "day",
    Answer: "response__day",
    Receipt: "response__day",
    GroupSession: "response__day",
    ImportedResponse: "response__day",
    Screening: "answer__response__day",
    FirstWording: "answer__response__day",
    HeldCopy: "response__day",
    ContactRequest: "day",
    Mailbox: "",
    MailboxMessage: "day",
    WithdrawnText: "",
    EqualityRow: "",
    InvitationCode: "",
    WaitingEvent: "",
    Tombstone: "",
    HeardAnswer: "",
    PanelWords: "",
}
DECOYS, FEWEST = 20, 2000
BATCH_SECONDS, LOG_WAIT_MS = 0.02, 100
SMALLEST, LARGEST = 10, 500  # rows of a batch
_ended: dict[str, date] = {}  # "day": the day on which this process moved the rows of earlier days for good


def settle_storage_order(today: date | None = None) -> int:
    """Sweep: move rows whose place tells when they were written. Returns how many were moved; what a busy table leaves
    over is moved by the next sweep."""
    today = today or timezone.localdate()
    if connection.in_atomic_block and connection.vendor == "sqlite":
        return 0
    pace = Pace()
    try:
        moved = sum(_move_new_rows(model, pace) for model in TABLES)
        if _ended.get("day") != today:
            moved += sum(_move_finished_days(model, f"{day}__lt", today, pace) for model, day in TABLES.items() if day)
            _ended["day"] = today
    finally:
        _discard_old_places(pace.touched)
    return moved


class Pace:
    """The size of the next batch, so that each holds its lock for about BATCH_SECONDS."""

    def __init__(self) -> None:
        self.rows, self.touched = 100, set[type[Model]]()

    def learn(self, rows: int, seconds: float) -> None:
        fitting = int(rows * BATCH_SECONDS / max(seconds, 0.0001))
        self.rows = max(SMALLEST, min(LARGEST, fitting, self.rows * 2))


def _move_new_rows(model: type[Model], pace: Pace) -> int:
    rows = model._base_manager.order_by("pk").values_list("pk", flat=True)
    new = list(rows.filter(settled=RowPlace.NEW))
    if not new:
        return 0
    keeps_day = bool(TABLES[model])
    decoys = _choose_decoys(rows.filter(settled=RowPlace.TODAY) if keeps_day else rows, new)
    return _move_rows(model, sorted({*new, *decoys}), RowPlace.TODAY if keeps_day else RowPlace.FOR_GOOD, pace)


def _choose_decoys(pool: Any, new: list[Any]) -> list[Any]:
    """Keys of `pool`: after each new key the next ones, beginning anew at the end. All keys, where they are not more."""
    each = max(DECOYS, -(-FEWEST // len(new)))
    first = list(pool[: each * len(new) + 1])
    if len(first) <= each * len(new):
        return first
    found: list[Any] = []
    for key in new:
        later = list(pool.filter(pk__gt=max(key, found[-1]) if found else key)[:each])
        found += later
        if len(later) < each:
            return found + list(pool[: each - len(later)])
    return found


def _move_finished_days(model: type[Model], day_before: str, today: date, pace: Pace) -> int:
    """Move all rows of earlier days, which are complete now, and mark them as done."""
    done = model._base_manager.filter(settled=RowPlace.TODAY, **{day_before: today}).order_by("pk")
    return _move_rows(model, list(done.values_list("pk", flat=True)), RowPlace.FOR_GOOD, pace)


def _move_rows(model: type[Model], keys: list[Any], settled: RowPlace, pace: Pace) -> int:
    moved, left = 0, iter(keys)
    while batch := list(islice(left, pace.rows)):
        began = time.monotonic()
        moved += _move_batch(model, batch, settled)
        seconds = time.monotonic() - began
        pace.learn(len(batch), seconds)
        pace.touched.add(model)
        if not connection.in_atomic_block:
            time.sleep(min(seconds, BATCH_SECONDS))  # who waited for the lock comes first
    return moved


def _move_batch(model: type[Model], keys: list[Any], settled: RowPlace) -> int:
    """Delete these rows and insert them again in key order, in one transaction. 0 where the table is busy."""
    move = _move_on_postgresql if connection.vendor == "postgresql" else _move_on_sqlite
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            return move(cursor, model, [model._meta.pk.get_db_prep_value(key, connection) for key in keys], settled)
    except OperationalError:
        return 0


def _name_columns(model: type[Model]) -> tuple[str, str, list[str]]:
    quote = connection.ops.quote_name
    columns = [str(field.column) for field in model._meta.concrete_fields]
    return quote(model._meta.db_table), quote(str(model._meta.pk.column)), [quote(column) for column in columns]


def _move_on_postgresql(cursor: Any, model: type[Model], keys: list[Any], settled: RowPlace) -> int:
    table, key, columns = _name_columns(model)
    anew = ", ".join("%s" if column == '"settled"' else column for column in columns)
    cursor.execute("SET LOCAL lock_timeout = '50ms'")
    # Strong enough that no other transaction checks a foreign key while its row is deleted.
    cursor.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
    cursor.execute(
        f"WITH moved AS (DELETE FROM {table} WHERE {key} = ANY(%s) RETURNING *) "  # noqa: S608
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {anew} FROM moved ORDER BY {key}",
        [keys, settled.value],
    )
    return cursor.rowcount


def _move_on_sqlite(cursor: Any, model: type[Model], keys: list[Any], settled: RowPlace) -> int:
    table, key, columns = _name_columns(model)
    these = f"{key} IN ({', '.join(['%s'] * len(keys))})"
    anew = ", ".join(f"{settled.value}" if column == '"settled"' else column for column in columns)
    cursor.execute(f"SELECT {anew} FROM {table} WHERE {these} ORDER BY {key}", keys)  # noqa: S608
    rows = cursor.fetchall()
    cursor.execute(f"DELETE FROM {table} WHERE {these}", keys)  # noqa: S608
    values = ", ".join(["%s"] * len(columns))
    cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values})", rows)  # noqa: S608
    return len(rows)


def _discard_old_places(touched: set[type[Model]]) -> None:
    """Free what rows left behind, which lies in its old order: PostgreSQL's dead rows, SQLite's write-ahead log."""
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            _empty_write_ahead_log(cursor)
            return
        for model in touched:
            cursor.execute(f"VACUUM (TRUNCATE false) {_name_columns(model)[0]}")


def _empty_write_ahead_log(cursor: Any) -> None:
    """Put SQLite's log into its file. A Send waits meanwhile, so whoever still reads the log is not waited for long: then
    the next sweep empties it."""
    patience = int(connection.settings_dict["OPTIONS"].get("timeout", 5) * 1000)
    cursor.execute(f"PRAGMA busy_timeout = {LOG_WAIT_MS}")
    cursor.fetchall()
    try:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.fetchall()
    finally:
        cursor.execute(f"PRAGMA busy_timeout = {patience}")
        cursor.fetchall()
