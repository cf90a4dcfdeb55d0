"""Copy the media (pictures, sounds, films and documents of officers) as a tar stream and put them back, wherever the
site keeps them: a folder, or object storage.
"""

import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage

IN_MEMORY = 8 * 1024 * 1024


def list_media(folder: str = "") -> Iterator[str]:
    """The name of each file, folder by folder."""
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:  # nobody has uploaded anything yet
        return
    for name in sorted(names):
        yield f"{folder}{name}"
    for name in sorted(folders):
        yield from list_media(f"{folder}{name}/")


def write_media(to: Any) -> int:
    """Write a tar stream; returns how many files. One that an officer deletes meanwhile is left out."""
    number = 0
    with tarfile.open(fileobj=to, mode="w|") as archive:
        for name in list_media():
            with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as copy:
                try:
                    with default_storage.open(name) as media:
                        shutil.copyfileobj(media, copy)
                except FileNotFoundError:
                    continue
                entry = tarfile.TarInfo(name)
                entry.size = copy.tell()
                copy.seek(0)
                archive.addfile(entry, copy)
                number += 1
    return number


def restore_media(source: Any) -> int:
    """Put every file of a tar stream back under its name; returns how many."""
    number = 0
    for name, copy in _iterate_archive(source):
        if default_storage.exists(name):
            default_storage.delete(name)
        default_storage.save(name, File(copy, name=name))
        number += 1
    return number


def count_media(source: Any) -> int:
    """Reads a tar stream to its end, to prove that every file can be put back."""
    return sum(1 for _ in _iterate_archive(source))


def _iterate_archive(source: Any) -> Iterator[tuple[str, Any]]:
    with tarfile.open(fileobj=source, mode="r|") as archive:
        for entry in archive:
            with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as copy:
                shutil.copyfileobj(archive.extractfile(entry), copy)  # type: ignore[arg-type]
                copy.seek(0)
                yield entry.name, copy
