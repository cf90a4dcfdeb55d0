"""Real concurrency of two readers. SQLite in memory has one connection, so the last test runs the others again on
SQLite in a file; `tests/house/test_postgresql.py` runs them on PostgreSQL."""

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, connections

from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.reading import actions, reading_queue, short_answers
from consultation.reading.models import Draft, Lease, Reading, Screening
from consultation.responses.models import Answer
from tests import factories

ROOT = Path(__file__).resolve().parents[3]
THIS = str(Path(__file__).resolve().relative_to(ROOT))
in_memory = connection.vendor == "sqlite" and "SQLITE_FILE" not in os.environ
apart = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        in_memory,
        reason="SQLite in memory has one connection, so two readers at once are tried in a file, by the last test here",
    ),
]
READERS, ANSWERS = 6, 60


def marked(test):
    for mark in apart:
        test = mark(test)
    return test


@pytest.fixture
def crowd(home, person):
    _, version = factories.consultation(home, items=[factories.question("a", "long_text")])
    answers = [factories.response(version, texts={"q-a": f"Number {n}."}).answers.get() for n in range(ANSWERS)]
    Screening.objects.bulk_create(Screening(answer=one, flagged=False, score=0, engine="test") for one in answers)
    return [person("moderator") for _ in range(READERS)], answers


def at_once(work, people):
    gate = threading.Barrier(len(people))

    def run(one):
        try:
            gate.wait(30)
            return work(one)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(run, people))


@marked
def test_readers_who_come_at_once_get_different_answers(crowd):
    readers, _ = crowd

    def read_ten(reader):
        got = []
        for _ in range(ANSWERS // READERS):
            answer = actions.lease_next_unread(reader)
            actions.open_answer_text(answer=answer, by=reader)
            actions.decide_answer(answer=answer, by=reader, decision="clear", spans=[])
            got.append(answer.pk)
        return got

    got = [key for keys in at_once(read_ten, readers) for key in keys]
    assert len(got) == len(set(got)) == ANSWERS
    viewed = AuditEntry.objects.filter(verb="raw text viewed").values_list("object_id", flat=True)
    assert len(viewed) == len(set(viewed)) == ANSWERS, "nobody saw what a colleague had"
    assert Reading.objects.count() == ANSWERS and not Lease.objects.exists() and not Draft.objects.exists()


@marked
def test_of_all_who_ask_for_one_answer_one_has_it(crowd):
    readers, answers = crowd
    for answer in answers[:15]:
        has = at_once(lambda reader, answer=answer: reading_queue.lease_answer(answer, reader), readers)
        assert has.count(True) == 1
        assert Lease.objects.get(answer=answer).reader == readers[has.index(True)]
    assert AuditEntry.objects.filter(verb="raw text viewed").count() == 15


@marked
def test_short_answers_are_leased_like_the_rest(crowd):
    readers, _ = crowd
    pages = at_once(lambda reader: [one.answer.pk for one in short_answers.lease_short_answers(reader)], readers)
    shown = [key for page in pages for key in page]
    assert len(shown) == len(set(shown)) and len(shown) >= 9


@marked
def test_a_decision_and_its_opposite_at_once_leave_one(crowd):
    readers, answers = crowd
    answer = answers[0]
    actions.open_answer_text(answer=answer, by=readers[0])

    def decide(decision):
        try:
            mine = Answer.objects.get(pk=answer.pk)
            actions.decide_answer(answer=mine, by=readers[0], decision=decision, spans=[])
            return True
        except NotAllowed:
            return False

    assert at_once(decide, ["clear", "not_used"]).count(True) == 1
    assert Reading.objects.filter(pk=answer.pk).count() == 1


@pytest.mark.slow
@pytest.mark.skipif(
    not in_memory,
    reason="two readers at once were tried on the database of these tests, so not once more on SQLite in a file",
)
def test_the_same_on_sqlite_in_a_file(tmp_path):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--ds", "tests.sqlite_file", THIS],
        cwd=ROOT, env=kept | {"SQLITE_FILE": str(tmp_path / "desk.sqlite3")},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-8000:]
    assert "4 passed" in done.stdout, done.stdout[-3000:]
