"""Spelling suggestions for a search without results, from words of the person's own scope alone."""

from collections import Counter
from collections.abc import Callable, Iterable
from difflib import get_close_matches

from insights.search.search_terms import SearchTerm, fold_text, parse_terms, split_words

SAMPLE = 1500  # random texts
CLOSE = 0.72
LONGEST_CHANGE = 2


def suggest_spelling(
    terms: tuple[SearchTerm, ...], texts: Iterable[str], finds: Callable[[tuple[SearchTerm, ...]], bool]
) -> str:
    """A corrected search text; "" where no word is near, or where it would find nothing either."""
    written = Counter(word.lower() for text in texts for word in split_words(text) if len(word) > 2)
    known: dict[str, str] = {}  # {folded word: its most frequent spelling}
    for word, _ in written.most_common():
        known.setdefault(fold_text(word), word)
    other = " ".join(
        str(term) if term.exact else " ".join(_nearest_word(word, known) for word in term.words) for term in terms
    )
    return other if other != " ".join(map(str, terms)) and finds(parse_terms(other)) else ""


def _nearest_word(word: str, known: dict[str, str]) -> str:
    if word in known or len(word) < 3 or any(other.startswith(word) for other in known):
        return word
    alike = [other for other in known if abs(len(other) - len(word)) <= LONGEST_CHANGE]
    found = get_close_matches(word, alike, n=1, cutoff=CLOSE)
    return known[found[0]] if found else word
