"""Files that take their place once they are whole, however many write one at the same time."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

UNFINISHED = ".unfinished"


@contextmanager
def write_whole_file(target: Path) -> Iterator[IO[bytes]]:
    """A file of its owner alone, which replaces `target` when the block ends. Where the block fails it stays unfinished, as
    that of a killed process."""
    named = {"dir": target.parent, "prefix": f"{target.stem}.", "suffix": UNFINISHED}
    with tempfile.NamedTemporaryFile(**named, delete=False) as file:
        yield file
    Path(file.name).replace(target)
