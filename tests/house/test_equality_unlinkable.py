"""An attacker with the whole database joins no equality row and no used code to a person (A7).

Each of 200 people gives a unique equality answer and uses a unique code, so the test knows the truth; then every table
is read as stored, with PostgreSQL's places and transactions.
"""

import json
import random
import uuid
from collections import Counter, defaultdict
from itertools import groupby

import pytest
from django.db import connection
from scipy.stats import spearmanr

from cms.operations.stored_answers.storage_order import settle_storage_order
from consultation.channels.invitation_codes import actions as codes
from consultation.channels.invitation_codes.models import InvitationCode
from consultation.channels.web import form_tokens
from consultation.responses import equality_monitoring
from consultation.responses.models import EqualityRow, Response
from consultation.responses.submission import submit_response
from tests.databases import only_on_postgresql, only_on_sqlite
from tests.factories import consultation, question

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PEOPLE = 200
POSTGRES = connection.vendor == "postgresql"


class Crowd:
    """The true answers and codes of the people, known to the test alone."""

    def __init__(self, version, digests):
        self.equality, self.code, self.arrived = {}, {}, []
        for number, digest in enumerate(digests, start=1):
            nonce = form_tokens.make_nonce()
            sealed = equality_monitoring.seal_equality_and_code(version.content, {"b": str(number)}, digest)
            sent = submit_response(
                version=version, nonce=nonce, language="en", closed={"a": "1"}, texts={"q-c": (f"Words {number}", False)},
                sealed_equality=sealed,
            ).response  # fmt: skip
            self.equality[str(number)], self.code[digest] = sent.pk, sent.pk
            self.arrived.append(sent.pk)


@pytest.fixture
def crowd(home, person):
    items = [
        question("a", options=["Yes", "No"]),
        question("c", "long_text"),
        question("b", options=[f"Choice {n}" for n in range(PEOPLE)], apart=True),
    ]
    page, version = consultation(home, items=items)
    batch, _ = codes.make_code_batch(
        consultation=page, label="All", number=PEOPLE + 50, by=person("engagement_officer"), seed=b"sixteen bytes ok"
    )
    digests = list(batch.codes.values_list("pk", flat=True))
    random.SystemRandom().shuffle(digests)
    return Crowd(version, digests[:PEOPLE])


def still_waiting():
    return set(Response.objects.filter(sealed_equality__isnull=False).values_list("pk", flat=True))


@pytest.fixture
def swept(crowd, monkeypatch):
    """Run the sweep; `batches` are the people in each, for an attacker who compares the tables before and after."""
    monkeypatch.setattr(equality_monitoring, "MAX_BATCH", 60)
    crowd.batches, write = [], equality_monitoring._write_batch

    def watched(*arguments):
        before = still_waiting()
        written = write(*arguments)
        crowd.batches.append(before - still_waiting())
        return written

    monkeypatch.setattr(equality_monitoring, "_write_batch", watched)
    while equality_monitoring.write_batches(codes.CODE_USE):
        pass
    return crowd


def places(model, *columns):
    """Rows as stored: [(key, *columns, transaction)]; SQLite has no transaction, and reads in key order."""
    names = ", ".join([model._meta.pk.column, *columns])
    more, order = (", xmin::text", "ORDER BY ctid") if POSTGRES else (", ''", "")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {names}{more} FROM {model._meta.db_table} {order}")
        return [tuple(row) for row in cursor.fetchall()]


def dump():
    """{table: its rows as texts}"""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = [json.dumps([str(value) for value in row]) for row in cursor.fetchall()]
    return found


def said_in(answers):
    return (json.loads(answers) if isinstance(answers, str) else answers)["b"]


def ranks(owners, order):
    """For each row the rank of its owner, in an order of people that the attacker has."""
    at = {str(key).replace("-", ""): place for place, key in enumerate(order)}
    return [at[str(owner).replace("-", "")] for owner in owners]


