"""Copy the whole database as a stream and restore it: SQLite by a copy of its own, PostgreSQL by `pg_dump` and
`pg_restore`. No piece of it waits in memory, and of PostgreSQL none on a disk either.
"""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from django.db import connection, connections

PIECE = 1024 * 1024
PASSED_ON = ("sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout")


class DatabaseCopyError(Exception):
    """The message is shown to the operator of the command."""


def iterate_database_copy(scratch: Path) -> Iterator[bytes]:
    """One consistent copy while the site runs. It has no trace of erased rows: both tools leave out free space."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(scratch / "database")])
        with (scratch / "database").open("rb") as file:
            while piece := file.read(PIECE):
                yield piece
    else:
        command = ["pg_dump", "--format=custom", "--no-owner", "--no-privileges"]
        yield from _read_from_program(command, connection.settings_dict)


def restore_database(pieces: Iterable[bytes], scratch: Path) -> None:
    """Replace the content of the database with the copy, wholly or not at all."""
    if connection.vendor == "sqlite":
        copy = write_sqlite_copy(pieces, scratch / "database")
        with closing(sqlite3.connect(copy)) as source:
            connection.ensure_connection()
            source.backup(connection.connection)
        copy.unlink()
    else:
        connections.close_all()
        connection.close_pool()  # type: ignore[attr-defined]  # its connections would cache the old tables
        restore_into_postgresql(pieces, connection.settings_dict)


def write_sqlite_copy(pieces: Iterable[bytes], path: Path) -> Path:
    """The database of a backup as a file; refused if SQLite finds it damaged."""
    with path.open("wb") as file:
        file.writelines(pieces)
    with closing(sqlite3.connect(path)) as copy:
        try:
            damaged = copy.execute("PRAGMA integrity_check").fetchone() != ("ok",)
        except sqlite3.DatabaseError:
            damaged = True
    if damaged:
        raise DatabaseCopyError("The database in this backup is damaged.")
    return path


def restore_into_postgresql(pieces: Iterable[bytes], database: dict[str, Any]) -> None:
    """In one transaction, which the server takes back if the stream ends too early."""
    command = ["pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"]
    _write_to_program([*command, f"--dbname={database['NAME']}"], pieces, database)


def run_postgresql_program(command: list[str], database: dict[str, Any]) -> None:
    _write_to_program(command, (), database)


def _read_from_program(command: list[str], database: dict[str, Any]) -> Iterator[bytes]:
    with tempfile.TemporaryFile() as said:
        with _start_program([*command, f"--dbname={database['NAME']}"], database, said, out=True) as program:
            while piece := program.stdout.read(PIECE):  # type: ignore[union-attr]
                yield piece
        _refuse_failure(command, program.returncode, said)


def _write_to_program(command: list[str], pieces: Iterable[bytes], database: dict[str, Any]) -> None:
    with tempfile.TemporaryFile() as said:
        program = _start_program(command, database, said, out=False)
        try:
            with suppress(BrokenPipeError):  # it ended by itself, and says why
                for piece in pieces:
                    program.stdin.write(piece)  # type: ignore[union-attr]
        except BaseException:
            program.kill()
            raise
        finally:
            with suppress(BrokenPipeError):
                program.stdin.close()  # type: ignore[union-attr]
            program.wait()
        _refuse_failure(command, program.returncode, said)


def _start_program(command: list[str], database: dict[str, Any], said: Any, *, out: bool) -> subprocess.Popen:
    return subprocess.Popen(  # noqa: S603
        [_find_postgresql_program(command[0]), *command[1:]],
        env=_build_environment(database),
        stdin=subprocess.DEVNULL if out else subprocess.PIPE,
        stdout=subprocess.PIPE if out else subprocess.DEVNULL,
        stderr=said,
    )


def _refuse_failure(command: list[str], code: int, said: Any) -> None:
    if code:
        said.seek(0, os.SEEK_END)
        said.seek(max(0, said.tell() - 2000))
        raise DatabaseCopyError(f"{command[0]} failed: {said.read().decode(errors='replace').strip()}")


def _find_postgresql_program(name: str) -> str:
    """Path of the newest installed version: an older `pg_dump` refuses a newer server."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -float(path.parent.name))
    found = next((str(folder / name) for folder in folders if (folder / name).exists()), None) or shutil.which(name)
    if found is None:
        raise DatabaseCopyError(f"{name} is not installed here. It comes with PostgreSQL's client programs.")
    return found


def _build_environment(database: dict[str, Any]) -> dict[str, str]:
    """The password goes by the environment: every user of the machine sees a command's arguments."""
    told = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    found = {key: str(database[ours]) for key, ours in told.items() if database.get(ours)}
    options = database.get("OPTIONS") or {}
    found |= {f"PG{key.replace('_', '').upper()}": str(options[key]) for key in PASSED_ON if key in options}
    return os.environ | found
