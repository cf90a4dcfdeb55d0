"""What a log may hold of a failure (A6): the class of the error and the places in the code that it passed through. Never a
message, an argument or a variable: those hold what people typed.
"""

from collections.abc import Iterator
from pathlib import Path
from traceback import walk_tb

ROOT = Path(__file__).resolve().parents[2]
MOST_PLACES = 12  # the innermost


def trace_without_values(error: BaseException) -> str:
    """Such as `KeyError at consultation/x.py:12 read_form < cms/y.py:7 show; after ValueError at ...`."""
    return "; after ".join(f"{type(one).__name__}{_list_places(one)}" for one in _walk_causes(error))


def _walk_causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what it came from, each once."""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or cause.__context__


def _list_places(error: BaseException) -> str:
    frames = list(walk_tb(error.__traceback__))[-MOST_PLACES:]
    places = [f"{_shorten_trace(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}" for frame, line in frames]
    return f" at {' < '.join(reversed(places))}" if places else ""


def _shorten_trace(file: str) -> str:
    """From the folder of the code or of the installed packages on: no path of a machine."""
    path = Path(file)
    if "site-packages" in path.parts:
        return "/".join(path.parts[path.parts.index("site-packages") + 1 :])
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name
