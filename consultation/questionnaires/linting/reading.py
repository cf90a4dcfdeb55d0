"""X5 and X6: linters for readability and for missing or long easy-read texts."""

import re
from collections.abc import Iterator
from statistics import mean

from consultation.questionnaires.linting.draft import EASY, Draft, Words
from consultation.questionnaires.linting.linter import Spot, linter
from consultation.questionnaires.linting.phrases import sentences
from consultation.questionnaires.reading_grade import CHILDREN, PARENTS, grade, hard_words

ABOVE = 2.0  # grades that one text may exceed the limit of the average by
FAR_ABOVE = 6.0  # grades above which most of the audience cannot read a text, so it blocks publication
FOR_PROFESSIONALS = 18.0
A_LABEL = 3  # words: a text this short has no meaningful grade
LONGEST = 15  # words in an easy-read sentence
WORD = re.compile(r"[\w'’-]+")
EASY_PAGE = ("summary", "can_change", "cannot_change")
TOO_LONG = "It has a sentence of {n} words. Say one idea in 15 words or fewer."
HARDER = "Grade {grade}. {limit} is the most for the whole, {most} for one text.{words}"


def limit(draft: Draft) -> float:
    return CHILDREN if draft.for_children else PARENTS


def length(text: str) -> int:
    return len(WORD.findall(text))


def longest(text: str) -> int:
    return max((length(sentence) for sentence in sentences(text)), default=0)


def is_easy(text: str) -> bool:
    """Whether a standard text also serves as easy read."""
    return longest(text) <= LONGEST and (length(text) <= A_LABEL or grade(text) <= CHILDREN + ABOVE)


def _graded(draft: Draft) -> list[Words]:
    """All texts but titles, job names and scale labels, for which a grade means nothing."""
    return [
        words for words in draft.words() if words.field not in ("title", "decision_role", "low_label", "high_label")
    ]


@linter(
    "hard-text",
    title="This text is hard to read",
    reason="People who read little leave out what they do not understand, or guess.",
    fix="Use shorter words and shorter sentences.",
)
def hard_texts(draft: Draft) -> Iterator[Spot]:
    return (spot for found, spot in _hard(draft) if found <= stops_at(draft))


@linter(
    "too-hard",
    title="Most people who are asked cannot read this text",
    reason="Who does not understand a question leaves it out, or guesses. The answers then say nothing.",
    fix="Use shorter words and shorter sentences.",
    blocks=True,
)
def too_hard_texts(draft: Draft) -> Iterator[Spot]:
    return (spot for found, spot in _hard(draft) if found > stops_at(draft))


def stops_at(draft: Draft) -> float:
    """The grade above which a single text blocks publication unless overridden."""
    return FOR_PROFESSIONALS if draft.for_professionals else limit(draft) + FAR_ABOVE


def _hard(draft: Draft) -> Iterator[tuple[float, Spot]]:
    most = limit(draft) + ABOVE
    for words in _graded(draft):
        found = 0.0 if _is_label(words) else grade(words.text)
        if found > most:
            yield found, words.spot(f"{found:g}", fix=_harder(words.text, found, limit(draft)))


def _is_label(words: Words) -> bool:
    return length(words.text) <= A_LABEL or (bool(words.part) and words.text[-1] not in ".?!")


def _harder(text: str, found: float, most: float) -> str:
    hard = hard_words(text)[:4]
    shorter = f" Begin with: {', '.join(hard)}." if hard else " Make two sentences of it."
    return HARDER.format(grade=f"{found:g}", limit=f"{most:g}", most=f"{most + ABOVE:g}", words=shorter)


@linter(
    "reading-age",
    title="All together, this is harder to read than we promise",
    reason="What children read has a reading grade of 4 or less, what parents and others read of 6 or less.",
    fix="Mend the texts that are hard on their own first.",
    blocks=True,
)
def reading_age(draft: Draft) -> Iterator[Spot]:
    texts = [words.text for words in _graded(draft) if _is_standard(words) and not _is_label(words)]
    if not texts:
        return
    found = round(mean(map(grade, texts)), 1)
    if found > limit(draft):
        yield Spot(field="summary", text="\n".join(texts), found=f"Grade {found:g}; {limit(draft):g} is the most")


def _is_standard(words: Words) -> bool:
    """Easy-read texts are left out of the average, because they would hide that the others are hard."""
    return not words.field.endswith("easy") and not words.part.endswith(" easy")


@linter(
    "easy-read",
    title="There are no easy words for this",
    reason="People who choose easy words would get these, and they are too long or too hard for that.",
    fix="Write it again in 15 words or fewer, one idea. Or make these words easy enough for all: then once is enough.",
    blocks=True,
)
def easy_words_missing(draft: Draft) -> Iterator[Spot]:
    for name in EASY_PAGE:
        for words in draft.own_words(name):
            if not draft.get(EASY[name]) and not is_easy(words.text):
                yield Spot("", EASY[name], words.text)
    for one in draft.asked:
        for words in one.words:
            easy = EASY.get(words.field)
            if easy and not one.value.get(easy) and not is_easy(words.text):
                yield Spot(one.id, easy, words.text)


@linter(
    "easy-long",
    title="The easy words are long",
    reason="Easy read has 15 words or fewer in a sentence, and one idea.",
    fix="Make two sentences of it, or leave a detail out. Never leave a warning out.",
)
def easy_words_long(draft: Draft) -> Iterator[Spot]:
    for words in draft.words():
        easy = words.field.endswith("easy") or words.part.endswith(" easy")
        if easy and (found := longest(words.text)) > LONGEST:
            yield words.spot(fix=TOO_LONG.format(n=found))
