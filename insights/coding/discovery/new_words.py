"""New words: those that several people of a consultation use, and that no codebook, no earlier consultation and no list of
common English words has. They are found when a coder asks, and only what a coder decided is kept."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from consultation.domain.personal_data_types import TAG
from insights.coding.codebooks.models import MarkedPhrase
from insights.coding.models import Codebook, ThemeEntry
from insights.coding.shared_phrases import LEAST_PEOPLE, count_people_who_say, split_phrase
from insights.corpus.models import Text

ENGLISH = "en"  # the list of common words is English
SHORTEST = 3
MOST_TEXTS = 5_000  # of each side, so that a page never waits long: of more, always the same people chosen at random
ENDINGS = ("s", "es", "ed", "d", "ing", "er", "ly")


@dataclass(frozen=True)
class NewWord:
    word: str
    people: int


@cache
def _load_common_words() -> frozenset[str]:
    """The English words of TextBlob's speller."""
    package = find_spec("textblob")  # not imported: only its list is needed
    if package is None or package.origin is None:
        raise RuntimeError("TextBlob is not installed: its list of words is needed to tell new words.")
    lines = (Path(package.origin).parent / "en" / "en-spelling.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.split()[0].lower() for line in lines if line.strip() and not line.startswith(";"))


def find_new_words(consultation: Any) -> list[NewWord]:
    """Those that at least LEAST_PEOPLE people use and nobody has decided about, most people first."""
    said: dict[str, set[Any]] = defaultdict(set)
    for respondent, words in _read_texts(Text.objects.of(consultation)):
        for word in words:
            said[word].add(respondent)
    known = _list_known_words(consultation) | {word.replace("'", "") for word in said if "'" in word}
    found = [NewWord(word, len(people)) for word, people in said.items() if len(people) >= LEAST_PEOPLE]
    new = [one for one in found if _may_be_new(one.word) and not _is_known(one.word, known)]
    return sorted(new, key=lambda one: (-one.people, one.word))


def may_be_decided(consultation: Any, word: str) -> bool:
    """Whether enough people say this word, which is no common one. Reads only the texts that hold it."""
    said = Text.objects.of(consultation).filter(language=ENGLISH)
    return _may_be_new(word) and not _is_known(word, set()) and count_people_who_say(word, said) >= LEAST_PEOPLE


def _read_texts(texts: QuerySet[Text]) -> Iterable[tuple[Any, set[str]]]:
    """(respondent, words) of each English text, without redaction tags."""
    rows = texts.filter(language=ENGLISH).order_by("draw", "pk").values_list("respondent", "text")[:MOST_TEXTS]
    for respondent, text in rows.iterator(chunk_size=2000):
        yield (
            respondent,
            {word.replace("’", "'") for part in TAG.split(text) if part for word in split_phrase(part)},
        )


def _may_be_new(word: str) -> bool:
    return len(word) >= SHORTEST and word.isalpha()


def _is_known(word: str, known: set[str]) -> bool:
    """Whether the word, or the one that it was formed from, is known."""
    stems = {word.removesuffix(ending) for ending in ENDINGS}
    return not known.isdisjoint(stems) or not _load_common_words().isdisjoint(stems)


def _list_known_words(consultation: Any) -> set[str]:
    """Words of the codebook's themes, of earlier consultations, and those about which a coder has decided."""
    codebook = Codebook.objects.filter(slug=consultation.specific.codebook).first()
    told = MarkedPhrase.objects.filter(codebook=codebook).values_list("phrase", flat=True)
    phrases = [*told]
    for entry in ThemeEntry.objects.filter(version__codebook=codebook):
        phrases += (entry.label, entry.definition, entry.include, entry.exclude, *entry.examples, *entry.keywords)
    earlier = Text.objects.filter(version__page__first_published_at__lt=consultation.first_published_at)
    words = {word for phrase in phrases for word in split_phrase(phrase)}
    return words.union(*(found for _, found in _read_texts(earlier)))