def orders_of_people(crowd):
    """Every order of people that a database could reveal: of arrival, of keys, of places on disk."""
    return {
        "arrival": crowd.arrived,
        "keys": sorted(crowd.arrived, key=str),
        "places": [uuid.UUID(str(row[0])) for row in places(Response)],
    }


def test_everybody_is_in_one_batch_of_ten_or_more(swept):
    people = Counter(pk for batch in swept.batches for pk in batch)
    assert all(len(batch) >= equality_monitoring.MIN_BATCH for batch in swept.batches)
    assert len(swept.batches) > 1
    assert set(people.values()) == {1}
    assert EqualityRow.objects.count() == len(people) == InvitationCode.objects.filter(used=True).count()
    assert len(people) > PEOPLE - equality_monitoring.MIN_BATCH


def test_no_key_of_one_store_is_in_another(swept):
    tables = dump()
    everything = {table: "\n".join(rows).replace("-", "") for table, rows in tables.items()}
    of_rows = {str(key).replace("-", "") for key in EqualityRow.objects.values_list("pk", flat=True)}
    digests = set(InvitationCode.objects.values_list("pk", flat=True))
    people = {str(key).replace("-", "") for key in swept.arrived}
    for keys, home in ((of_rows, "consultation_equalityrow"), (digests, "consultation_invitationcode")):
        assert {table for table, text in everything.items() if any(key in text for key in keys)} == {home}
    for table in ("consultation_equalityrow", "consultation_invitationcode", "consultation_codebatch"):
        assert not [key for key in people if key in everything[table]], table


def test_no_order_of_people_is_the_order_of_rows_or_codes(swept):
    settle_storage_order()
    for name, order in orders_of_people(swept).items():
        for owners in lying(swept):
            assert abs(spearmanr(range(len(owners)), ranks(owners, order)).statistic) < by_chance(len(owners)), name


def by_chance(ranked):
    """The correlation that random ranks exceed once in forty thousand times."""
    return 4.2 / (ranked - 1) ** 0.5


def lying(swept):
    """Owners of the equality rows and of the used codes, in their order on disk."""
    yield [swept.equality[said_in(answers)] for _, answers, _ in places(EqualityRow, "answers")]
    yield [swept.code[key] for key, used, _ in places(InvitationCode, "used") if used]


def test_within_a_batch_neither(swept):
    """Before anything is settled, and for someone who has seen every batch being written."""
    orders = orders_of_people(swept)
    for batch in (people for people in swept.batches if len(people) >= 40):  # fewer tell chance from nothing
        for name, order in orders.items():
            for owners in lying(swept):
                inside = [owner for owner in owners if owner in batch]
                told = ranks(inside, [key for key in order if key in batch])
                assert abs(spearmanr(range(len(inside)), told).statistic) < by_chance(len(inside)), name


@only_on_postgresql("that a row's transaction tells no more than its batch")
def test_a_transaction_tells_the_batch_and_after_settling_not_even_that(swept):
    by_transaction = defaultdict(set)
    for _, answers, xmin in places(EqualityRow, "answers"):
        by_transaction[xmin].add(swept.equality[said_in(answers)])
    assert sorted(map(len, by_transaction.values())) == sorted(map(len, swept.batches))
    assert all(people in swept.batches for people in by_transaction.values())
    settle_storage_order()
    for moved in (places(EqualityRow), places(InvitationCode)):  # now by transactions that are runs of random keys
        in_key_order = [row[-1] for row in sorted(moved)]
        assert len(list(groupby(in_key_order))) == len(set(in_key_order)) <= max(2, len(moved) / 10)


@only_on_sqlite("that no rowid tells of an arrival")
def test_sqlite_keeps_no_rowid_of_them():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE name IN ('consultation_equalityrow', 'consultation_invitationcode')"
        )
        made = dict(cursor.fetchall())
    assert len(made) == 2
    assert all(sql.endswith("WITHOUT ROWID") for sql in made.values())


def test_the_attack_can_succeed():
    """That is: an order that is told would be found."""
    assert spearmanr(range(PEOPLE), ranks(range(PEOPLE), range(PEOPLE))).statistic > 0.99
