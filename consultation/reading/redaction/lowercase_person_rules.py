"""Rules for people whose names are written in small letters, as children type."""

import re
from collections.abc import Iterator

from consultation.reading.redaction.answer_context import AnswerContext
from consultation.reading.redaction.answer_words import Word
from consultation.reading.redaction.gazetteers import everyday_names, famous_first_names, is_misspelt, listed_nicknames
from consultation.reading.redaction.neighbouring_words import (
    ITS_WORK,
    ROLE_BEFORE,
    WORK_AFTER,
    WORK_BEFORE,
    person_or_worker,
)
from consultation.reading.redaction.person_vocabulary import (
    BOND,
    CALLED_SMALL,
    COURTESY,
    FAMILY_TITLES,
    INSULTS,
    NICK_NEAR,
    PET,
    SMALL_TITLES,
    SPEAKS,
    STORY,
    THING_CALLED,
    TITLES,
    WEAK_SPEAKS,
)
from consultation.reading.redaction.personal_data_spans import Span
from consultation.reading.redaction.place_vocabulary import SKIPPED


def find_lowercase_people(words: list[Word], answer: AnswerContext) -> Iterator[Span]:
    """All names without a capital."""
    for at, word in enumerate(words):
        if found := _match_titled_name(words, at, answer) or _match_two_word_nickname(words, at, answer):
            yield found
            continue
        if word.is_capitalised or word.text[0].isdigit():
            continue
        if word.common and not (word.first_name or word.is_nickname or (at and words[at - 1].plain in NAMING)):
            continue
        if PET.search(answer.before(word)):
            continue
        before = answer.before(word, 30)
        if word.public or (word.plain in famous_first_names() and STORY.search(answer.sentence(word))):
            continue
        if (answer.english and word.small_name) or _introduced_small(word, answer):
            follows = at + 1 < len(words) and words[at + 1].start == word.end + 1
            end = words[at + 1].stop if follows and _is_family_name_after(words[at + 1], answer) else word.stop
            yield Span(word.start, end, person_or_worker(answer.text, word.start, end), "First name")
        elif _called_small(word, before):
            kind = person_or_worker(answer.text, word.start, word.stop)
            nick = (NICK_NEAR.search(before) or word.is_nickname) and kind == "PERSON"
            yield Span(word.start, word.stop, "NICKNAME" if nick else kind, "Beside “called” or “name is”")
        elif word.is_nickname and word.common and MATE.search(before) and ACTS.match(answer.after(word, 24)):
            yield Span(word.start, word.stop, "NICKNAME", "Nickname")
        elif word.is_nickname and not word.common and _spoken_of(word, before, answer):
            kind = person_or_worker(answer.text, word.start, word.stop)
            yield Span(word.start, word.stop, kind if kind == "WORKER" else "NICKNAME", "Nickname")


# Last words of phrases after which an everyday word may be a name.
NAMING = frozenset("me him her us them call called by as is up ups out outs to rip nicknamed".split())
ANY_TITLE = COURTESY | TITLES | SMALL_TITLES | frozenset("sir mis mister paní pán".split())


def _spoken_of(word: Word, before: str, answer: AnswerContext) -> bool:
    beside = BOND.search(before) or before.endswith("(") or CALLING.search(before) or WORK_BEFORE.search(before)
    near = beside or LISTING.match(answer.after(word)) or WORK_AFTER.match(answer.text[word.stop : word.stop + 30])
    return bool(near or WEAK_SPEAKS.match(answer.after(word, 24)) or BRINGS.match(answer.after(word)))


LISTING = re.compile(r"^\s*(?:,|and|n|&)\s")
BRINGS = re.compile(r"^\s+(?:brings?|brought|is|was|has|had|lets|runs|does|got|had|from|at)\b")
CALLING = re.compile(r"\b(?:calls? (?:me|him|her|us|them)|(?:me|us|him|her) (?:n|and|&)|ask (?:for|4))\s+$", re.I)
INITIAL = re.compile(r"[bcdfghjklmpstvwz]")


def _is_family_name_after(after: Word, answer: AnswerContext) -> bool:
    """`callum sharp's`, `jack b`: a family name in small letters, or its first letter."""
    if INITIAL.fullmatch(after.text):
        return after.stop == after.end
    if after.is_capitalised or not after.is_surname:
        return False
    return not after.common or after.stop != after.end or bool(FAMILY_ENDS.match(answer.after(after)))


