"""Phrases that so many people wrote that they give nobody away."""

import re

from django.db.models import QuerySet

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
    return count_people_who_say(phrase, Text.objects.all()) >= LEAST_PEOPLE


def count_people_who_say(phrase: str, texts: QuerySet[Text]) -> int:
    """How many people's texts hold the phrase, counted up to LEAST_PEOPLE."""
    if not (words := split_phrase(phrase)):
        return 0
    people = set()
    for respondent, text in (
        texts.filter(text__icontains=max(words, key=len)).values_list("respondent", "text").iterator()
    ):
        if holds_phrase(text, phrase):
            people.add(respondent)
        if len(people) >= LEAST_PEOPLE:
            break
    return len(people)
