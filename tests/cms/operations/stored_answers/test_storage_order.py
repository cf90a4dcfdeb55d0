"""On PostgreSQL a row's place and transaction reveal its time; the sweep removes both."""

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import connection

from cms.operations.stored_answers import storage_order
from cms.operations.stored_answers.storage_order import TABLES, settle_storage_order
from consultation.responses.models import Answer, Response
from consultation.responses.vault import seal_text
from tests.databases import only_on_postgresql, only_on_sqlite
from tests.factories import consultation, question

TODAY = date(2026, 11, 16)
on_postgresql = only_on_postgresql("that a row's place and transaction tell nothing of its arrival")
on_sqlite = only_on_sqlite("that its file keeps answers in an order that tells nothing of their arrival")


@pytest.fixture
def answers(home):
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


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_second_sweep_moves_nothing_and_new_answers_join_the_day(answers):
    settle_storage_order(today=TODAY)
    assert settle_storage_order(today=TODAY) == 0
    Response.objects.create(version=answers, language="en", day=TODAY)
    settle_storage_order(today=TODAY)
    assert len({xmin for _, xmin, _ in places("consultation_response")}) == 1


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_older_days_are_left_alone(answers):
    settle_storage_order(today=TODAY)
    old = {xmin for _, xmin, _ in places("consultation_response")}
    Response.objects.create(version=answers, language="en", day=TODAY + timedelta(days=3))
    Response.objects.create(version=answers, language="en", day=TODAY + timedelta(days=3))
    assert settle_storage_order(today=TODAY + timedelta(days=3)) == 2
    assert old < {xmin for _, xmin, _ in places("consultation_response")}


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


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_sqlites_file_is_written_anew_where_answers_came_and_only_there(answers):
    storage_order._last_rewrite.clear()
    assert settle_storage_order(today=TODAY) == 40
    assert settle_storage_order(today=TODAY) == 0
    Response.objects.create(version=answers, language="en", day=TODAY)
    assert settle_storage_order(today=TODAY) == 41
    assert settle_storage_order(today=TODAY + timedelta(days=9)) == 0, "no answer came in these days"


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_large_file_waits_for_the_night(answers, monkeypatch):
    storage_order._last_rewrite.clear()
    monkeypatch.setattr(storage_order, "LARGE_FILE_BYTES", 1)
    monkeypatch.setattr(storage_order, "NIGHT_HOURS", ())
    assert settle_storage_order(today=TODAY) == 0
    monkeypatch.setattr(storage_order, "NIGHT_HOURS", range(24))
    assert settle_storage_order(today=TODAY) == 40


@pytest.mark.django_db
def test_every_table_that_the_sweep_names_is_kept_in_key_order_on_sqlite(settings):

    assert {model._meta.db_table for model in TABLES} <= settings.TABLES_IN_KEY_ORDER
