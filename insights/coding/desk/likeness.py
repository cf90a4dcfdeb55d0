"""A place in the line from what a text says: its question, what was proposed, the words that caused it, its own words.

Light on purpose, and the same for the same words: no model is loaded, and new answers join without moving the others.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

SHORTEST = 3
MOST_WORDS = 10
LONGEST_KEY = 255
HEX = 32  # of a text's id, the last part of its key
LAST = 999
WORD = re.compile(r"[^\W\d_]+")
# So common in any answer that two texts which share them are no more alike.
COMMON = frozenset(
    "the and for that this with they them have has had are was were not but you your our out can could would should "
    "there their when what who how why all any some one get got more just like really very because about from into "
    "over than then too also its it's been being does did don't did't isn't will want need think feel people".split()
)


def words_of(text: str) -> list[str]:
    """What it speaks of: each word once, in the order of the text. Tags of redaction are no words of its author."""
    plain = re.sub(r"\[[A-Z]+(?: \d+)?\]", " ", text)
    found = (word.casefold() for word in WORD.findall(plain))
    return list(dict.fromkeys(word for word in found if len(word) >= SHORTEST and word not in COMMON))


def often(texts: Iterable[str]) -> Counter[str]:
    """In how many texts each word stands."""
    return Counter(word for text in texts for word in words_of(text))


def key(
    *,
    question: int,
    themes: Sequence[int],
    because: Sequence[str],
    text: str,
    frequency: Mapping[str, int],
    end: str,
) -> str:
    """Sorts like by like. `themes` are ranks, the likeliest first; `end` makes it unique.

    The words that caused the proposals come first, then the text's others; in each part those that many texts share come
    first, so that neighbours have the most in common. Zeros part the words: digits sort before letters everywhere.
    """
    first, second = [*themes, LAST, LAST][:2]
    caused = [word for phrase in because for word in words_of(phrase)]
    own = [word for word in words_of(text) if word not in set(caused)]
    ordered = [*_shared_first(dict.fromkeys(caused), frequency), *_shared_first(own, frequency)][:MOST_WORDS]
    head = f"{_number(question)}0{_number(first)}0{_number(second)}0"
    return head + "0".join(ordered)[: LONGEST_KEY - len(head) - HEX - 1] + "0" + end


def _shared_first(words: Iterable[str], frequency: Mapping[str, int]) -> list[str]:
    return sorted(words, key=lambda word: (-frequency.get(word, 0), word))


def _number(value: int) -> str:
    return f"{min(value, LAST):03}"
