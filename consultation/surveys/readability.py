"""Readability of a text: the Flesch-Kincaid grade, by the rule of domain/VOICE_GUIDE.md (X6).

0.39 x words/sentences + 11.8 x syllables/words - 15.59. Syllables come from the spelling of a word, or from the
table of those that the CMU dictionary counts otherwise (17,000 of 126,000). A placeholder counts as one short word
and a label as one sentence. The grade is a minimum test, not proof: two children of the right age are.

Officers are shown the reading age, in whole years: a school grade means nothing outside the United States. Words that
form no sentence (a place, a choice) have none.

The table (160 KB) is loaded with the first grade, in officers' pages and tests only, never for respondents.
`python -m tests.consultation.surveys.syllable_table` writes it anew.
"""

import math
import re
from functools import cache
from pathlib import Path

SYLLABLES_BY_WORD = Path(__file__).with_name("syllables_by_word.txt")
CHILDREN, PARENTS, LONGEST_OF_CHILDREN = 4.0, 6.0, 6.0
HARD_SYLLABLES = 3
A_LABEL = 3  # words: a text this short has no meaningful grade
YEARS_OVER_GRADE, YOUNGEST = 5, 5
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


def grade_sentences(text: str) -> float:
    """As `grade_text`; 0 for a label, such as a single word, whose grade would mean nothing."""
    return 0.0 if is_label(text) else grade_text(text)


def is_label(text: str) -> bool:
    return len(WORD.findall(_replace_placeholders(text))) <= A_LABEL


def reading_age(grade: float) -> int:
    """The age in years for which a text of this school grade reads like; rounded up, so that a limit is never passed
    unseen."""
    return max(YOUNGEST, math.ceil(grade + YEARS_OVER_GRADE))


def describe_reading_age(grade: float, most: float) -> str:
    """Two school grades as the ages that staff are shown."""
    return f"Reads like for {reading_age(grade)} years; {reading_age(most)} is the most"


def list_hard_words(text: str) -> list[str]:
    """Distinct words of three syllables or more, hardest first."""
    found = {word.lower(): count_syllables(word) for word in WORD.findall(_replace_placeholders(text))}
    hard = [word for word, length in found.items() if length >= HARD_SYLLABLES]
    return sorted(hard, key=lambda word: (-found[word], word))


def count_syllables(word: str) -> int:
    if word[0].isdigit():
        return 1
    parts = word.lower().replace("’", "'").split("-")
    return sum(_load_syllable_table().get(part) or estimate_syllables(part) for part in parts)


def _replace_placeholders(text: str) -> str:
    return PLACEHOLDER.sub("it", text)


def estimate_syllables(word: str) -> int:
    """Groups of vowels, without a silent end: as the CMU dictionary for 86 of 100 of its words."""
    groups = len(VOWELS.findall(word))
    return max(1, groups - bool(SILENT_END.search(word) and groups > 1))


@cache
def _load_syllable_table() -> dict[str, int]:
    """Each line of the file is a number of syllables and words that have it; # begins a remark."""
    with SYLLABLES_BY_WORD.open(encoding="utf-8") as lines:
        rows = [line.split() for line in lines if line[0].isdigit()]
    return {word: int(number) for number, *words in rows for word in words}
