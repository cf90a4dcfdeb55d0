"""Scratch places: a private folder, and an empty database in which a backup is restored for a trial."""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import dj_database_url
from django.conf import settings
from django.db import connection

from cms.operations.backups.database_copies import (
    restore_into_postgresql,
    run_postgresql_program,
    write_sqlite_copy,
)

FOLDER_PREFIX = "copy-"
DATABASE_SUFFIX = "_verify"


class ScratchDatabase(NamedTuple):
    url: str
    restore: Callable[[Iterable[bytes]], object]


@contextmanager
def open_scratch_folder() -> Iterator[Path]:
    """A private temporary folder under VAR_DIR, deleted afterwards."""
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.VAR_DIR, prefix=FOLDER_PREFIX) as name:
        yield Path(name)


@contextmanager
def open_scratch_database() -> Iterator[ScratchDatabase]:
    """An empty database of the site's own kind, deleted afterwards. On PostgreSQL the role must be allowed CREATEDB."""
    if connection.vendor == "sqlite":
        with open_scratch_folder() as folder:
            path = folder / "database"
            yield ScratchDatabase(f"sqlite:///{path}", lambda pieces: write_sqlite_copy(pieces, path))
        return
    url, name = _address_scratch_database()
    database = dj_database_url.parse(url)
    drop = ["dropdb", "--if-exists", "--force", name]
    run_postgresql_program(drop, dict(database))
    run_postgresql_program(["createdb", "--template=template0", "--encoding=UTF8", name], dict(database))
    try:
        yield ScratchDatabase(url, lambda pieces: restore_into_postgresql(pieces, dict(database)))
    finally:
        run_postgresql_program(drop, dict(database))


def _address_scratch_database() -> tuple[str, str]:
    """(URL, name) on BACKUP_SCRATCH_URL's server, or on the site's own."""
    name = f"{connection.settings_dict['NAME']}{DATABASE_SUFFIX}"
    return urlsplit(settings.BACKUP_SCRATCH_URL or settings.DATABASE_URL)._replace(path=f"/{name}").geturl(), name
