"""The tombstones beside the backups, in a file of their own: a database that is lost cannot say what it had lost.

Written anew every ten minutes, whether or not there is something new, in the order of the digests: neither the file
nor its date tells when something was taken out.
"""

from datetime import date
from pathlib import Path

from django.conf import settings

from consultation.responses.models import Tombstone

NAME = "taken-out.txt"


def write(folder: Path | None = None) -> None:
    folder = folder or settings.BACKUP_DIR
    rows = Tombstone.objects.order_by("digest").values_list("digest", "keep_until")
    unfinished = folder / f"{NAME}.unfinished"
    unfinished.write_text("".join(f"{digest} {until.isoformat()}\n" for digest, until in rows), encoding="ascii")
    unfinished.chmod(0o600)
    unfinished.replace(folder / NAME)


def read(folder: Path) -> dict[str, date]:
    """{digest: keep until}; none where there is no file."""
    path = folder / NAME
    lines = path.read_text(encoding="ascii").splitlines() if path.exists() else []
    return {digest: date.fromisoformat(until) for digest, until in (line.split() for line in lines)}
