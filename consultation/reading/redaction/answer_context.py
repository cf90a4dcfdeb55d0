"""The whole answer as context for the name rules."""

from dataclasses import dataclass

from consultation.reading.redaction.answer_words import Word
from consultation.reading.redaction.officer_lists import NO_OFFICER_LISTS, OfficerLists
from consultation.reading.redaction.person_vocabulary import BOND, CALLED, TITLES


@dataclass(frozen=True, slots=True)
class AnswerContext:
    """The text, language and officers' lists, with views of the text around a word."""

    text: str
    english: bool = True
    language: str | None = None
    local: OfficerLists = NO_OFFICER_LISTS

    def before(self, word: Word, reach: int = 40) -> str:
        return self.text[max(0, word.start - reach) : word.start]

    def after(self, word: Word, reach: int = 18) -> str:
        return self.text[word.stop : word.stop + reach]

    def sentence(self, word: Word) -> str:
        start = max(self.text.rfind(mark, 0, word.start) for mark in ".!?\n") + 1
        return self.text[max(start, word.start - 60) : word.end + 60]

    def has_introduction_before(self, word: Word) -> bool:
        """`my mate`, `called`, `thank you to`: the words before announce a person."""
        before = self.before(word)
        return bool(BOND.search(before) or CALLED.search(before))

    def is_title(self, word: Word) -> bool:
        return word.plain in TITLES or word.plain in self.local.titles
