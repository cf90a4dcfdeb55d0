"""An attacker with a whole dump and no key, who wants to know each person's answer.

One knows the order in which people came. Another knows what half of the people wrote, and guesses what the others did. For
every table whose rows lead to an answer, both try every column, every hidden column and their lengths; the first also the
order of the rows, and their places in the database's own file.
"""

from collections import Counter, defaultdict
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
        if table.startswith(("consultation_", "insights_", "cms_")):
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
                    keys = [
                        name for name in found[0] if name[0] != "~" and len({row[name] for row in found}) == len(found)
                    ]
                    known |= {plain(row[keys[0]]): rank for rank, row in linked[table]} if keys else {}
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


def guesses(rows, secrets):
    """(table, what was tried, share of right guesses) of each attempt to guess {key: what is to be guessed}: by values,
    lengths, those who lie beside one in the order of a column, and who has a row at all."""
    hidden = list(secrets.values())
    for table, linked in leads_to(rows, list(secrets)).items():
        there = {rank for rank, _ in linked}
        yield table, "has a row", _share_guessed([(rank in there, secret) for rank, secret in enumerate(hidden)])
        for column in linked[0][1]:
            told = [(row[column], hidden[rank]) for rank, row in linked]
            yield table, column, _share_guessed(told)
            yield table, f"length of {column}", _share_guessed([(len(value), secret) for value, secret in told])
            yield table, f"neighbours by {column}", _share_by_neighbours(told)


def _share_guessed(told):
    """Of every second pair of (value, secret), the share that the others lead to."""
    known = defaultdict(Counter)
    for value, secret in told[::2]:
        known[value][secret] += 1
    usual = Counter(secret for _, secret in told[::2])
    others = told[1::2]
    return sum((known.get(value) or usual).most_common(1)[0][0] == secret for value, secret in others) / len(others)


def _share_by_neighbours(told):
    """Of every second pair in the order of its values, the share whose secret most of the four known ones beside it have."""
    secrets = [secret for _, secret in sorted(told, key=lambda pair: number(pair[0]))]
    known, others = secrets[::2], secrets[1::2]
    right = [
        Counter(known[max(0, at - 1) : at + 3]).most_common(1)[0][0] == secret for at, secret in enumerate(others)
    ]
    return sum(right) / max(len(right), 1)


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
