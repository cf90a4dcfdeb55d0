"""Keeping released figures from being subtracted from one another, between filters and over time.

The ledger holds, on the server only, which people stand behind each released figure: as keyed fingerprints,
sorted, eight bytes each. It answers one question: would a new figure differ from a released one by a few people?
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np

from .rules import DEFAULT, Rules
from .tables import Cell, ProtectedTable, Refused


def fingerprints(identifiers: Iterable[str | bytes], key: bytes = b"") -> np.ndarray:
    """Sorted, unique 64-bit fingerprints of respondents; without the key they cannot be matched to a person."""
    encoded = (i if isinstance(i, bytes) else i.encode() for i in identifiers)
    digests = b"".join(hashlib.blake2b(i, digest_size=8, key=key).digest() for i in encoded)
    return np.unique(np.frombuffer(digests, dtype="<u8"))


def pack(people: np.ndarray) -> bytes:
    return people.astype("<u8").tobytes()


def unpack(stored: bytes) -> np.ndarray:
    return np.frombuffer(bytes(stored), dtype="<u8")


def in_both(one: np.ndarray, other: np.ndarray) -> int:
    """How many people two sorted sets share. Merging two sorted runs is linear, so a million take milliseconds."""
    merged = np.concatenate([one, other])
    merged.sort(kind="stable")
    return int(np.count_nonzero(merged[1:] == merged[:-1]))


def apart(one: np.ndarray, other: np.ndarray) -> int:
    """How many people are in exactly one of two sets."""
    return one.size + other.size - 2 * in_both(one, other)


@dataclass
class Ledger:
    """Released figures by measure (a question, or the themes of one) with the people behind each."""

    rules: Rules = DEFAULT
    released: dict[str, list[tuple[str, np.ndarray]]] = field(default_factory=dict)

    def conflict(self, measure: str, people: np.ndarray) -> str | None:
        """The name of a released figure from which this one differs by a few people, or None.

        Also found: a released whole of which this figure and another released one leave only a few.
        """
        known = self.released.get(measure, [])
        for name, others in known:
            if abs(people.size - others.size) < self.rules.threshold and self._few(apart(people, others)):
                return name
        return self._conflict_of_three(people, known)

    def admit(self, measure: str, name: str, people: np.ndarray) -> None:
        """Enter a figure, or refuse it. The same people again are no new figure."""
        if self.conflict(measure, people) is not None:
            raise Refused(
                "difference", f"Fewer than {self.rules.threshold} people lie between this and a shown figure."
            )
        self.released.setdefault(measure, []).append((name, people))

    def _few(self, count: int) -> bool:
        return 0 < count < self.rules.threshold

    def _conflict_of_three(self, people: np.ndarray, known: list[tuple[str, np.ndarray]]) -> str | None:
        """Whole minus two parts. Sizes rule out nearly every triple, so sets are rarely compared."""
        for index, (name, one) in enumerate(known):
            for _, other in known[index + 1 :]:
                small, middle, whole = sorted((people, one, other), key=len)
                rest = whole.size - small.size - middle.size
                if -self.rules.threshold < rest < self.rules.threshold and self._splits(small, middle, whole):
                    return name
        return None

    def _splits(self, small: np.ndarray, middle: np.ndarray, whole: np.ndarray) -> bool:
        return in_both(small, middle) == 0 and self._few(apart(np.union1d(small, middle), whole))


def enough_new(before: np.ndarray, now: np.ndarray, rules: Rules = DEFAULT) -> bool:
    """Whether an open consultation may release again: at least `threshold` people who were not in the last one."""
    return now.size - in_both(before, now) >= rules.threshold


def carry_forward(
    previous: ProtectedTable, current: ProtectedTable, moved: dict[tuple[str | None, str | None], int]
) -> ProtectedTable:
    """The next release of a table: a figure that a few people joined or left keeps its old value.

    `moved` counts, by row and column label (None for a total), the people in exactly one of the two figures.
    A figure that is hidden now stays hidden. A figure that is not in `moved` has not moved.
    """
    old = dict(_labelled(previous))
    few = range(1, current.rules.threshold)
    kept = {at: old[at] for at, count in moved.items() if count in few and at in old and not old[at].hidden}
    cells = [c if c.hidden else replace(c, value=kept[at].value) if at in kept else c for at, c in _labelled(current)]
    width = len(current.grid[0])
    return replace(current, grid=tuple(tuple(cells[i : i + width]) for i in range(0, len(cells), width)))


def _labelled(table: ProtectedTable) -> Iterable[tuple[tuple[str | None, str | None], Cell]]:
    columns = [*table.columns, None]
    for row, cells in zip([*table.rows, None], table.grid, strict=True):
        yield from (((row, column), cell) for column, cell in zip(columns, cells, strict=True))
