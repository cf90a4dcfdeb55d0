"""Erased words are in no byte of the database's files, neither in the table nor in the index."""

import os
import sqlite3
import subprocess
import sys

import pytest

from insights.search import index_schema
from tests import postgres

OLD = sqlite3.sqlite_version_info < index_schema.SECURE_DELETE_SINCE
WRITES = """
import random, sys, uuid, django
django.setup()
from django.db import connection
from insights.corpus.actions import forget_text
from insights.corpus.models import Text
from insights.search import index_schema
with connection.cursor() as cursor:
    cursor.execute("PRAGMA foreign_keys=OFF")
    cursor.execute(
        "CREATE TABLE insights_text (id char(32) PRIMARY KEY, respondent char(32), version_id bigint, "
        "question varchar(120), language varchar(5), audience varchar(24), text text, quotable bool, draw bigint)"
    )
index_schema.install_index(connection, index_schema.TEXTS)
chance = random.Random(5)
def word():
    return "".join(chance.choice("bcdfghklmnprst") + chance.choice("aeiou") for _ in range(4))
rows = [
    Text(id=uuid.uuid4(), respondent=uuid.uuid4(), version_id=1, question="q-c", language="en", audience="x",
         text=" ".join(word() for _ in range(12)))
    for _ in range(1500)
]
for row in rows[::100]:
    row.text += " quizzaciously oxyphenbutazone"
Text.objects.bulk_create(rows)
before = open(sys.argv[1], "rb").read() + open(sys.argv[1] + "-wal", "rb").read()
assert b"quizzaciously" in before
for row in rows[::100]:
    Text.objects.filter(pk=row.pk)._raw_delete("default")
with connection.cursor() as cursor:
    cursor.execute("SELECT count(*) FROM insights_text_search WHERE insights_text_search MATCH 'quizzaciously'")
    assert cursor.fetchone() == (0,)
    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
"""


@pytest.mark.slow
@pytest.mark.skipif(
    OLD,
    reason="this SQLite cannot erase a word from its index at once, so the index is written anew, and that alone is proved",
)
def test_an_erased_word_is_in_no_byte_of_the_file(tmp_path):
    path = tmp_path / "words.sqlite3"
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{path}", "DJANGO_SETTINGS_MODULE": "cms.settings.test"}
    done = subprocess.run([sys.executable, "-c", WRITES, path], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    for erased in (b"quizz", b"uizzac", b"oxyphen", b"phenbut"):
        assert erased not in kept


LEAVES = """
import django
django.setup()
from django.db import connection
from insights.search import index_schema
def in_the_index():
    cursor.execute("CHECKPOINT")
    cursor.execute("SELECT pg_read_binary_file(pg_relation_filepath('insights_text_search'))")
    return b"quizzaciously" in bytes(cursor.fetchone()[0])
with connection.cursor() as cursor:
    for indexed in index_schema.ALL:
        cursor.execute(f"CREATE TABLE {indexed.table} (id bigserial PRIMARY KEY, text text)")
        index_schema.install_index(connection, indexed)
    cursor.execute("INSERT INTO insights_text (text) SELECT 'plain words ' || n FROM generate_series(1, 50) n")
    cursor.execute("INSERT INTO insights_text (text) VALUES ('quizzaciously')")
    cursor.execute("DELETE FROM insights_text WHERE text = 'quizzaciously'")
    cursor.execute("VACUUM insights_text")
    assert in_the_index(), "else the sweep is not needed"
    assert index_schema.wipe_erased_words() == len(index_schema.ALL)
    assert not in_the_index()
    cursor.execute("SELECT count(*) FROM insights_text WHERE search_words @@ to_tsquery('simple', 'plain')")
    assert cursor.fetchone() == (50,)
"""


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.skipif(
    not postgres.binaries(),
    reason="PostgreSQL is not here, so it is not proved that an erased word leaves its index: apt-get install postgresql",
)
def test_an_erased_word_is_no_key_of_postgresqls_index_after_the_sweep():
    with postgres.throwaway() as url:
        environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "cms.settings.test"}
        done = subprocess.run([sys.executable, "-c", LEAVES], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
