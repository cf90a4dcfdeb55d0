"""A worker that runs for weeks holds no more than on its first day."""

import gc
import sys

import pytest
from django.db import connection

from cms.operations.scheduler.sweep_worker import SweepWorker
from consultation.domain.process_cache import clear_all_caches
from consultation.responses.models import Response
from tests import factories

WARM, ROUNDS, ANSWERS = 5, 5, 80


@pytest.mark.slow
@pytest.mark.any_database
@pytest.mark.django_db
def test_the_whole_schedule_run_again_and_again_keeps_nothing_of_an_answer(home):
    """What is remembered on purpose, and within a bound, is forgotten first."""
    _, version = factories.consultation(home, items=[factories.question("a", "long_text")])
    held = []
    for _ in range(WARM + 1 + ROUNDS):
        factories.responses(version, [({}, {"q-a": "More lights by the gate, please, and a bus."})] * ANSWERS)
        assert SweepWorker(name="me").run_all(force=True) > 40
        Response.objects.all().delete()
        clear_all_caches()
        connection.run_on_commit.clear()  # as each transaction does at its end: the test's own never ends
        gc.collect()
        held.append(sys.getallocatedblocks())
    assert min(held[-2:]) - held[WARM] < ANSWERS * ROUNDS / 2, (
        held
    )  # one block of memory for each answer would be twice that
