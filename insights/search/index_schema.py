"""The schema of the word index, installed after every `migrate` on SQLite and PostgreSQL. Idempotent.

SQLite: a contentless FTS5 table beside each table of texts, kept in step by triggers in the same transaction.
`secure-delete` removes deleted words from the index at once, and `PRAGMA secure_delete` (settings) wipes the pages. A
rowid is made from the text's random key, so the index does not reveal the order of arrival.

PostgreSQL: a generated tsvector column with a GIN index. It is part of the row and deleted with it.
"""

from typing import Any, NamedTuple

from django.db import connection, connections

from insights.corpus.models import Text
from insights.releases.models import Quote

COLUMN = "search_words"
SECURE_DELETE_SINCE = (3, 42)
# A rowid is the first 15 hexadecimal digits of a random key: 56 random bits (the 13th digit is the UUID version).
DIGITS = 15
TOKENS = "unicode61 remove_diacritics 2 categories ''L* N* Co Mn Mc''"


class IndexedTable(NamedTuple):
    """An indexed table. `key` and `facets`: SQL expressions in which `{row}` stands for the row's alias."""

    table: str
    key: str
    facets: str
    changes: str  # columns whose change updates the index


DIGIT = "((instr('0123456789abcdef', substr({{row}}.id, {place}, 1)) - 1) << {bits})"
TEXTS = IndexedTable(
    Text._meta.db_table,
    "(" + " | ".join(DIGIT.format(place=n + 1, bits=4 * (DIGITS - 1 - n)) for n in range(DIGITS)) + ")",
    "'v' || {row}.version_id || ' l' || {row}.language || ' q' || replace({row}.question, '-', '')",
    "text, version_id, language, question",
)
QUOTES = IndexedTable(
    Quote._meta.db_table, "{row}.id", "'r' || {row}.release_id || ' t' || {row}.theme_id", "text, release_id, theme_id"
)
ALL = (TEXTS, QUOTES)

FTS = (
    "CREATE VIRTUAL TABLE {table}_search USING fts5(text, facets, content='', prefix='2 3', tokenize=\"{tokens}\")"
).replace("{tokens}", TOKENS.replace("''", "'"))
SECURE = "INSERT INTO {table}_search({table}_search, rank) VALUES('secure-delete', 1)"
TRIGGERS = {
    "add": "AFTER INSERT ON {table} BEGIN {enter} END",
    "drop": "AFTER DELETE ON {table} BEGIN {leave} {tidy} END",
    "change": "AFTER UPDATE OF {changes} ON {table} BEGIN {leave} {enter} {tidy} END",
}
ENTER = "INSERT INTO {table}_search(rowid, text, facets) VALUES ({new_key}, NEW.text, {new_facets});"
LEAVE = (
    "INSERT INTO {table}_search({table}_search, rowid, text, facets) "
    "VALUES ('delete', {old_key}, OLD.text, {old_facets});"
)
# SQLite without `secure-delete` only marks words as deleted; rewriting the index is slower and removes them.
TIDY = "INSERT INTO {table}_search({table}_search) VALUES('optimize');"
EMPTY = "INSERT INTO {table}_search({table}_search) VALUES('delete-all')"
FILL = (
    "INSERT INTO {table}_search(rowid, text, facets) SELECT {key}, one.text, {facets} FROM {table} one ORDER BY one.id"
)
COUNTS = "SELECT (SELECT count(*) FROM {table}), (SELECT count(*) FROM {table}_search_docsize)"

# Letters without their marks, and signs as spaces, because PostgreSQL's parser takes "bus/tram" for a file name. The
# same folding as in insights.search.search_terms, which folds the typed terms.
SIGNS = "./-_@:;,!?()[]{}<>|+=*&%$#~^`''\"\\’‘“”„«»–—…،؛؟۔।॥"
FOLDED = (
    r"translate(regexp_replace(normalize(lower(text), NFD), '[\u0300-\u036f\u064b-\u0652\u0670]', '', 'g'), "
    f"'łŁ{SIGNS}', 'll{' ' * len(SIGNS)}')"
)
POSTGRES = (
    f"ALTER TABLE {{table}} ADD COLUMN IF NOT EXISTS {COLUMN} tsvector "
    f"GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, {FOLDED})) STORED",
    f"CREATE INDEX IF NOT EXISTS {{table}}_search ON {{table}} USING gin ({COLUMN}) WITH (fastupdate = off)",
)


def install_after_migrate(sender: Any, using: str, **kwargs: Any) -> None:
    """Receiver of post_migrate for insights."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    for indexed in ALL:
        if indexed.table in present:
            install_index(connection, indexed)


def install_index(connection: Any, indexed: IndexedTable) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            _install_sqlite_index(connection, cursor, indexed)
        elif connection.vendor == "postgresql":
            for statement in POSTGRES:
                cursor.execute(statement.replace("{table}", indexed.table))


def _install_sqlite_index(connection: Any, cursor: Any, indexed: IndexedTable) -> None:
    """Create the FTS5 table where it is missing or differs; the triggers always, because a migration that recreates a
    table drops them; and refill the index where the numbers of rows differ."""
    table, wiped = indexed.table, connection.Database.sqlite_version_info >= SECURE_DELETE_SINCE
    wanted = FTS.format(table=table)
    cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [f"{table}_search"])
    if cursor.fetchone() != (wanted,):
        cursor.execute(f"DROP TABLE IF EXISTS {table}_search")
        cursor.execute(wanted)
    if wiped:
        cursor.execute(SECURE.format(table=table))
    for name, body in TRIGGERS.items():
        cursor.execute(f"DROP TRIGGER IF EXISTS {table}_search_{name}")
        cursor.execute(f"CREATE TRIGGER {table}_search_{name} {_fill_template(body, indexed, '' if wiped else TIDY)}")
    cursor.execute(COUNTS.format(table=table))
    texts, found = cursor.fetchone()
    if texts != found:  # rows were written without the triggers
        key, facets = indexed.key.format(row="one"), indexed.facets.format(row="one")
        cursor.execute(EMPTY.format(table=table))
        cursor.execute(FILL.format(table=table, key=key, facets=facets))


def _fill_template(body: str, indexed: IndexedTable, tidy: str) -> str:
    spoken = {
        f"{which}_{name}": getattr(indexed, name).format(row=which.upper())
        for which in ("new", "old")
        for name in ("key", "facets")
    }
    parts = {"enter": ENTER, "leave": LEAVE, "tidy": tidy}
    parts = {name: part.format(table=indexed.table, **spoken) for name, part in parts.items()}
    return body.format(table=indexed.table, changes=indexed.changes, **parts)


def wipe_erased_words() -> int:
    """Sweep: rebuild PostgreSQL's GIN indexes concurrently, because a word of deleted rows alone stays in an index as
    an empty key until then. Returns how many indexes."""
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return 0
    with connection.cursor() as cursor:
        for indexed in ALL:
            cursor.execute(f"VACUUM {indexed.table}")
            for halfway in ("ccnew", "ccold"):  # left by an interrupted run
                cursor.execute(f"DROP INDEX IF EXISTS {indexed.table}_search_{halfway}")
            cursor.execute(f"REINDEX INDEX CONCURRENTLY {indexed.table}_search")
    return len(ALL)
