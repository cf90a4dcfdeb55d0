"""A row's place and, on PostgreSQL, its transaction reveal its time; the sweep removes both."""

import random
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import connection, transaction

from cms.operations.scheduler.sweep_schedule import SWEEPS
from cms.operations.stored_answers import storage_order
from cms.operations.stored_answers.storage_order import TABLES, settle_storage_order
from consultation.domain.key_order import RowPlace
from consultation.responses.models import Answer, EqualityRow, Response
from consultation.responses.vault import seal_text
from tests.databases import only_on_postgresql, only_on_sqlite
from tests.factories import consultation, question

TODAY = date(2026, 11, 16)
on_postgresql = only_on_postgresql("that a row's place and transaction tell nothing of its arrival")
on_sqlite = only_on_sqlite("that its file keeps answers in an order that tells nothing of their arrival")


@pytest.fixture
def answers(home, monkeypatch):
    monkeypatch.setattr(storage_order, "_ended", {"day": TODAY})  # as in a process that has worked today
    monkeypatch.setattr(storage_order, "SMALLEST", 200)  # one batch, however busy the machine
    _, version = consultation(home, items=[question("a", "long_text")])
    for _ in range(40):
        response = Response.objects.create(version=version, language="en", day=TODAY)
        Answer.objects.create(response=response, question="q-a", sealed=seal_text("words " * random.randint(1, 90)))
    return version


