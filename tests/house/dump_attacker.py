"""An attacker with a whole dump, who knows the order in which people came and wants to know each person's answer.

For every table whose rows lead to an answer, the attacker tries every column, every hidden column, the order of the
rows, and their places in the database's own file.
"""

from collections import defaultdict
from itertools import combinations

from scipy.stats import spearmanr

# Chance alone gives 500 random ranks a correlation beyond this once in thirty million tries, and eight right guesses of
# 500 once in a million.
CHANCE, LUCK = 0.25, 8
PAGE = 4096  # bytes: what SQLite reads and writes at once

# {table: rows, each {column: text}}, in the order in which they lie; hidden columns begin with "~".
ROWS = """
import json
from django.apps import apps
from django.db import connection
CAST = "::text" if connection.vendor == "postgresql" else ""
HIDDEN = {"postgresql": ["ctid", "xmin", "cmin", "tableoid"], "sqlite": ["rowid"]}[connection.vendor]
def text(value):
    return bytes(value).hex() if isinstance(value, (bytes, memoryview)) else str(value)
def read(cursor, table):
    for hidden in (HIDDEN, []):
        try:
            more = ", ".join([*(f'{name}{CAST} AS "~{name}"' for name in hidden), "*"])
            cursor.execute(f'SELECT {more} FROM "{table}"')
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, map(text, row))) for row in cursor.fetchall()]
        except Exception:
            continue
found = {}
with connection.cursor() as cursor:
    for table in sorted(connection.introspection.table_names()):
        if table.startswith("consultation_"):
            found[table] = read(cursor, table)
print(json.dumps(found))
"""


def plain(key):
    return key.replace("-", "")


def leads_to(rows, arrived):
    """{table: [(rank of arrival, row)]} of each table whose rows lead to a response, over any number of tables."""
    known = {plain(key): rank for rank, key in enumerate(arrived)}
    linked = {}
    for _ in range(3):  # a screening leads to an answer, an answer to a response
        for table, found in rows.items():
            if table in linked:
                continue
            for column in found[0] if found else {}:
                ranks = [known.get(plain(row[column])) for row in found]
                if sum(rank is not None for rank in ranks) > len(found) / 2:
                    linked[table] = [(rank, row) for rank, row in zip(ranks, found, strict=True) if rank is not None]
                    keys = next(iter(name for name in found[0] if not name.startswith("~")))
                    known |= {plain(row[keys]): rank for rank, row in linked[table]}
                    break
    return linked


def number(value):
    """The sort key of a value: numbers as numbers, places as pairs of numbers, all else as text."""
    try:
        return (0, *(float(part) for part in value.strip("()").split(",")))
    except ValueError:
        return (1, value)


def attacks(rows, arrived):
    """(table, what was tried, correlation, right guesses) of each attempt on each table with many rows."""
    for table, linked in leads_to(rows, arrived).items():
        if len(linked) < 100:
            continue
        ranks = [rank for rank, _ in linked]
        yield table, "the order of the rows", *_scores(ranks, list(range(len(ranks))))
        for column in linked[0][1]:
            values = [row[column] for _, row in linked]
            if len(set(values)) > 1:
                order = {value: place for place, value in enumerate(sorted(set(values), key=number))}
                yield table, column, *_scores(ranks, [order[value] for value in values])
                yield table, f"length of {column}", *_scores(ranks, [len(value) for value in values])


def _scores(ranks, told):
    if len(set(told)) == 1:
        return 0.0, 0
    guessed = [ranks[place] for place in sorted(range(len(told)), key=lambda place: (told[place], hash(place * 7919)))]
    right = sum(rank == place for place, rank in enumerate(sorted_ranks(guessed)))
    return float(spearmanr(ranks, told).statistic), right


def sorted_ranks(guessed):
    """Ranks of arrival within the table alone, so that a guess can be exactly right."""
    among = {rank: place for place, rank in enumerate(sorted(guessed))}
    return [among[rank] for rank in guessed]


def told_by_places(content, arrived):
    """The share of pairs on one page of a SQLite file in which the later row lies first: half, by chance.

    Within a page SQLite places new rows before older ones, though it lists them by key.
    """
    pages = defaultdict(list)
    for rank, key in enumerate(arrived):
        at = content.find(plain(key).encode())
        while at >= 0:
            pages[at // PAGE].append((at, rank))
            at = content.find(plain(key).encode(), at + 1)
    pairs = [
        (one[1] > other[1]) == (one[0] < other[0])
        for found in pages.values()
        for one, other in combinations(found, 2)
        if one[1] != other[1]
    ]
    return sum(pairs) / len(pairs), len(pairs)
