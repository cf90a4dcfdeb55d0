"""Queries of the word index on SQLite and PostgreSQL: the rows that hold the terms, ranked within the first `MOST`.

Rows are taken in the order of their random keys, so the first `MOST` are a random choice, and the work is bounded
however common a word is.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection

from insights.search import index_schema
from insights.search.search_terms import SearchTerm, stored_spellings

MOST = 500


class IndexMatches(NamedTuple):
    keys: list[Any]
    number: int  # of matching rows, MOST at most
    more: bool  # whether there are more than MOST
    beside: list[tuple[Any, ...]] = []  # for each key the values of the additional columns


@dataclass(frozen=True)
class RowConditions:
    """`columns`: {column: allowed values}; `extra`: (SQL on `row_`, parameters) of further conditions."""

    columns: dict[str, list[Any]] = field(default_factory=dict)
    extra: tuple[tuple[str, list[Any]], ...] = ()

    def as_sql(self, before: str = "") -> tuple[str, list[Any]]:
        """(SQL, parameters). `before` precedes each column: SQLite's unary plus prevents use of the column's index."""
        parts, values = [], []
        for column, allowed in self.columns.items():
            parts.append(f"{before}row_.{column} IN ({', '.join(['%s'] * len(allowed)) or 'NULL'})")
            values += allowed
        for sql, more in self.extra:
            parts.append(sql)
            values += more
        return "".join(f" AND {part}" for part in parts), values


# {column: letter}: in the FTS5 column `facets` each value is one word with this letter first.
FACETS = {"version_id": "v", "language": "l", "question": "q", "release_id": "r", "theme_id": "t"}


def find_rows(
    indexed: index_schema.IndexedTable,
    terms: Iterable[SearchTerm],
    where: RowConditions,
    *,
    ranked: bool,
    some: bool = False,
    limit: int | None = None,
    offset: int = 0,
    most: int | None = None,
    beside: tuple[str, ...] = (),
) -> IndexMatches:
    """Find rows that hold all terms (`some`: any term), among the first `most`. Not ranked: in the order of random
    keys, which reveals nothing about other rows, as a rank by rare words would. `beside`: additional columns."""
    terms, most = list(terms), most or MOST
    if not terms or not all(where.columns.values()):
        return IndexMatches([], 0, False)
    ask = _build_sqlite_query if connection.vendor == "sqlite" else _build_postgres_query
    with connection.cursor() as cursor:
        sql, params = ask(cursor, IndexQuery(indexed, terms, where, ranked, some, most, beside))
        left = max(0, most - offset)
        a_page = left if limit is None else min(limit, left)
        cursor.execute(f"{sql} LIMIT %s OFFSET %s", [*params, most + 1, a_page, offset])
        rows = cursor.fetchall()
    number = rows[0][1] if rows else 0
    return IndexMatches([row[0] for row in rows], min(number, most), number > most, [row[2:] for row in rows])


class IndexQuery(NamedTuple):
    """The arguments of `find_rows`."""

    indexed: index_schema.IndexedTable
    terms: list[SearchTerm]
    where: RowConditions
    ranked: bool
    some: bool
    most: int
    beside: tuple[str, ...] = ()

    def columns(self, before: str = "") -> str:
        return "".join(f", {before}{column}" for column in self.beside)


OUTER = "SELECT id, count(*) OVER (){beside} FROM ({inner} LIMIT %s) AS found ORDER BY {order}"


def _build_sqlite_query(cursor: Any, asked: IndexQuery) -> tuple[str, list[Any]]:
    indexed, table = asked.indexed, asked.indexed.table
    # A range of the primary key: the rowid of an FTS5 row is the first digits of the text's key.
    begins = f"printf('%%0{index_schema.DIGITS}x', {table}_search.rowid)"
    joined = (
        f"row_.id >= {begins} AND row_.id < {begins} || 'g'"
        if indexed is index_schema.TEXTS
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
    return sql, [_build_fts5_match(asked.terms, asked.where, asked.some), *values]


def _build_fts5_match(terms: list[SearchTerm], where: RowConditions, some: bool) -> str:
    phrases = [_build_fts5_phrase(term) for term in terms]
    parts = ["text : (" + (" OR " if some else " AND ").join(phrases) + ")"]
    asked = {column: allowed for column, allowed in where.columns.items() if column in FACETS and allowed}
    if "question" in asked:
        # Ranking scans every row of a facet. The condition on the row applies to versions in any case.
        asked.pop("version_id", None)
    for column, allowed in asked.items():
        values = (str(value).replace('"', " ").replace("-", "") for value in allowed)
        parts.append("facets : (" + " OR ".join(f'"{FACETS[column]}{value}"' for value in values) + ")")
    return " AND ".join(parts)


def _build_fts5_phrase(term: SearchTerm) -> str:
    """An FTS5 phrase in each stored spelling, because FTS5 compares words as stored."""
    star = " *" if term.begins else ""
    return "(" + " OR ".join(f'"{words}"{star}' for words in stored_spellings(" ".join(term.words))) + ")"


def _build_postgres_query(cursor: Any, asked: IndexQuery) -> tuple[str, list[Any]]:
    """(SQL, parameters) by one of two plans for the same rows: a scan along the keys until enough match, fast for
    common words; or the word index, fast for others."""
    narrowed, values = asked.where.as_sql()
    among = (
        f"FROM {asked.indexed.table} AS row_, to_tsquery('simple', %s) AS asked "
        f"WHERE row_.{index_schema.COLUMN} @@ asked{narrowed}"
    )
    params = [(" | " if asked.some else " & ").join(map(_build_tsquery_phrase, asked.terms)), *values]
    score, beside = f"ts_rank({index_schema.COLUMN}, asked)" if asked.ranked else "0", asked.columns("row_.")
    if _is_key_walk_cheaper(cursor, asked, among, params):
        inner = f"SELECT row_.id AS id, {score} AS score{beside} {among} ORDER BY row_.id"
    else:  # OFFSET 0 keeps the planner from turning this into a scan along the keys
        inner = (
            f"SELECT id, {score} AS score{asked.columns()} FROM (SELECT * FROM (SELECT row_.id, "  # noqa: S608
            f"row_.{index_schema.COLUMN}, asked{beside} {among} OFFSET 0) AS every ORDER BY id LIMIT %s) AS chosen"
        )
        params.append(asked.most + 1)
    order = "score DESC, id" if asked.ranked else "id"
    return OUTER.format(inner=inner, order=order, beside=asked.columns()), params


def _is_key_walk_cheaper(cursor: Any, asked: IndexQuery, among: str, params: list[Any]) -> bool:
    """Whether a scan along the keys costs less than sorting all matches. A scanned row costs a comparison a term, a
    sorted match about two comparisons. Both numbers are the planner's estimates, which take a third of a
    millisecond."""
    cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [asked.indexed.table])
    (rows,) = cursor.fetchone()  # -1: not analysed yet
    cursor.execute(f"EXPLAIN (FORMAT JSON) SELECT 1 {among}", params)
    (plans,) = cursor.fetchone()
    found = max(1, plans[0]["Plan"]["Plan Rows"])
    passed = asked.most * rows / found
    return 2 * found >= passed * len(asked.terms)


def _build_tsquery_phrase(term: SearchTerm) -> str:
    """A tsquery phrase. A word matches WORD (letters, digits, combining marks), so it cannot end the quotation."""
    last = len(term.words) - 1
    quoted = [f"'{word}'{':*' if term.begins and place == last else ''}" for place, word in enumerate(term.words)]
    return "(" + " <-> ".join(quoted) + ")"
