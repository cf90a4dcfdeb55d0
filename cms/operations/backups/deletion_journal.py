"""The deletion journal: a file of deletion markers beside the backups and their copies, for a restore after the database
is lost.

It is rewritten every ten minutes, changed or not, ordered by digest: neither content nor date reveals when something
was deleted. Its last line holds the names of all agencies, sealed and padded: a marker names no agency, and a backup
may be older than an agency from which a text is withheld.
"""

import base64
import json
from datetime import date
from pathlib import Path

from django.conf import settings

from cms.operations.backups.backup_sealing import InvalidBackup, open_for_backup, seal_for_backup
from cms.operations.backups.offsite_copies import copy_off_site
from cms.operations.backups.whole_files import write_whole_file
from consultation.agencies.models import KnownAgency, agency_key
from consultation.responses.models import Tombstone

NAME = "taken-out.txt"
AGENCIES = "agencies"
PADDED = 4096


def write_journal(folder: Path | None = None) -> None:
    folder = folder or settings.BACKUP_DIR
    rows = Tombstone.objects.order_by("digest").values_list("digest", "keep_until")
    lines = [f"{digest} {until.isoformat()}\n" for digest, until in rows]
    names = json.dumps(dict(KnownAgency.objects.order_by("key").values_list("key", "name")))
    sealed = base64.b64encode(seal_for_backup(names.ljust(-(-len(names) // PADDED) * PADDED))).decode()
    with write_whole_file(folder / NAME) as file:
        file.write("".join([*lines, f"{AGENCIES} {sealed}\n"]).encode("ascii"))
    copy_off_site(folder / NAME)


def load_deletion_markers(folder: Path) -> dict[str, date]:
    """{digest: keep until}; empty if there is no journal."""
    return {first: date.fromisoformat(second) for first, second in _load_lines(folder) if first != AGENCIES}


def load_agencies(folder: Path) -> dict[str, str]:
    """{key: name} of the agencies when the journal was written. Needs a private key, as the backup does."""
    sealed = [second for first, second in _load_lines(folder) if first == AGENCIES]
    found: dict[str, str] = {}
    for line in sealed:
        names = json.loads(open_for_backup(base64.b64decode(line)))
        # Before there was a list, a journal held names alone.
        found |= names if isinstance(names, dict) else {agency_key(name): name for name in names if agency_key(name)}
    return found


def _load_lines(folder: Path) -> list[list[str]]:
    path = folder / NAME
    lines = [line.split() for line in path.read_text(encoding="ascii").splitlines()] if path.exists() else []
    if path.exists() and not (lines and lines[-1][0] == AGENCIES):
        raise InvalidBackup("The list of deletions beside this backup was cut short.")
    return lines
