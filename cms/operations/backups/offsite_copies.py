"""The second place of backups and of the deletion journal, away from this machine (`BACKUP_COPY`)."""

import shutil
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage, storages

from cms.operations.backups.whole_files import write_whole_file


class CopyFailed(Exception):
    """The message is shown to the operator."""


def is_copied_off_site() -> bool:
    return "backup copy" in settings.STORAGES


def _open_storage() -> Storage:
    return storages["backup copy"]


def copy_off_site(path: Path) -> None:
    """Replace the copy of this file; does nothing where there is no second place."""
    if not is_copied_off_site():
        return
    place = _open_storage()
    with path.open("rb") as file:
        place.save(path.name, File(file, name=path.name))
    if place.size(path.name) != path.stat().st_size:
        raise CopyFailed(f"The copy of {path.name} in BACKUP_COPY is not as long as the file.")


def list_off_site() -> list[str]:
    if not is_copied_off_site():
        return []
    try:
        return _open_storage().listdir("")[1]
    except FileNotFoundError:
        return []


def delete_off_site(name: str) -> None:
    _open_storage().delete(name)


def fetch_from_off_site(name: str, folder: Path) -> Path:
    """Bring a file back; what stands under its name in the folder is replaced once all of it is here."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _open_storage().open(name) as copy, write_whole_file(folder / name) as file:
        shutil.copyfileobj(copy, file)
    return folder / name