FAMILY_ENDS = re.compile(r"\s*(?:$|[.,!?;)\n]|(?:all say|who|from|in (?:year|yr|y)|and (?:me|his|her|my))\b)", re.I)
BIG = frozenset("big lil lil' little young old fat skinny mad crazy dirty".split())
ARTICLE = re.compile(
    r"\b(?:a|an|the|this|that|my|our|your|his|her|their|some|any|too|so|very|as|for|how|\d+)\s+$", re.I
)


def _match_two_word_nickname(words: list[Word], at: int, answer: AnswerContext) -> Span | None:
    """`big shaq`, `lil mazza`: a nickname in two small words."""
    word = words[at]
    if word.plain not in BIG or word.is_capitalised or at + 1 == len(words) or ARTICLE.search(answer.before(word)):
        return None
    after = words[at + 1]
    if after.start != word.end + 1 or after.is_excluded_name or after.calendar:
        return None
    letter = word.plain in ("big", "lil", "fat") and re.fullmatch("[bcdgjkmptvz]", after.plain)
    if letter or (after.common and word.plain in ("lil", "big", "fat") and after.plain in listed_nicknames()):
        return Span(word.start, after.stop, "NICKNAME", "Nickname") if SPEAKS.match(answer.after(after)) else None
    known = after.is_nickname or after.first_name or (not after.common and len(after.plain) < 6)
    if not known or after.common or len(after.plain) < 2:
        return None
    if after.doubtful_small and not (SPEAKS.match(answer.after(after)) or ACTS.match(answer.after(after))):
        return None
    return Span(word.start, after.stop, "NICKNAME", "Nickname")


def _introduced_small(word: Word, answer: AnswerContext) -> bool:
    """`my mate dee`, `koleżanka jagoda`: a listed name after a word for a relation."""
    if answer.english and _unheard_of(word, answer):
        return True
    if not word.first_name or word.calendar or len(word.plain) < 2 or word.is_excluded_name:
        return False
    if KIN_SMALL.search(answer.before(word)) and word.plain not in NOT_AFTER_KIN:
        return True
    if len(word.plain) > 2 and (word.common or word.doubtful_small):
        if answer.english and word.plain in everyday_names() and _is_everyday_word_a_name(word, answer):
            return True
        if word.common:
            return False
    only = WORK_BEFORE.search(answer.before(word)) or ONLY.search(answer.before(word))
    if only and word.plain in SHORT:
        return bool(ENDS.match(answer.after(word)) or SPEAKS.match(answer.after(word)) or AT.match(answer.after(word)))
    if word.common or len(word.plain) < 3:
        return False
    if not answer.english and word.doubtful_small:
        return False
    worker = WORK_BEFORE.search(answer.before(word)) or WORK_AFTER.match(answer.text[word.stop : word.stop + 30])
    if worker and answer.english and not word.doubtful_small:
        return True
    if not (worker or BOND.search(answer.before(word)) or CALLED_SMALL.search(answer.before(word))):
        return False
    return not word.doubtful_small or bool(ENDS.match(answer.after(word)) or SPEAKS.match(answer.after(word)))


def _unheard_of(word: Word, answer: AnswerContext) -> bool:
    """`my social worker bukola comes`: an unknown word between a role or relation and a verb of a person."""
    known = word.common or word.is_excluded_name or word.calendar
    if known or len(word.plain) < 4 or not word.text.isalpha() or is_misspelt(word.plain):
        return False
    before, after = answer.before(word), answer.after(word, 24)
    greeted, ours = HIYA.search(before) and FROM_ME.match(after), OUR.search(before) and BEEN.match(after)
    if greeted or ours or HIS.match(after):
        return True
    if not (WORK_BEFORE.search(before) or MATE.search(before) or ROLE_BEFORE.search(before)):
        return False
    acts = WEAK_SPEAKS.match(after) or ACTS.match(after) or SPOKEN.match(after)
    return bool(acts or re.match(r"\s*(?:[.,!?)]|$)", after))


HIS = re.compile(
    r"^['’]s\s+(?:mum|mam|dad|nan|brother|sister|cousin|house|phone|mate|boyfriend|girlfriend|car|party)\b", re.I
)
HIYA = re.compile(
    r"\b(?:hi|hiya|hey|hello|dear|thanks|thank you|cheers|its|it's|im|i'm)(?: its| it's)?(?: me)?(?: again)?,? $", re.I
)
FROM_ME = re.compile(r"\s*(?:,|from\b|here\b|again\b|at the\b)", re.I)
BEEN = re.compile(
    r"\s+(?:been|is|was|has|had|got|goes|went|wont|cant|can't|loves|likes|and|needs|starts|started)\b", re.I
)
OUR = re.compile(r"\bour $", re.I)
ONLY = re.compile(r"\b(?:one is|is|ask|tell|with|saw|love|specially|especially|me n|me and) $", re.I)
SHORT = frozenset("jo mo al ed ty bo si vi di bev deb sue dee jay kay lou may pat ray roz tam val viv".split())
AT = re.compile(r"\s+(?:at|from|in|on)\s")


