"""The tombstones beside the backups, in a file of their own: a database that is lost cannot say what it had lost.

Written anew every ten minutes, whether or not there is something new, in the order of the digests: neither the file
nor its date tells when something was taken out. Its last line holds the agencies there are, sealed, and as long
whichever they are: a tombstone names none, and a backup may be older than an agency that something is hidden from.
"""

import base64
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.conf import settings

from consultation.answering.replay import agencies_here
from consultation.responses.models import Tombstone
from consultation.responses.vault import open_sealed, seal

NAME = "taken-out.txt"
AGENCIES = "agencies"
PADDED = 4096


def write(folder: Path | None = None) -> None:
    folder = folder or settings.BACKUP_DIR
    rows = Tombstone.objects.order_by("digest").values_list("digest", "keep_until")
    lines = [f"{digest} {until.isoformat()}\n" for digest, until in rows]
    unfinished = folder / f"{NAME}.unfinished"
    unfinished.write_text("".join([*lines, _sealed(agencies_here())]), encoding="ascii")
    unfinished.chmod(0o600)
    unfinished.replace(folder / NAME)


def _sealed(agencies: Iterable[str]) -> str:
    names = json.dumps(sorted(agencies))
    padded = names.ljust(-(-len(names) // PADDED) * PADDED)
    return f"{AGENCIES} {base64.b64encode(seal(padded)).decode()}\n"


def read(folder: Path) -> dict[str, date]:
    """{digest: keep until}; none where there is no file."""
    return {first: date.fromisoformat(second) for first, second in _lines(folder) if first != AGENCIES}


def agencies(folder: Path) -> set[str]:
    """Their names when the file was written. A private key is needed, as for the backup beside it."""
    sealed = [second for first, second in _lines(folder) if first == AGENCIES]
    return {name for line in sealed for name in json.loads(open_sealed(base64.b64decode(line)))}


def _lines(folder: Path) -> list[list[str]]:
    path = folder / NAME
    return [line.split() for line in path.read_text(encoding="ascii").splitlines()] if path.exists() else []
