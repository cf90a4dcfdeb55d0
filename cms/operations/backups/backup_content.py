"""What a backup holds, in its order: what it is about, the database, the media. The secrets are never in it."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import connection
from django.utils.crypto import constant_time_compare, salted_hmac

from cms.operations.backups import database_copies, media_copies
from cms.operations.backups.backup_sealing import InvalidBackup, SealedReader, SealedWriter
from cms.operations.version import is_later, read_version

# They open or prove what a backup holds, so they are kept apart from it, in two places.
SECRETS = (
    "SECRET_KEY", "ANSWER_OPEN_KEYS", "BACKUP_OPEN_KEYS", "RECORD_KEY_SECRET", "LEDGER_SIGNING_KEY",
)  # fmt: skip

type Report = Callable[[int], None]  # takes a percentage


@dataclass(frozen=True)
class AboutBackup:
    vendor: str
    day: str
    version: str
    holds: str  # hash of the entry of the audit log that this backup begins with
    secret: str  # proves that SECRET_KEY is the same, by which deletion markers find what to erase again


def describe_backup(day: date, holds: str) -> AboutBackup:
    return AboutBackup(connection.vendor, day.isoformat(), read_version(), holds, _prove_secret(day.isoformat()))


def _prove_secret(day: str) -> str:
    return salted_hmac("cms.operations.backups", day, algorithm="sha256").hexdigest()[:16]


def write_backup(file: BinaryIO, about: AboutBackup, scratch: Path) -> int:
    """Returns the number of media files."""
    writer = SealedWriter(file)
    writer.write(json.dumps(asdict(about)).encode())
    writer.end_part()
    for piece in database_copies.iterate_database_copy(scratch):
        writer.write(piece)
    writer.end_part()
    number = media_copies.write_media(writer)
    writer.finish()
    return number


@contextmanager
def open_backup(path: Path, report: Report | None = None) -> Iterator[tuple[AboutBackup, SealedReader]]:
    """What it is about, and the parts that follow. `report`: told of each hundredth of the file that was read."""
    with path.open("rb") as file:
        reader = SealedReader(file, _report_each_hundredth(path.stat().st_size, report) if report else None)
        known: dict[str, Any] = json.loads(b"".join(reader.iterate_part()))
        yield AboutBackup(**{name: known[name] for name in AboutBackup.__match_args__}), reader


def _report_each_hundredth(size: int, report: Report) -> Callable[[int], None]:
    told = 0

    def tell(done: int) -> None:
        nonlocal told
        if done * 100 // size > told:
            told = done * 100 // size
            report(told)

    return tell


def refuse_unfit_backup(about: AboutBackup) -> None:
    """Refuse a backup from which this installation would become something else, or forget what was erased."""
    if about.vendor != connection.vendor:
        raise InvalidBackup(f"This is a backup of {about.vendor}, and the database is {connection.vendor}.")
    if is_later(about.version):
        raise InvalidBackup(
            f"This is a backup of version {about.version}, and the code is {read_version()}: take that version first."
        )
    if not constant_time_compare(about.secret, _prove_secret(about.day)):
        raise InvalidBackup(
            "SECRET_KEY is not the one under which this backup was made: what was erased since could not be found again."
        )


def name_secrets() -> str:
    """The variables of this installation that no backup holds."""
    return ", ".join(name for name in SECRETS if getattr(settings, name, ""))
