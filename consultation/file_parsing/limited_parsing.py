"""Rows of an office file that somebody sent, from a process with limits and without the site's environment."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO

from consultation.file_parsing import office_rows

TOOK_TOO_LONG = -signal.SIGKILL


class UnparsedFile(Exception):
    """`end`: how the program ended, by a number of `office_rows` or minus a signal's."""

    def __init__(self, end: int) -> None:
        super().__init__(end)
        self.end = end


class HiddenRow(list[str]):
    """The cells of a row that a filter or a person hid, and that nobody sees who opens the file."""


def parse_office_rows(content: bytes, kind: str, seconds: float) -> Iterator[list[str]]:
    """The cells of each row of the first sheet (`kind` "xlsx"; "one sheet" refuses others with rows) or of all tables
    ("docx"). Raises UnparsedFile, also after `seconds` by the clock."""
    try:
        done = subprocess.run(  # noqa: S603  our own program
            [sys.executable, "-I", office_rows.__file__, kind],
            input=content,
            capture_output=True,
            env={"OPENBLAS_NUM_THREADS": "1"},
            timeout=seconds,
        )
    except subprocess.TimeoutExpired as reason:
        raise UnparsedFile(TOOK_TOO_LONG) from reason
    if done.returncode:
        raise UnparsedFile(done.returncode)
    for line in BytesIO(done.stdout):
        cells = json.loads(line)
        yield HiddenRow(cells["hidden"]) if isinstance(cells, dict) else cells