def places(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, xmin::text, ctid::text FROM {table} ORDER BY ctid")
        return cursor.fetchall()


def runs(keys):
    """How many ascending runs: 1 in order, about 20 of 40 keys where the order is by chance."""
    return 1 + sum(later < earlier for earlier, later in pairwise(keys))


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_after_the_sweep_a_rows_place_and_transaction_tell_nothing_of_its_arrival(answers):
    before = {answer.pk: bytes(answer.sealed) for answer in Answer.objects.all()}
    arrived = [key for key, _, _ in places("consultation_answer")]
    assert len({xmin for _, xmin, _ in places("consultation_answer")}) > 1
    assert settle_storage_order(today=TODAY) == 80
    for table in ("consultation_response", "consultation_answer"):
        found = places(table)
        assert runs([key for key, _, _ in found]) <= 10, "in key order, as far as there was room"
        assert len({xmin for _, xmin, _ in found}) == 1
    assert runs([arrived.index(key) for key, _, _ in places("consultation_answer")]) > 10
    assert {answer.pk: bytes(answer.sealed) for answer in Answer.objects.all()} == before


@pytest.mark.django_db(transaction=True)
def test_a_second_sweep_moves_nothing_and_a_new_answer_moves_with_the_day(answers):
    assert settle_storage_order(today=TODAY) == 80
    assert settle_storage_order(today=TODAY) == 0
    Response.objects.create(version=answers, language="en", day=TODAY)
    assert settle_storage_order(today=TODAY) == 41, "the new response, with all others of the day"
    if connection.vendor == "postgresql":
        assert len({xmin for _, xmin, _ in places("consultation_response")}) == 1


@pytest.mark.django_db(transaction=True)
def test_when_the_day_has_ended_its_rows_move_once_more_and_then_never(answers):
    assert settle_storage_order(today=TODAY) == 80
    Response.objects.create(version=answers, language="en", day=TODAY)  # just before midnight
    tomorrow = TODAY + timedelta(days=1)
    Response.objects.create(version=answers, language="en", day=tomorrow)
    assert settle_storage_order(today=tomorrow) == 42 + 81, "new ones beside the day's, then the whole day for good"
    assert set(Response.objects.filter(day=TODAY).values_list("settled", flat=True)) == {RowPlace.FOR_GOOD}
    assert set(Answer.objects.values_list("settled", flat=True)) == {RowPlace.FOR_GOOD}
    Response.objects.create(version=answers, language="en", day=tomorrow)
    assert settle_storage_order(today=tomorrow) == 2, "the cost hangs on the day, not on the table"


@pytest.mark.django_db(transaction=True)
def test_on_a_day_of_many_answers_a_new_one_moves_with_twenty_others(answers, monkeypatch):
    monkeypatch.setattr(storage_order, "FEWEST", 0)
    settle_storage_order(today=TODAY)
    before = set(Response.objects.values_list("pk", flat=True))
    late = Response.objects.create(version=answers, language="en", day=TODAY)
    moves = []
    move_batch = storage_order._move_batch
    monkeypatch.setattr(storage_order, "_move_batch", lambda *sent: moves.append(sent) or move_batch(*sent))
    assert settle_storage_order(today=TODAY) == 21
    [(_, keys, _)] = moves
    assert late.pk in keys and len(before & set(keys)) == 20, "in one transaction, so that each may be the new one"


@pytest.mark.django_db(transaction=True)
def test_equality_rows_move_with_rows_of_any_day(answers):
    """They keep no day, so their places must not tell it."""
    for number in range(12):
        EqualityRow.objects.create(consultation=answers.page, answers={"b": str(number)})
    assert settle_storage_order(today=TODAY) == 80 + 12
    EqualityRow.objects.create(consultation=answers.page, answers={"b": "later"})
    assert settle_storage_order(today=TODAY + timedelta(days=40)) == 13 + 80
    if connection.vendor == "postgresql":
        assert len({xmin for _, xmin, _ in places("consultation_equalityrow")}) == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_ten_thousand_new_answers_move_in_locks_of_50_ms(answers, monkeypatch):
    """Of the time in which any lock is held, most is of locks so short; one that a busy machine holds for longer is rare."""
    monkeypatch.setattr(storage_order, "SMALLEST", 10)
    Answer.objects.all().delete()
    response, sealed = Response.objects.first(), seal_text("words " * 60)
    Answer.objects.bulk_create(
        (Answer(response=response, question=f"q-{number}", sealed=sealed) for number in range(10_000)), batch_size=1000
    )
    locks, move_batch = [], storage_order._move_batch

    def hold(*told):
        began = time.monotonic()
        moved = move_batch(*told)
        locks.append(time.monotonic() - began)
        return moved

    monkeypatch.setattr(storage_order, "_move_batch", hold)
    assert settle_storage_order(today=TODAY) == 40 + 10_000
    assert not Answer.objects.filter(settled=RowPlace.NEW).exists()
    assert sum(seconds for seconds in locks if seconds > 0.05) < sum(locks) / 2 and max(locks) < 1, sorted(locks)[-9:]


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_table_that_somebody_writes_to_is_left_to_the_next_sweep(answers):
    """The sweep waits 50 ms for its lock, since everybody else would wait behind it."""
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        Response.objects.create(version=answers, language="en", day=TODAY)
        began = time.monotonic()
        moved = pool.submit(_sweep_and_close).result(timeout=30)
        assert moved == 40 and time.monotonic() - began < 5, "answers alone"
    assert settle_storage_order(today=TODAY) == 41


def _sweep_and_close():
    try:
        return settle_storage_order(today=TODAY)
    finally:
        connection.close()


def _write_ahead_log():
    return Path(f"{connection.settings_dict['NAME']}-wal").read_bytes()


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_sqlites_write_ahead_log_tells_the_order_until_the_sweep_and_then_nothing(answers):
    settle_storage_order(today=TODAY)
    keys = []
    for _ in range(12):
        keys.append(Response.objects.create(version=answers, language="en", day=TODAY).pk.hex.encode())
    log = _write_ahead_log()
    first_seen = [log.find(key) for key in keys]
    assert first_seen == sorted(first_seen) and first_seen[0] >= 0
    settle_storage_order(today=TODAY)
    assert _write_ahead_log() == b""


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_who_reads_meanwhile_delays_no_send_and_the_next_sweep_empties_the_log(answers):
    settle_storage_order(today=TODAY)
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM consultation_response").fetchone()
        Response.objects.create(version=answers, language="en", day=TODAY)
        began = time.monotonic()
        settle_storage_order(today=TODAY)
        assert time.monotonic() - began < 5, "and not the 20 seconds for which a Send would wait"
        assert _write_ahead_log()
        reader.execute("COMMIT")
    assert settle_storage_order(today=TODAY) == 0
    assert _write_ahead_log() == b""
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == (20_000,)


@on_sqlite
def test_on_sqlite_the_sweep_comes_each_minute():
    [sweep] = [one for one in SWEEPS if one.path.endswith("settle_storage_order")]
    assert sweep.seconds == 60


@on_sqlite
@pytest.mark.django_db
def test_sqlite_keeps_answers_in_key_order_without_a_sweep(answers):
    assert settle_storage_order(today=TODAY) == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM consultation_answer NOT INDEXED")
        found = [row[0] for row in cursor.fetchall()]
        assert found == sorted(found)
        with pytest.raises(Exception, match="rowid"):
            cursor.execute("SELECT rowid FROM consultation_answer")


@pytest.mark.django_db
def test_every_table_that_the_sweep_names_is_kept_in_key_order_on_sqlite(settings):

    assert {model._meta.db_table for model in TABLES} <= settings.TABLES_IN_KEY_ORDER
