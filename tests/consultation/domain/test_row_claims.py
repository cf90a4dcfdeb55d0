"""Workers share a backlog: none waits for another, and none does another's rows."""

import threading

import pytest
from django.db import connection

from consultation.domain.row_claims import claim_rows
from consultation.reading.models import Screening
from consultation.reading.redaction_sweep import list_unredacted, redact_screened
from consultation.reading.screening_sweep import list_unscreened, screen_unread
from tests import factories
from tests.databases import only_on_postgresql, only_on_sqlite

SWEEPS = {"screening": (list_unscreened, screen_unread), "redaction": (list_unredacted, redact_screened)}


@pytest.fixture
def waiting(transactional_db, home):
    """Six answers wait to be screened."""
    _, version = factories.consultation(home, items=[factories.question("a", "long_text")])
    factories.responses(version, [({}, {"q-a": f"More lights, please, number {number}."}) for number in range(6)])


def beside(work):
    """What `work` returns as another worker, on a connection of its own, within ten seconds."""
    found = []

    def run():
        found.append(work())
        connection.close()

    worker = threading.Thread(target=run, daemon=True)
    worker.start()
    worker.join(timeout=10)
    assert found, "it waits for the first worker"
    return found[0]


@only_on_postgresql("that workers share a backlog")
@pytest.mark.each_on_postgresql
@pytest.mark.parametrize("sweep", SWEEPS)
def test_a_second_worker_does_what_the_first_is_not_at(waiting, sweep):
    rows, run = SWEEPS[sweep]
    if sweep == "redaction":
        screen_unread()
    with claim_rows(rows().order_by("pk")[:4]) as claimed:
        assert beside(run) == 2
        assert rows().count() == 4, "what the first is at still waits"
    assert {row.pk for row in claimed} == set(rows().values_list("pk", flat=True))
    assert run() == 4
    assert Screening.objects.count() == 6


@only_on_sqlite("that an embedded database is not held while a worker thinks")
def test_an_embedded_database_is_not_held_while_a_worker_thinks(waiting):
    with claim_rows(list_unscreened()) as claimed:
        assert len(claimed) == 6 and not connection.in_atomic_block
