"""Phrases that so many people wrote that they give nobody away."""

import re

from insights.corpus.models import Text

LEAST_PEOPLE = 5  # whose answers hold a phrase that the codebook keeps
WORD = re.compile(r"\w+(?:['’]\w+)?")


def split_phrase(phrase: str) -> list[str]:
    return WORD.findall(phrase.lower())


def holds_phrase(answer: str, phrase: str) -> bool:
    """Whether the answer contains the words of the phrase in a row, whatever their spacing and case."""
    said, words = (f" {' '.join(split_phrase(one))} " for one in (answer, phrase))
    return words in said


def is_said_by_enough(phrase: str) -> bool:
    """Whether the cleared answers of LEAST_PEOPLE people hold the phrase."""
    if not (words := split_phrase(phrase)):
        return False
    people = set()
    rows = Text.objects.filter(text__icontains=max(words, key=len))
    for respondent, text in rows.values_list("respondent", "text").iterator():
        if holds_phrase(text, phrase):
            people.add(respondent)
        if len(people) >= LEAST_PEOPLE:
            return True
    return False