def _is_everyday_word_a_name(word: Word, answer: AnswerContext) -> bool:
    """`my mate grace said`, `my key worker is joy`: a name that is also a word, with signs of a person."""
    before, after = answer.before(word), answer.after(word, 24)
    tells, called = TELLS.match(after), CALLED_SMALL.search(before)
    if word.plain in ("will", "may", "drew", "chase", "bill") and not (tells or called):
        return False
    acts, ends = WEAK_SPEAKS.match(after) or ACTS.match(after), ENDS.match(after)
    if called or BOND.search(before):
        return not THING_CALLED.search(before) and bool(acts or ends)
    if WORK_BEFORE.search(before):
        return bool(acts or ends or AT.match(after))
    if ITS_WORK.match(answer.text[word.stop : word.stop + 30]) or FROM_WORK.match(answer.after(word, 24)):
        return True
    if WITH.search(before) and AND_THEM.match(after) or (tells and not DETERMINED.search(before)):
        return True
    return bool(WITH_ME.search(before) and (acts or ends))


FROM_WORK = re.compile(
    r"^\s+(?:from|at) (?:the |my |our )?(?:youth|drop|hub|club|school|office|camhs|family|early|social)\b"
)
TELLS = re.compile(r"^\s+(?:said|says|told me|told us|reckons|never said|came|lets|goes to)\b", re.I)
AND_THEM = re.compile(r"^\s+(?:n|and|&)\s+(?:them|her|his|my|me|others)\b", re.I)
DETERMINED = re.compile(r"\b(?:the|a|an|my|your|his|her|their|our|no|some|any|this|that|of|in|to|and|i)\s+$", re.I)


ACTS = re.compile(
    r"^(?:['’]s)?\s+(?:is|was|plays?|played|played|helps?|helped|lives?|listens?|shouts?|never|always|doesnt|doesn't"
    r"|didnt|didn't|has|had|can|cant|works?|runs?|rings?|rang|fell|got|sits?|sat|walks?|likes?|loves?|thinks?|went|go"
    r"|get|sit|play)\b", re.I
)  # fmt: skip
MATE = re.compile(
    r"\b(?:my|our|his|her) (?:best |big |little )?(?:mate|friend|cousin|brother|sister|boyfriend|bro|cuz) $"
    r"|\bme (?:and|n) $",
    re.I,
)
WITH_ME = re.compile(r"\b(?:me|him|her|us)\s+(?:n|and|&)\s+$", re.I)
KIN_SMALL = re.compile(r"\b(?:uncle|auntie|aunty|aunt|nanny|nana|nan|grandad|cousin)\s+$", re.I)
NOT_AFTER_KIN = frozenset("will may said hope chance can mark pierce chase don in an".split())
ENDS = re.compile(r"\s*(?:$|[.,!?;:)\n]|(?:and|but|cos|because|so)\b)", re.I)


def _called_small(word: Word, before: str) -> bool:
    if len(word.plain) < 3 or word.is_excluded_name or word.calendar:
        return False
    if ASKED.search(before) and not word.common:
        return True
    if word.is_nickname and CALLS.search(before) and word.plain not in INSULTS:
        return True
    thing = THING_CALLED.search(before)
    if word.first_name and WAS_CALLED.search(before) and not thing:
        return True
    if NICK_NEAR.search(before) and GOES_BY.search(before):
        return word.plain not in INSULTS
    if GREETED.search(before):
        unusual = not word.common or word.doubtful_small or word.plain[-1] == "s"
        return unusual and word.plain not in INSULTS | SKIPPED
    return bool(CALLED_SMALL.search(before)) and (word.is_nickname or not word.common) and not thing


ASKED = re.compile(r"\bask (?:for|4)\s+$", re.I)
CALLS = re.compile(
    r"\b(?:calls? (?:me|him|her|us|them)|(?:lad|man|bloke|boy|girl|someone|guy|fella|kid) (?:they|we) call|called) $",
    re.I,
)
WAS_CALLED = re.compile(
    r"\b(?:woman|lady|man|bloke|fella|guy|lad|girl|boy|worker|wardens?|reception|desk|driver"
    r"|one)\b[^.,]{0,20}\b(?:called|calld|named)\s+$", re.I
)  # fmt: skip
GOES_BY = re.compile(r"(?:goes by|known as|street name is|nickname is|nicknamed)\s+$", re.I)
GREETED = re.compile(r"\b(?:big ups?|shout ?outs?|rip)(?: to)?\s+$", re.I)


