"""Verification of a hash chain: pure functions over its links.

A hash covers an entry's content, its number and the previous hash, so no change inside a chain goes unnoticed. A cut
end, or a chain rebuilt from its beginning, is caught by the sealed head: the last entry's number and hash, signed with
a key that the database does not hold.
"""

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from django.conf import settings
from django.utils.encoding import force_bytes

GENESIS = "0" * 64


class ChainLink(NamedTuple):
    seq: int
    prev: str
    hash: str
    whole: bool  # the hash matches the content


class ChainEnd(NamedTuple):
    """The entry before the first one of a chain, or its last one."""

    seq: int
    hash: str


CHAIN_BEGINNING = ChainEnd(0, GENESIS)


class ChainProblemKind(StrEnum):
    ALTERED = "altered"
    DROPPED = "dropped"
    INSERTED = "inserted"
    REORDERED = "reordered"
    UNSEALED = "unsealed"


@dataclass(frozen=True)
class ChainProblem:
    """A fault of the entries `seq` to `last`."""

    seq: int
    kind: ChainProblemKind
    words: str
    last: int

    def __str__(self) -> str:
        numbers = f"Entry {self.seq}" if self.seq == self.last else f"Entries {self.seq} to {self.last}"
        return f"{numbers}: {self.words}."


def seal_chain_end(chain: str, end: ChainEnd, key: str | bytes = "") -> str:
    """HMAC of the last entry's number and hash, which only a holder of SECRET_KEY can make."""
    secret = hmac.digest(force_bytes(key or settings.SECRET_KEY), b"voice:chain", hashlib.sha256)
    return hmac.new(secret, f"{chain}|{end.seq}|{end.hash}".encode(), hashlib.sha256).hexdigest()


def is_seal_valid(chain: str, end: ChainEnd, given: str) -> bool:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(hmac.compare_digest(seal_chain_end(chain, end, key), given) for key in keys)


def is_chain_whole(links: Iterable[ChainLink], head: ChainEnd | None, start: ChainEnd = CHAIN_BEGINNING) -> bool:
    """Verify in one pass and constant memory."""
    last = start
    for link in links:
        if link.seq != last.seq + 1 or link.prev != last.hash or not link.whole:
            return False
        last = ChainEnd(link.seq, link.hash)
    return head == last if head else last == CHAIN_BEGINNING


def find_chain_problems(
    links: Iterable[ChainLink], head: ChainEnd | None, start: ChainEnd = CHAIN_BEGINNING
) -> list[ChainProblem]:
    """Faults sorted by entry number; empty when the chain is whole.

    Walks back from the sealed head: each genuine entry names the previous hash, so the expected entry is known at each
    number. After a missing or altered entry nothing is expected, and the entry found there is accepted.
    """
    walk = _BackwardWalk(links)
    top, expected = (head.seq, head.hash) if head else (max(walk.at, default=start.seq), None)
    found = []
    if walk.at and not head:
        found.append(_build_problem(top, ChainProblemKind.UNSEALED, "nothing vouches for it as the last one"))
    for seq in range(top, start.seq, -1):
        problem, expected = walk.step(seq, expected)
        found += [problem] if problem else []
    if expected not in (None, start.hash):
        said = "it does not follow the beginning of the chain"
        found.append(_build_problem(start.seq + 1, ChainProblemKind.DROPPED, said))
    return _merge_neighbours(sorted([*found, *walk.inserted_entries()], key=lambda problem: problem.seq))


def _build_problem(seq: int, kind: ChainProblemKind, words: str) -> ChainProblem:
    return ChainProblem(seq, kind, words, seq)


class _BackwardWalk:
    def __init__(self, links: Iterable[ChainLink]) -> None:
        self.at = {link.seq: link for link in links}
        self.by_hash = {link.hash: link for link in self.at.values()}
        self.known: set[int] = set()  # numbers of genuine entries and of entries already reported

    def step(self, seq: int, expected: str | None) -> tuple[ChainProblem | None, str | None]:
        """(fault at this number or None, expected hash of the previous entry or None when unknown)."""
        here = self.at.get(seq)
        if expected is None or (here and here.hash == expected):
            return self._as_it_stands(seq, here)
        moved = self.by_hash.get(expected)
        if moved is not None:
            self.known.add(moved.seq)
            return _build_problem(seq, ChainProblemKind.REORDERED, f"it stands as number {moved.seq} now"), moved.prev
        if here is None:
            return _build_problem(seq, ChainProblemKind.DROPPED, "it is missing"), None
        self.known.add(seq)
        said = "its content was changed, or another entry was put in its place"
        return _build_problem(seq, ChainProblemKind.ALTERED, said), None

    def _as_it_stands(self, seq: int, here: ChainLink | None) -> tuple[ChainProblem | None, str | None]:
        if here is None:
            return _build_problem(seq, ChainProblemKind.DROPPED, "it is missing"), None
        self.known.add(seq)
        before = here.prev if here.whole or here.prev in self.by_hash or seq == 1 else None
        return None if here.whole else _build_problem(seq, ChainProblemKind.ALTERED, "its content was changed"), before

    def inserted_entries(self) -> Iterator[ChainProblem]:
        for link in self.at.values():
            if link.seq not in self.known:
                yield _build_problem(link.seq, ChainProblemKind.INSERTED, "it was put in; the chain does not know it")


def _merge_neighbours(found: list[ChainProblem]) -> list[ChainProblem]:
    """Merge the same fault of neighbouring entries into one."""
    told: list[ChainProblem] = found[:1]
    for before, problem in pairwise(found):
        if (problem.kind, problem.words, problem.seq) == (before.kind, before.words, before.seq + 1):
            told[-1] = ChainProblem(told[-1].seq, problem.kind, problem.words, problem.seq)
        else:
            told.append(problem)
    return told
