"""Files that take their place once they are whole, however many write one at the same time."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

UNFINISHED = ".unfinished"


@contextmanager
def write_whole_file(target: Path) -> Iterator[BinaryIO]:
    """A file of its owner alone, which replaces `target` when the block ends. Where the block fails it stays unfinished, as
    that of a killed process."""
    handle, unfinished = tempfile.mkstemp(dir=target.parent, prefix=f"{target.stem}.", suffix=UNFINISHED)
    with os.fdopen(handle, "wb") as file:
        yield file
    Path(unfinished).replace(target)
