"""Cuts a text into windows of bounded length, so that what the rules cost grows with the text and never faster.

A rule may look at each pair of places within a window. Prose is cut behind white space, and windows overlap: what stands
at a cut is seen whole by one of them. A word of more letters than anybody writes is cut into shorter windows of its own.
"""

import re
from collections.abc import Iterator

LONGEST, OVERLAP = 2000, 200
LONG_WORD, WORD_OVERLAP = 400, 100
UNBROKEN = re.compile(rf"\S{{{LONG_WORD + 1},}}")
ANY_SPACE = re.compile(r"\s")


def iter_windows(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each window, in order; one for most texts."""
    at = 0
    for word in UNBROKEN.finditer(text):
        yield from _cut_prose(text, at, word.start())
        yield from _cut_evenly(*word.span())
        at = word.end()
    yield from _cut_prose(text, at, len(text))


def _cut_evenly(start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONG_WORD:
        yield start, start + LONG_WORD
        start += LONG_WORD - WORD_OVERLAP
    yield start, end


def _cut_prose(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Each stretch without white space is at most LONG_WORD long here, so a cut is found near by."""
    while end - start > LONGEST:
        cut = _after_space(text, start + LONGEST - LONG_WORD - 1, end)
        yield start, cut
        start = _after_space(text, cut - OVERLAP, cut)
    if start < end:
        yield start, end


def _after_space(text: str, at: int, end: int) -> int:
    space = ANY_SPACE.search(text, at, end)
    return space.end() if space else end
