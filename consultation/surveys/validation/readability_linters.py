"""X5 and X6: linters for readability and for missing or long easy-read texts."""

import re
from collections.abc import Iterator
from statistics import mean

from consultation.surveys.readability import (
    CHILDREN,
    PARENTS,
    grade_text,
    is_label,
    list_hard_words,
    reading_age,
)
from consultation.surveys.validation.linted_draft import EASY, DraftText, LintedDraft
from consultation.surveys.validation.linter import FindingSpot, register_linter
from consultation.surveys.validation.phrases import split_sentences

ABOVE = 2.0  # grades that one text may exceed the limit of the average by
FAR_ABOVE = 6.0  # grades above which most of the audience cannot read a text, so it blocks publication
FOR_PROFESSIONALS = 18.0
LONGEST = 15  # words in an easy-read sentence
WORD = re.compile(r"[\w'’-]+")
EASY_PAGE = ("summary", "can_change", "cannot_change")
TOO_LONG = "It has a sentence of {n} words. Say one idea in 15 words or fewer."
HARDER = "It reads like for {age} years. {limit} is the most for the whole, {most} for one text.{words}"


def grade_limit(draft: LintedDraft) -> float:
    return CHILDREN if draft.for_children else PARENTS


def longest_sentence_length(text: str) -> int:
    return max((len(WORD.findall(sentence)) for sentence in split_sentences(text)), default=0)


def is_easy_read(text: str) -> bool:
    """Whether a standard text also serves as easy read."""
    return longest_sentence_length(text) <= LONGEST and (is_label(text) or grade_text(text) <= CHILDREN + ABOVE)


def _list_graded_texts(draft: LintedDraft) -> list[DraftText]:
    """All texts but titles, job names and scale labels, for which a grade means nothing."""
    return [
        words for words in draft.words() if words.field not in ("title", "decision_role", "low_label", "high_label")
    ]


@register_linter(
    "hard-text",
    title="This text is hard to read",
    reason="People who read little leave out what they do not understand, or guess.",
    fix="Use shorter words and shorter sentences.",
)
def lint_hard_texts(draft: LintedDraft) -> Iterator[FindingSpot]:
    return (spot for found, spot in _list_hard_texts(draft) if found <= blocking_grade(draft))


@register_linter(
    "too-hard",
    title="Most people who are asked cannot read this text",
    reason="Who does not understand a question leaves it out, or guesses. The answers then say nothing.",
    fix="Use shorter words and shorter sentences.",
    blocks=True,
)
def lint_too_hard_texts(draft: LintedDraft) -> Iterator[FindingSpot]:
    return (spot for found, spot in _list_hard_texts(draft) if found > blocking_grade(draft))


def blocking_grade(draft: LintedDraft) -> float:
    """The grade above which a single text blocks publication unless overridden."""
    return FOR_PROFESSIONALS if draft.for_professionals else grade_limit(draft) + FAR_ABOVE


def _list_hard_texts(draft: LintedDraft) -> Iterator[tuple[float, FindingSpot]]:
    limit = grade_limit(draft)
    most = limit + ABOVE
    for words in _list_graded_texts(draft):
        found = 0.0 if _is_label(words) else grade_text(words.text)
        if found > most:
            hard = list_hard_words(words.text)[:4]
            shorter = f" Begin with: {', '.join(hard)}." if hard else " Make two sentences of it."
            ages = {"age": reading_age(found), "limit": reading_age(limit), "most": reading_age(most)}
            yield found, words.spot(f"{ages['age']} years", fix=HARDER.format(words=shorter, **ages))


def _is_label(words: DraftText) -> bool:
    return is_label(words.text) or (bool(words.part) and words.text[-1] not in ".?!")


@register_linter(
    "reading-age",
    title="All together, this is harder to read than we promise",
    reason="What children read reads like for 9 years or less, what parents and others read like for 11 or less.",
    fix="Mend the texts that are hard on their own first.",
    blocks=True,
)
def lint_reading_age(draft: LintedDraft) -> Iterator[FindingSpot]:
    # Easy-read texts are left out of the average, because they would hide that the others are hard.
    graded = [words for words in _list_graded_texts(draft) if not _is_for_easy_read(words) and not _is_label(words)]
    texts = [words.text for words in graded]
    if not texts:
        return
    found = round(mean(map(grade_text, texts)), 1)
    if found > grade_limit(draft):
        age, most = reading_age(found), reading_age(grade_limit(draft))
        yield FindingSpot(
            field="summary", text="\n".join(texts), found=f"It reads like for {age} years; {most} is the most"
        )


def _is_for_easy_read(words: DraftText) -> bool:
    return words.field.endswith("easy") or words.part.endswith(" easy")


@register_linter(
    "easy-read",
    title="There are no easy words for this",
    reason="People who choose easy words would get these, and they are too long or too hard for that.",
    fix="Write it again in 15 words or fewer, one idea. Or make these words easy enough for all: then once is enough.",
    blocks=True,
)
def lint_missing_easy_words(draft: LintedDraft) -> Iterator[FindingSpot]:
    for name in EASY_PAGE:
        for words in draft.own_words(name):
            if not draft.get(EASY[name]) and not is_easy_read(words.text):
                yield FindingSpot("", EASY[name], words.text)
    for one in draft.asked:
        for words in one.words:
            easy = EASY.get(words.field)
            if easy and not one.value.get(easy) and not is_easy_read(words.text):
                yield FindingSpot(one.id, easy, words.text)


@register_linter(
    "easy-long",
    title="The easy words are long",
    reason="Easy read has 15 words or fewer in a sentence, and one idea.",
    fix="Make two sentences of it, or leave a detail out. Never leave a warning out.",
)
def lint_long_easy_words(draft: LintedDraft) -> Iterator[FindingSpot]:
    for words in draft.words():
        if _is_for_easy_read(words) and (found := longest_sentence_length(words.text)) > LONGEST:
            yield words.spot(fix=TOO_LONG.format(n=found))
