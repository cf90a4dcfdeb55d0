"""No query of every minute reads a table of answers from end to end: each has an index that finds its rows."""

import pytest

from cms.operations import health
from cms.operations.stored_answers.storage_order import settle_storage_order
from consultation import handover
from consultation.channels.web import form_tokens
from consultation.reading import actions as reading
from consultation.reading import reading_queue, screening_sweep
from insights.corpus.actions import take_released_texts
from insights.corpus.models import Text
from tests import factories
from tests.databases import only_on_postgresql
from tests.query_plans import nodes_of, recorded_plans

pytestmark = [pytest.mark.django_db, only_on_postgresql("that queries of every minute use an index")]
BIG = {
    "consultation_response",
    "consultation_answer",
    "consultation_receipt",
    "consultation_screening",
    "consultation_reading",
    "insights_text",
    "insights_code",
}
ADDRESS = "/en/have-your-say/parks/answer/"


@pytest.fixture
def version(home, reader):
    items = [factories.question("a", options=["Yes", "No"]), factories.question("b", "long_text")]
    version = factories.consultation(home, items=items)[1]
    factories.responses(version, [({"a": "1"}, {"q-b": f"More lights, says {n}."}) for n in range(20)], reader=reader)
    factories.responses(version, [({"a": "1"}, {"q-b": f"More benches, says {n}."}) for n in range(20)])
    return version


def send(client, version):
    token = form_tokens.issue_form_token(version.pk)
    for _ in range(2):  # the second is merged with the first
        client.post(ADDRESS, {"token": token, "a": "1", "b": "More lights."})


EVERY_MINUTE = {
    "Send, twice": lambda client, version, reader: send(client, version),
    "the form": lambda client, version, reader: client.get(ADDRESS),
    "screening": lambda client, version, reader: screening_sweep.screen_unread(),
    "release": lambda client, version, reader: reading.release_due_answers(),
    "the next answer to read": lambda client, version, reader: reading_queue.list_waiting(reader),
    "storage order": lambda client, version, reader: settle_storage_order(),
    "the oldest unread answer": lambda client, version, reader: health.oldest_unread_days(),
    "released texts": lambda client, version, reader: list(handover.iter_released_texts(known=Text.objects.all())),
    "the corpus": lambda client, version, reader: take_released_texts(),
}


@pytest.mark.parametrize("name", EVERY_MINUTE)
@pytest.mark.each_on_postgresql
def test_it_reads_no_table_of_answers_from_end_to_end(name, client, version, reader):
    with recorded_plans(enable_seqscan="off") as plans:
        EVERY_MINUTE[name](client, version, reader)
    read = [
        (node["Relation Name"], sql)
        for sql, plan in plans
        for node in nodes_of(plan)
        if node["Node Type"] == "Seq Scan" and node.get("Relation Name") in BIG
    ]
    assert plans and read == []
