"""A questionnaire with its pictures: a ZIP file of the sheet and a folder of pictures, which the sheet names."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from django.core.files.storage import default_storage

from consultation.surveys.exchange.sheet_parsing import InvalidQuestionnaire
from consultation.surveys.frozen_files import FOLDER

# NotImplementedError is what zipfile says of a way of packing that it does not know, RuntimeError of a password.
UNREADABLE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError, OSError)
SHEET, PICTURES_FOLDER = "questionnaire.csv", "pictures"
MOST_PICTURES = 200
MOST_BYTES = 20_000_000  # of all files together, unpacked
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others unpack to more than they say, before it is seen
TOO_BIG = f"The ZIP file holds more than {MOST_BYTES // 1_000_000} MB, or more than {MOST_PICTURES} pictures."
NO_SHEET = f"The ZIP file holds no “{SHEET}”."
NOT_WHOLE = "The ZIP file is not whole. Take the questionnaire out again, or pack it anew."


def list_picture_names(content: Mapping[str, Any]) -> list[str]:
    """File names of the pictures of a frozen questionnaire that officers brought in."""
    drawn = (one.get("picture") for item in content["items"] for one in (item, *item["options"]))
    found = (picture["src"].removeprefix(f"{FOLDER}/") for picture in drawn if isinstance(picture, dict))
    return list(dict.fromkeys(found))


def write_archive(file: BinaryIO, sheet: bytes, names: Iterable[str]) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(SHEET, sheet)
        for name in names:
            with default_storage.open(f"{FOLDER}/{name}") as picture:
                archive.writestr(f"{PICTURES_FOLDER}/{name}", picture.read())


def read_archive(raw: bytes) -> tuple[bytes, dict[str, bytes]]:
    """(the sheet, {name: picture}) of a ZIP file, or of a sheet alone. Raises InvalidQuestionnaire."""
    if not zipfile.is_zipfile(io.BytesIO(raw)):
        return raw, {}
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            files = {PurePosixPath(one.filename).name: one for one in archive.infolist() if not one.is_dir()}
            if len(files) > MOST_PICTURES + 1 or sum(one.file_size for one in files.values()) > MOST_BYTES:
                raise InvalidQuestionnaire([(0, TOO_BIG)])
            if any(one.compress_type not in PACKINGS for one in files.values()):
                raise InvalidQuestionnaire([(0, NOT_WHOLE)])
            found = {name: _read_file(archive, one) for name, one in files.items()}
    except UNREADABLE as error:
        raise InvalidQuestionnaire([(0, NOT_WHOLE)]) from error
    if SHEET not in found:
        raise InvalidQuestionnaire([(0, NO_SHEET)])
    return found.pop(SHEET), found


def _read_file(archive: zipfile.ZipFile, one: zipfile.ZipInfo) -> bytes:
    """The file, of which no more is unpacked than the archive says. Raises BadZipFile where it is longer."""
    with archive.open(one) as file:
        read = file.read(one.file_size + 1)
    if len(read) != one.file_size:
        raise zipfile.BadZipFile
    return read
