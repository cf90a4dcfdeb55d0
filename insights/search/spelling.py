"""Spelling suggestions for a search without results, from words of the person's own scope alone."""

from collections import Counter
from collections.abc import Callable, Iterable
from difflib import get_close_matches

from insights.search.words import Term, fold, parse, split

SAMPLE = 1500  # random texts
CLOSE = 0.72
LONGEST_CHANGE = 2


def instead(terms: tuple[Term, ...], texts: Iterable[str], finds: Callable[[tuple[Term, ...]], bool]) -> str:
    """A corrected search text; "" where no word is near, or where it would find nothing either."""
    known = _vocabulary(texts)
    other = " ".join(_mended(term, known) for term in terms)
    if other == " ".join(map(str, terms)):
        return ""
    return other if finds(parse(other)) else ""


def _vocabulary(texts: Iterable[str]) -> dict[str, str]:
    """{folded word: its most frequent spelling}"""
    written = Counter(word.lower() for text in texts for word in split(text) if len(word) > 2)
    known: dict[str, str] = {}
    for word, _ in written.most_common():
        known.setdefault(fold(word), word)
    return known


def _mended(term: Term, known: dict[str, str]) -> str:
    if term.exact:
        return str(term)
    return " ".join(_nearest(word, known) for word in term.words)


def _nearest(word: str, known: dict[str, str]) -> str:
    if word in known or len(word) < 3 or any(other.startswith(word) for other in known):
        return word
    alike = [other for other in known if abs(len(other) - len(word)) <= LONGEST_CHANGE]
    found = get_close_matches(word, alike, n=1, cutoff=CLOSE)
    return known[found[0]] if found else word
