"""The attacker of a dump is effective: the order of arrival is found wherever something reveals it."""

import random
import sqlite3
import uuid

import pytest

from tests.house.dump_attacker import CHANCE, LUCK, attacks, guesses, told_by_places

PEOPLE = 500
ARRIVED = [str(uuid.UUID(int=random.Random(number).getrandbits(128))) for number in range(PEOPLE)]


def found(**columns):
    """Columns that reveal the order of arrival, of a table with `columns` {name: rank of arrival -> value}."""
    rows = [{"id": key} | {name: value(rank) for name, value in columns.items()} for rank, key in enumerate(ARRIVED)]
    tried = attacks({"answers": sorted(rows, key=lambda row: row["id"])}, ARRIVED)
    return {column for _, column, told, right in tried if abs(told) > CHANCE or right > LUCK}


def test_random_keys_tell_nothing():
    assert found() == set()
    assert found(language=lambda rank: ("en", "ur")[rank % 2], day=lambda rank: "2026-11-25") == set()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("number", lambda rank: str(rank)),
        ("counted down", lambda rank: str(9999 - rank)),
        ("~ctid", lambda rank: f"({rank // 40},{rank % 40 + 1})"),
        ("hour", lambda rank: f"2026-11-25 {rank // 60:02}:00"),
        ("half of it", lambda rank: str(rank if rank % 2 else 0)),
    ],
)
def test_whatever_rises_or_falls_with_arrival_tells(name, value):
    assert name in found(**{name: value})


def test_a_length_that_grows_tells():
    assert "length of sealed" in found(sealed=lambda rank: "x" * (rank // 50))


def test_rows_in_the_order_of_arrival_tell():
    tried = attacks({"answers": [{"id": key} for key in ARRIVED]}, ARRIVED)
    assert "the order of the rows" in {column for _, column, told, _ in tried if abs(told) > CHANCE}


def test_a_table_that_leads_to_an_answer_over_another_one_is_attacked_too():
    answers = [{"id": str(uuid.uuid5(uuid.NAMESPACE_URL, key)), "response_id": key} for key in ARRIVED]
    screenings = [{"answer_id": row["id"], "seq": str(place)} for place, row in enumerate(answers)]
    tried = attacks({"a": answers, "b": screenings}, ARRIVED)
    assert ("b", "seq") in {(table, column) for table, column, told, _ in tried if abs(told) > CHANCE}


def test_sqlite_lays_a_new_row_before_the_older_ones_of_its_page(tmp_path):
    """Though it lists them by key. Writing the file anew takes that away."""
    path, some = tmp_path / "one.sqlite3", ARRIVED[:40]
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("CREATE TABLE answers (id CHAR(32) PRIMARY KEY) WITHOUT ROWID")
    for key in some:
        connection.execute("INSERT INTO answers VALUES (?)", [key.replace("-", "")])
    assert told_by_places(path.read_bytes(), some) == (1.0, 40 * 39 // 2)
    connection.execute("VACUUM")
    share, _ = told_by_places(path.read_bytes(), some)
    connection.close()
    assert abs(share - 0.5) < 0.25


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("category", lambda secret, key: f"category {secret}"),
        ("length of sealed", lambda secret, key: key * (secret + 1)),
    ],
)
def test_what_depends_on_a_secret_tells_it(column, value):
    secrets = {key: number % 4 for number, key in enumerate(ARRIVED)}
    name = column.removeprefix("length of ")
    rows = [{"id": key, name: value(secret, key)} for key, secret in sorted(secrets.items())]
    right = {tried: share for _, tried, share in guesses({"answers": rows}, secrets)}
    assert right.pop(column) == 1.0
    right.pop(name, None), right.pop(f"neighbours by {name}")
    assert max(right.values()) < 0.5


def test_who_has_a_row_and_who_lies_beside_whom_tells_it():
    secrets = {key: number // 60 % 2 for number, key in enumerate(ARRIVED)}
    flagged = [{"id": key, "place": str(number)} for number, key in enumerate(ARRIVED) if secrets[key]]
    right = {tried: share for _, tried, share in guesses({"notices": flagged}, secrets)}
    assert right["has a row"] == 1.0
    everyone = [{"id": key, "place": str(number)} for number, key in enumerate(ARRIVED)]
    right = {tried: share for _, tried, share in guesses({"answers": everyone}, secrets)}
    assert right["neighbours by place"] > 0.95 and right["place"] < 0.7 and right["has a row"] < 0.7