def _match_titled_name(words: list[Word], at: int, answer: AnswerContext) -> Span | None:
    """`miss pettigrew`, `coach baptiste`, `pani Zahra`: title and name where one of them is small."""
    title, word = words[max(0, at - 1)], words[at]
    between = answer.text[title.end : word.start]  # not `my mentor, kamran`
    together = between == " " or (between == ". " and len(title.text) < 5)
    if not together or not (title.plain in ANY_TITLE or title.plain in answer.local.titles):
        return None
    if title.is_capitalised and (word.is_capitalised or title.plain not in COURTESY):
        return None
    if not _is_name_after_title(title, word, answer, verb=at > 1 and words[at - 2].plain in MISSES):
        return None
    return Span(word.start if title.text in ABROAD else title.start, word.stop, "WORKER", "Title and name")


def _is_name_after_title(title: Word, word: Word, answer: AnswerContext, *, verb: bool) -> bool:
    """`verb`: the word before makes `miss` a verb."""
    plain, known = title.plain, word.first_name or word.is_surname
    letter = word.stop == word.end and len(word.plain) == 1 and word.plain not in "aeinorux"
    if letter and plain in LETTERED and not verb and title.end == word.start - 1:
        return True
    mister = plain in ("mr", "mrs", "ms") and word.plain not in SKIPPED and not word.public
    mister = mister and (word.is_surname or word.calendar or word.common)
    if (word.is_excluded_name or word.calendar) and not mister:
        return False
    if len(word.plain) < 2 or not LATIN_LETTER.match(word.text):
        return False
    if title.text in ABROAD:
        return (word.is_capitalised or known) and not (answer.english and word.common)
    if plain in ("sir", "mis", "mister") and word.is_surname and not verb and word.plain not in MISSED:
        return not word.common or bool(SPOKEN.match(answer.after(word, 24)) or WITH.search(answer.before(title)))
    if plain in COURTESY - {"miss", "dr"} and (known or word.plain not in SKIPPED | INSULTS):
        return True
    if plain == "miss":
        after = answer.after(word, 24)
        spoken = WEAK_SPEAKS.match(after) or (SPOKEN.match(after) and (word.is_surname or not word.common))
        taught = known and TAUGHT.search(answer.before(title))
        if not verb and word.plain not in SKIPPED | MISSED | INSULTS and (spoken or taught):
            return True
        sure = word.is_proper_name or (not word.common and (known or not verb))
        return sure and not (verb and word.small_name)
    titled = plain in SMALL_TITLES or plain in answer.local.titles or plain in TITLES and word.is_capitalised
    return titled and plain not in FAMILY_TITLES and not word.common and (word.is_proper_name or known)


ABROAD = frozenset("pani pan pán paní pánovi pana panu doamna doamnei domnul domnului".split())
LETTERED = frozenset("miss mr mrs ms sir mister mis dr".split())
WITH = re.compile(r"\b(?:with|told|and|n|by|for|is|from|ask|asked|thanks?)\s+$", re.I)


SPOKEN = re.compile(
    r"^(?:['’]s)?\s+(?:is|was|shouts?|shouted|teaches|always|never|helps?|has|had|lets?|tells?|doesnt|doesn't|didnt"
    r"|didn't|cant|likes?|left|leaves|comes|sits|knows|reads|cares|does|gets|got|made|makes|who|and (?:mr|mrs|miss|ms"
    r"|sir)|at|in|from)\b|^(?:['’]s)\s", re.I
)  # fmt: skip
TAUGHT = re.compile(
    r"\b(?:teacher|teacher is|teachers|head|tutor|tutor is|ta|with|by|told|tell|told me|asked|ask|thank|thanks|from"
    r"|and|like|love|called|cald|calld|because|cos|is|to|lady)\s+$", re.I
)  # fmt: skip
MISSED = frozenset(
    "school home class mum dad lessons lesson it him her them me us you out days work college registration".split()
)
LATIN_LETTER = re.compile(r"[A-Za-zÀ-ɏ]")
MISSES = frozenset(
    "i we you they he she really to ll will would and still gonna dont don't didnt might do did u".split()
)
