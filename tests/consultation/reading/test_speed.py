"""The desk's cost of an answer does not grow with the queue; `./dev bench desk` measures it."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultation.reading.models import Screening
from consultation.responses.models import Answer, Response
from consultation.responses.vault import seal_text

pytestmark = pytest.mark.any_database

BUDGET = 0.3  # seconds of this process, from a decision to the next answer's page
TEXT = "My worker Kieran waits by the lake and says call 07700 900123. " * 4


@pytest.fixture
def wait(asked):
    def make(number):
        people = Response.objects.bulk_create(
            Response(version=asked[1], language="en", day="2026-11-16") for _ in range(number)
        )
        answers = Answer.objects.bulk_create(
            Answer(response=one, question="q-a", sealed=seal_text(TEXT)) for one in people
        )
        spans = [{"start": 10, "end": 16, "type": "WORKER", "why": "Name"}]
        Screening.objects.bulk_create(
            Screening(answer=one, order=[n % 3 == 0, "T3" if n % 3 == 0 else "", ""], engine="t", spans=spans)
            for n, one in enumerate(answers)
        )

    return make


def decide(client, at):
    """(seconds of work, queries, the next address)"""
    with CaptureQueriesContext(connection) as queries:
        begun = time.process_time()
        reply = client.post(at, {"do": "clear", "span": ["10:16:WORKER:1"], "note": "A test.", "uncovered": "1"})
        page = client.get(reply.url)
        spent = time.process_time() - begun
    assert reply.status_code == 302 and b"An answer to read" in page.content
    return spent, len(queries), reply.url


@pytest.mark.slow
def test_two_thousand_waiting_cost_no_more_than_twenty(client_as, wait):
    desk = client_as("moderator")
    wait(20)
    at = desk.get(reverse("reading:desk")).url
    _, _, at = decide(desk, at)
    _, few, at = decide(desk, at)
    wait(1_980)
    _, _, at = decide(desk, at)  # this process opens once what orders each
    found = []
    for _ in range(5):
        spent, queries, at = decide(desk, at)
        found.append(spent)
        assert queries <= few + 2, "the working week is loaded anew every few seconds"
    assert sorted(found)[2] < BUDGET, found
