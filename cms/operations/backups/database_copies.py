"""Copy the whole database to one file and restore it: SQLite's own backup, or `pg_dump` and `pg_restore`."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection, connections

PIECE = 1024 * 1024


class DatabaseCopyError(Exception):
    """The message is shown to the operator of the command."""


def copy_database_to(path: Path) -> None:
    """Write one consistent copy. It has no trace of erased rows: both tools leave out free space."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
    else:
        _run_postgresql_program("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={path}")


def restore_database(path: Path) -> None:
    """Replace the content of the database with the copy, wholly or not at all."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(path)) as source:
            if source.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise DatabaseCopyError("The database in this backup is damaged.")
            connection.ensure_connection()
            source.backup(connection.connection)
    else:
        connections.close_all()
        connection.close_pool()  # type: ignore[attr-defined]  # its connections would cache the old tables
        _run_postgresql_program(
            "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error", str(path)
        )


def iterate_file_pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _find_postgresql_program(name: str) -> str:
    """Path of the newest installed version: an older `pg_dump` refuses a newer server."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -float(path.parent.name))
    found = next((str(folder / name) for folder in folders if (folder / name).exists()), None) or shutil.which(name)
    if found is None:
        raise DatabaseCopyError(f"{name} is not installed here. It comes with PostgreSQL's client programs.")
    return found


def _run_postgresql_program(name: str, *arguments: str) -> None:
    database: dict[str, Any] = connection.settings_dict
    told = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    environment = os.environ | {key: str(database[ours]) for key, ours in told.items() if database.get(ours)}
    command = [_find_postgresql_program(name), f"--dbname={database['NAME']}", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise DatabaseCopyError(f"{name} failed: {done.stderr.strip()[-2000:]}")
