"""Questions that ask for an event of a life, found by a linear model of words and of letters within words.

`event_training` fits it to `event_questions/`; how much it finds of questions that it never saw is measured by
tests/consultation/surveys/validation/test_event_questions.py. It runs while a page is edited, so it is plain Python: one
weight for the hash of each feature, and no library of numbers in a web process.
"""

import gzip
import re
from array import array
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from consultation.surveys.validation.phrases import split_sentences, unify_apostrophes

WEIGHTS = Path(__file__).with_name("event_weights.gz")
PLACES = 2**18  # of the hashed features, and one more in the file for the intercept
SCALE = 1024  # a weight of 1, as the file's whole numbers write it
WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+|[?.,:;|!]")
RUNS = (1, 2, 3)  # of words
LETTERS = (3, 4, 5)
ASKING = re.compile(
    r"\?$|^(?:please )?(?:tell|describe|say|write|list|give|share|explain|name|mark|tick)\b", re.IGNORECASE
)
# “When you are at the club, has anybody ...?”: what stands before the question says little of it.
AFTER_A_LEAD_IN = re.compile(
    r"[,:;-] (?=(?:has|have|had|did|do|does|were|was|are|is|who|what|when|where|how|which|why|tell)\b)", re.IGNORECASE
)
CHOICE = " | "  # between a question and one of its choices


class Feature(NamedTuple):
    """A feature's `place` among the weights; `first`, `last`: the words of the sentence where it stands."""

    place: int
    first: int
    last: int


def find_event_question(text: str, *, only_if_it_asks: bool = False) -> str:
    """The words of the first event that a text asks for; "" for none. `only_if_it_asks`: leave out sentences that only
    inform."""
    asking = (each for each in split_questions(text) if not only_if_it_asks or ASKING.search(each))
    return next(filter(None, map(find_event_words, asking)), "")


def split_questions(text: str) -> list[str]:
    """The sentences of a text, each followed by what stands in it after a lead-in."""
    sentences = split_sentences(text)
    return [part for one in sentences for part in (one, *(one[cut.end() :] for cut in AFTER_A_LEAD_IN.finditer(one)))]


def find_event_in_choice(choice: str, question: str) -> str:
    """The choice, where it would tell an event that its question does not: “Being punched” below “Which of these have you
    experienced?”; else ""."""
    return choice if not find_event_question(question) and find_event_words(question + CHOICE + choice) else ""


@lru_cache(maxsize=4096)
def find_event_words(sentence: str) -> str:
    """The words by which most of all a sentence asks for an event; "" where it asks for none."""
    words = list(WORD.finditer(unify_apostrophes(sentence).lower()))
    if not words:
        return ""
    weights, intercept = read_weights()
    shares = [intercept / len(words)] * len(words)
    for feature in {each.place: each for each in list_features([word[0] for word in words])}.values():
        for place in range(feature.first, feature.last + 1):
            shares[place] += weights[feature.place] / (feature.last - feature.first + 1)
    if sum(shares) <= 0:
        return ""
    first, last = find_heaviest_stretch(shares)
    return sentence[words[first].start() : words[last].end()]


def list_features(words: list[str]) -> list[Feature]:
    """The RUNS of words, the sentence's two ends among them, and the runs of LETTERS within each word."""
    found, ends = [], ["^", *words, "$"]
    for size in RUNS:
        for start in range(len(ends) - size + 1):
            first, last = max(start - 1, 0), min(start + size - 2, len(words) - 1)
            found.append(Feature(hash_feature(" ".join(ends[start : start + size])), min(first, last), last))
    for place, word in enumerate(words):
        marked = f"<{word}>"
        for size in LETTERS:
            starts = range(len(marked) - size + 1)
            found += [Feature(hash_feature("letters " + marked[at : at + size]), place, place) for at in starts]
    return found


def hash_feature(feature: str) -> int:
    return crc32(feature.encode()) % PLACES


def find_heaviest_stretch(shares: list[float]) -> tuple[int, int]:
    """(first, last) of the neighbours with the greatest sum."""
    sums = [0.0, *accumulate(shares)]
    start, best = 0, (0, 1)
    for end in range(1, len(sums)):
        if sums[end] - sums[start] > sums[best[1]] - sums[best[0]]:
            best = (start, end)
        if sums[end] < sums[start]:
            start = end
    return best[0], best[1] - 1


@cache
def read_weights() -> tuple[array, float]:
    """(the weight of each place, the intercept)."""
    numbers = array("h", gzip.decompress(WEIGHTS.read_bytes()))
    return array("f", [number / SCALE for number in numbers[:-1]]), numbers[-1] / SCALE
