"""One question to either database: which rows hold these words, the best of the first `MOST` first.

`Where` narrows by what stands in a row; `allowed` and `extra` by what stands elsewhere. Rows are taken in the order of
their random keys, so the first `MOST` are a choice by chance, and however common a word is, the work has an end.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection

from insights.search import schema
from insights.search.words import Term, spellings

MOST = 500


class Found(NamedTuple):
    keys: list[Any]
    number: int  # of rows that hold the words, MOST at most
    more: bool  # there are more than MOST
    beside: list[tuple[Any, ...]] = []  # of each key, the columns that were asked for besides


@dataclass(frozen=True)
class Where:
    """`columns`: {column: the values it may have}; `extra`: more conditions on `row`, with their parameters."""

    columns: dict[str, list[Any]] = field(default_factory=dict)
    extra: tuple[tuple[str, list[Any]], ...] = ()

    def as_sql(self, before: str = "") -> tuple[str, list[Any]]:
        """`before` each column: SQLite's plus keeps it from walking a column's index for each row that was found."""
        parts, values = [], []
        for column, allowed in self.columns.items():
            parts.append(f"{before}row_.{column} IN ({', '.join(['%s'] * len(allowed)) or 'NULL'})")
            values += allowed
        for sql, more in self.extra:
            parts.append(sql)
            values += more
        return "".join(f" AND {part}" for part in parts), values


# Column -> the letter before its values in an FTS5 row's facets, each of which is one word.
FACETS = {"version_id": "v", "language": "l", "question": "q", "release_id": "r", "theme_id": "t"}


def find(
    indexed: schema.Indexed,
    terms: Iterable[Term],
    where: Where,
    *,
    ranked: bool,
    some: bool = False,
    limit: int | None = None,
    offset: int = 0,
    most: int | None = None,
    beside: tuple[str, ...] = (),
) -> Found:
    """Keys of the rows that hold all terms (`some`: any of them). Not ranked: in the order of random keys, which
    says nothing of other rows, as any measure of how rare a word is would. After the first `most` the work ends."""
    terms, most = list(terms), most or MOST
    if not terms or not all(where.columns.values()):
        return Found([], 0, False)
    ask = _sqlite if connection.vendor == "sqlite" else _postgres
    with connection.cursor() as cursor:
        sql, params = ask(cursor, Question(indexed, terms, where, ranked, some, most, beside))
        left = max(0, most - offset)
        a_page = left if limit is None else min(limit, left)
        cursor.execute(f"{sql} LIMIT %s OFFSET %s", [*params, most + 1, a_page, offset])
        rows = cursor.fetchall()
    number = rows[0][1] if rows else 0
    return Found([row[0] for row in rows], min(number, most), number > most, [row[2:] for row in rows])


class Question(NamedTuple):
    """What `find` was asked."""

    indexed: schema.Indexed
    terms: list[Term]
    where: Where
    ranked: bool
    some: bool
    most: int
    beside: tuple[str, ...] = ()

    def columns(self, before: str = "") -> str:
        return "".join(f", {before}{column}" for column in self.beside)


OUTER = "SELECT id, count(*) OVER (){beside} FROM ({inner} LIMIT %s) AS found ORDER BY {order}"


def _sqlite(cursor: Any, asked: Question) -> tuple[str, list[Any]]:
    indexed, table = asked.indexed, asked.indexed.table
    # A range of the primary key: the number of an FTS5 row is the beginning of a text's key.
    begins = f"printf('%%0{schema.DIGITS}x', {table}_search.rowid)"
    joined = (
        f"row_.id >= {begins} AND row_.id < {begins} || 'g'"
        if indexed is schema.TEXTS
        else f"row_.id = {table}_search.rowid"
    )
    score = f"bm25({table}_search, 1.0, 0.0)" if asked.ranked else "0"
    narrowed, values = asked.where.as_sql("+")
    inner = (
        f"SELECT row_.id AS id, {score} AS score{asked.columns('row_.')} FROM {table}_search "  # noqa: S608  names are ours
        f"CROSS JOIN {table} AS row_ ON {joined} WHERE {table}_search MATCH %s{narrowed}"
    )
    order = "score, id" if asked.ranked else "id"
    sql = OUTER.format(inner=inner, order=order, beside=asked.columns())
    return sql, [_fts5(asked.terms, asked.where, asked.some), *values]


def _fts5(terms: list[Term], where: Where, some: bool) -> str:
    phrases = [_phrase(term) for term in terms]
    parts = ["text : (" + (" OR " if some else " AND ").join(phrases) + ")"]
    for column, allowed in _asked_by_facet(where).items():
        facets = (f'"{FACETS[column]}{_harmless(value)}"' for value in allowed)
        parts.append("facets : (" + " OR ".join(facets) + ")")
    return " AND ".join(parts)


def _asked_by_facet(where: Where) -> dict[str, list[Any]]:
    """Ranking walks every row of each facet. A question's rows are few beside those of its versions, and nearly all
    theirs; the rest is left to the condition on the row, which stands in any case."""
    asked = {column: allowed for column, allowed in where.columns.items() if column in FACETS and allowed}
    return {column: allowed for column, allowed in asked.items() if column != "version_id" or "question" not in asked}


def _phrase(term: Term) -> str:
    """FTS5 takes words as they were stored, so it is asked for each way of storing them."""
    star = " *" if term.begins else ""
    return "(" + " OR ".join(f'"{words}"{star}' for words in spellings(" ".join(term.words))) + ")"


def _harmless(value: Any) -> str:
    return str(value).replace('"', " ").replace("-", "")


def _postgres(cursor: Any, asked: Question) -> tuple[str, list[Any]]:
    """By one of two ways to the same rows: along the keys until enough were found, which is quick for common words, or
    by the index of words to all of them, which is quick for the rest."""
    narrowed, values = asked.where.as_sql()
    among = (
        f"FROM {asked.indexed.table} AS row_, to_tsquery('simple', %s) AS asked "
        f"WHERE row_.{schema.COLUMN} @@ asked{narrowed}"
    )
    params = [_tsquery(asked.terms, asked.some), *values]
    score, beside = f"ts_rank({schema.COLUMN}, asked)" if asked.ranked else "0", asked.columns("row_.")
    if _is_common(cursor, asked, among, params):
        inner = f"SELECT row_.id AS id, {score} AS score{beside} {among} ORDER BY row_.id"
    else:  # OFFSET 0: the planner, which thinks that walking costs little, leaves the way inside as it is
        inner = (
            f"SELECT id, {score} AS score{asked.columns()} FROM (SELECT * FROM (SELECT row_.id, "  # noqa: S608
            f"row_.{schema.COLUMN}, asked{beside} {among} OFFSET 0) AS every ORDER BY id LIMIT %s) AS chosen"
        )
        params.append(asked.most + 1)
    order = "score DESC, id" if asked.ranked else "id"
    return OUTER.format(inner=inner, order=order, beside=asked.columns()), params


def _is_common(cursor: Any, asked: Question, among: str, params: list[Any]) -> bool:
    """Whether it is less work to pass rows, each compared with all terms, than to sort what is found, which costs about
    as much as two comparisons. Both numbers are the planner's; asking for them takes a third of a millisecond."""
    cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [asked.indexed.table])
    (rows,) = cursor.fetchone()  # -1: nobody has counted them
    cursor.execute(f"EXPLAIN (FORMAT JSON) SELECT 1 {among}", params)
    (plans,) = cursor.fetchone()
    found = max(1, plans[0]["Plan"]["Plan Rows"])
    passed = asked.most * rows / found
    return 2 * found >= passed * len(asked.terms)


def _tsquery(terms: list[Term], some: bool) -> str:
    return (" | " if some else " & ").join(_lexemes(term) for term in terms)


def _lexemes(term: Term) -> str:
    """A word holds letters, digits and signs on letters alone (words.WORD), so nothing in it ends the quotation."""
    last = len(term.words) - 1
    quoted = [f"'{word}'{':*' if term.begins and place == last else ''}" for place, word in enumerate(term.words)]
    return "(" + " <-> ".join(quoted) + ")"
