"""Rules for nicknames: a kin word or `Big` before a name, `what they call me`, and everyday words used as names."""

import re

from consultation.reading.redaction.answer_context import AnswerContext
from consultation.reading.redaction.answer_words import SECOND, Word
from consultation.reading.redaction.gazetteers import listed_towns
from consultation.reading.redaction.neighbouring_words import WORK_AFTER, person_or_worker
from consultation.reading.redaction.person_vocabulary import (
    CALLED_SMALL,
    INSULTS,
    KIN,
    NICK,
    NICK_HERE,
    NICK_NEAR,
    NICK_SHAPE,
    NICKED,
    SPEAKS,
    THING_CALLED,
    WEAK_SPEAKS,
)
from consultation.reading.redaction.personal_data_spans import Span
from consultation.reading.redaction.place_vocabulary import GENERIC, SECTOR, SKIPPED

REACH = 3
NameMatch = tuple[Span, int] | None
FROM = re.compile(
    r"^,?\s+(?:from|at) (?:the |my |our )?(?:\w+ )?(?:club|team|hub|centre|office|camhs|group|desk|school|[A-Z])"
)
WHOSE = re.compile(r"\b(?:my|our|his|her|their|big|little|baby|and)\s+$", re.I)
WITH_ME = re.compile(r"\b(?:me|him|her) (?:and|n|&) $", re.I)


def count_name_words(run: list[Word], at: int) -> int:
    """How many of the following words belong to the same name."""
    count = 0
    for word in run[at + 1 : at + 1 + REACH]:
        initial = len(word.text) == 1 and word.is_capitalised and word.plain != "i"
        town = word.is_capitalised and word.plain in listed_towns()
        family = word.is_surname or town or word.plain in ("óg", "bin", "al", "el")
        if not (word.first_name or word.plain in SECOND or family or word.is_proper_name or initial):
            break
        second = word.plain in SECOND and word.is_capitalised and word.stop == word.end  # `Elsie May`
        if (word.is_acronym and not initial) or (word.calendar and not second) or word.public:
            break
        if word.is_excluded_name and not (word.is_surname or (word.plain in listed_towns() and not word.common)):
            break
        count += 1
        if word.stop != word.end:
            break
    return count


def match_called_name(run: list[Word], at: int, answer: AnswerContext) -> NameMatch:
    """`Jelly Legs is what they call me`, `calls himself Captain Crumpet`, `Simba as name in class`."""
    last = at
    while last + 1 < len(run) and last < at + 2 and run[last + 1].is_capitalised and run[last].stop == run[last].end:
        last += 1
    before, after = answer.before(run[at], 30), answer.text[run[last].stop : run[last].stop + 40]
    said = NICKED.match(after) or NICK_HERE.search(before)
    if not said or run[at].calendar or run[at].plain in INSULTS | SKIPPED or run[at].is_acronym:
        return None
    plainly = before.rstrip().endswith("called") and run[at].first_name and not run[at].is_nickname
    if last > at or NICKED.match(after) or ((run[at].first_name or run[at].is_nickname) and not plainly):
        return Span(run[at].start, run[last].stop, "NICKNAME", "Beside “call” and whom"), last - at + 1
    return None


def match_nickname(run: list[Word], at: int, answer: AnswerContext) -> NameMatch:
    if at + 1 >= len(run) or run[at].plain not in KIN | NICK:
        return None
    word = run[at + 1]
    if _everyday_nickname(run, at, answer):
        return Span(run[at].start, word.stop, "NICKNAME", "Nickname"), 2
    if word.public or word.calendar or (word.is_excluded_name and not word.first_name):
        return None
    if word.common and not word.first_name and len(word.text) > 1 and (run[at].opens or not word.is_nickname):
        return None
    named = word.first_name or word.is_proper_name
    by_sound = word.is_nickname or len(word.plain) < 4  # `Uncle Raz`, `Auntie Dee`
    if run[at].plain in KIN and named and not by_sound:
        last = at + 1 + count_name_words(run, at + 1)
        return Span(word.start, run[last].stop, "PERSON", "Name after a kin word"), last - at + 1
    likely = word.first_name or word.is_nickname or NICK_SHAPE.match(word.plain) or len(word.text) == 1
    if run[at].plain not in KIN and run[at].opens and not likely:
        return None
    last = at + 1 + (count_name_words(run, at + 1) if named else 0)
    kind = "PERSON" if last > at + 1 else "NICKNAME"
    return Span(run[at].start, run[last].stop, kind, "Nickname"), last - at + 1


