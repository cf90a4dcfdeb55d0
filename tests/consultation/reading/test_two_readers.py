"""Real concurrency of two readers, each on a connection of its own; `tests/house/test_postgresql.py` runs it there too."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.reading import actions, reading_queue, short_answers
from consultation.reading.models import Draft, Lease, Reading, Screening
from consultation.responses.models import Answer
from tests import factories

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
READERS, ANSWERS = 6, 60


@pytest.fixture
def crowd(home, person):
    _, version = factories.consultation(home, items=[factories.question("a", "long_text")])
    answers = [factories.response(version, texts={"q-a": f"Number {n}."}).answers.get() for n in range(ANSWERS)]
    Screening.objects.bulk_create(Screening(answer=one, order=[False, "", ""], engine="test") for one in answers)
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


def test_of_all_who_ask_for_one_answer_one_has_it(crowd):
    readers, answers = crowd
    for answer in answers[:15]:
        has = at_once(lambda reader, answer=answer: reading_queue.lease_answer(answer, reader), readers)
        assert has.count(True) == 1
        assert Lease.objects.get(answer=answer).reader == readers[has.index(True)]
    assert AuditEntry.objects.filter(verb="raw text viewed").count() == 15


def test_short_answers_are_leased_like_the_rest(crowd):
    readers, _ = crowd
    pages = at_once(lambda reader: [one.answer.pk for one in short_answers.lease_short_answers(reader)], readers)
    shown = [key for page in pages for key in page]
    assert len(shown) == len(set(shown)) and len(shown) >= 9


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