def _everyday_nickname(run: list[Word], at: int, answer: AnswerContext) -> bool:
    """`Nanna Biscuits`, `Grandad Stop`: a kin word with a capital before an everyday one, with signs of a person."""
    word = run[at + 1]
    if not (word.is_capitalised and word.common) or word.first_name or word.is_surname or word.plain in SKIPPED:
        return False
    if word.public or word.calendar or word.is_acronym or run[at].is_acronym or len(run) > at + 2:
        return False
    after = answer.after(word, 24)
    spoken = SPEAKS.match(after) or NICKED.match(after) or NICK_NEAR.search(answer.before(run[at]))
    return bool(spoken) and (run[at].plain in KIN or not run[at].opens)


def match_short_name(run: list[Word], at: int, answer: AnswerContext) -> NameMatch:
    """`Bear says`, `saved as Angel`, `my names Ash`: words that only their context makes names."""
    word = run[at]
    called = CALLED_SMALL.search(answer.before(word, 30)) and not THING_CALLED.search(answer.before(word, 30))
    known_as = NICK_HERE.search(answer.before(word)) and word.plain not in INSULTS
    if _is_nickname_of_bond(run, at, answer):
        return Span(word.start, word.stop, "NICKNAME", "Nickname"), 1
    said = called or known_as
    if word.is_excluded_name or word.calendar or not (word.is_nickname or (said and len(word.text) > 1)):
        return None
    speaks, after, everyday = (
        SPEAKS.match(answer.after(word)),
        answer.after(word, 30),
        word.plain in EVERYDAY_NICKNAMES,
    )
    where = AT_HIS_PLACE.match(answer.after(word)) or WORK_AFTER.match(after) or FROM.match(after)
    if word.opens and len(run) == 1 and (everyday or not (speaks or (where and word.is_nickname))):
        return None
    sure = said or speaks or NICK_NEAR.search(answer.before(word)) or answer.has_introduction_before(word)
    if everyday and not sure:
        return None
    extra = min(count_name_words(run, at), 1) or int(at + 1 < len(run) and run[at + 1].plain == "lad")
    start, end = word.start, run[at + extra].stop
    kind = person_or_worker(answer.text, start, end)
    nick = (word.is_nickname or word.common or NICK_NEAR.search(answer.before(word))) and kind == "PERSON"
    return Span(start, end, "NICKNAME" if nick else kind, "Nickname"), extra + 1


def _is_nickname_of_bond(run: list[Word], at: int, answer: AnswerContext) -> bool:
    """`my mate Doughnut is`, `me and JJ went`: any capital there, with a verb of a person after it."""
    word, before, after = run[at], answer.before(run[at]), answer.after(run[at], 24)
    if at + 1 < len(run) or word.opens or word.is_nickname or word.public or word.calendar:
        return False
    if len(word.text) < 2 or word.plain in SKIPPED | SECTOR | GENERIC | INSULTS:
        return False
    if word.is_acronym:
        fits = len(word.text) < 4
    else:
        odd = word.common or "-" in word.text
        fits = odd and len(word.text) < 14 and not (word.first_name or word.is_excluded_name)
    if not fits:
        return False
    return bool((MATE.search(before) or WITH_ME.search(before)) and (WEAK_SPEAKS.match(after) or SPEAKS.match(after)))


MATE = re.compile(r"\b(?:mate|bestie|friend|cousin|brother|sister|lad|kid|uncle|boyfriend|girlfriend|bro|cuz) $", re.I)
AT_HIS_PLACE = re.compile(r"^\s+(?:at|from|in)\s+(?:the|our|my|number)\b|^\s+(?:bats|bowls|plays|scored|fell|runs)\b")
EVERYDAY_NICKNAMES = frozenset(
    "boss king champ fish tank red sugar nanny mouse tiger chip prince princess ace buddy rex lucky ghost angel "
    "cookie star biscuit biscuits pudding sponge fudge rocket peanut sprout splash bubbles pickle noodle noodles "
    "nugget squash skip buzz pepper ginger shadow spider spike flash duke wolf bear".split()
)
