"""Rules for people with capitals: titles and staff words, first and family names, nicknames, unknown words."""

import re
from collections.abc import Iterator

from consultation.reading.redaction.answer_context import AnswerContext
from consultation.reading.redaction.answer_words import Word
from consultation.reading.redaction.gazetteers import (
    famous_first_names,
    fold_accents,
    is_common,
    is_misspelt,
    listed_surnames,
    listed_towns,
)
from consultation.reading.redaction.neighbouring_words import ITS_WORK, ROLE_AFTER, WORK_BEFORE, person_or_worker
from consultation.reading.redaction.nickname_rules import (
    FROM,
    WHOSE,
    WITH_ME,
    NameMatch,
    count_name_words,
    match_called_name,
    match_nickname,
    match_short_name,
)
from consultation.reading.redaction.other_script_names import LATIN_LANGUAGES, is_inflected_name
from consultation.reading.redaction.person_vocabulary import (
    BOND,
    CALLED,
    CALLED_SMALL,
    COURTESY,
    FAMILY_TITLES,
    INITIALS,
    INITIALS_NAME,
    IS_PET,
    NEIGHBOUR,
    NICK_NEAR,
    NICK_SHAPE,
    NOT_INITIALS,
    OFFICE,
    PET,
    SPEAKS,
    STORY,
    WEAK_SPEAKS,
    WORKER,
)
from consultation.reading.redaction.personal_data_spans import Span, find_pattern_spans
from consultation.reading.redaction.place_rules import is_place_expected
from consultation.reading.redaction.place_vocabulary import GENERIC, INFLECTED, SECTOR, SKIPPED


def find_people_in_run(run: list[Word], answer: AnswerContext) -> Iterator[Span]:
    """The people in a run of capitalised words that is no place."""
    at = 0
    while at < len(run):
        found = None if _in_a_story(run, at, answer) else _match_name(run, at, answer)
        if found and not (PET.search(answer.before(run[at])) or IS_PET.match(answer.text[found[0].end :][:40])):
            yield found[0]
        at += found[1] if found else 1


def _match_name(run: list[Word], at: int, answer: AnswerContext) -> NameMatch:
    return (
        match_called_name(run, at, answer)
        or _match_titled_name(run, at, answer)
        or match_nickname(run, at, answer)
        or _first_named(run, at, answer)
        or match_short_name(run, at, answer)
        or _match_unknown_name(run, at, answer)
    )


def _in_a_story(run: list[Word], at: int, answer: AnswerContext) -> bool:
    """`we read Matilda`, `Romeo and Juliet`: a fictional figure, not a child."""
    word = run[at]
    family = at + 1 < len(run) and (run[at + 1].is_surname or run[at + 1].is_proper_name)
    return word.plain in famous_first_names() and not family and bool(STORY.search(answer.sentence(word)))


def _everyday_family(run: list[Word], at: int, answer: AnswerContext) -> bool:
    """`Joshua Bright,`: an everyday word with a capital that ends a run after a first name."""
    word = run[at + 1]
    return (
        at + 2 == len(run) and word.is_capitalised and word.common and not word.is_acronym and not run[at].common
        and not run[at].is_excluded_name and run[at].stop == run[at].end and len(word.text) > 2
        and not (word.is_excluded_name or word.calendar or word.public) and word.plain not in SECTOR | GENERIC | SKIPPED
        and answer.text[word.start - 1] not in "'’-"
    )  # fmt: skip


POLICE = frozenset("pc pcso wpc dc ds dci insp inspector sgt sergeant constable superintendent".split())


def _match_titled_name(run: list[Word], at: int, answer: AnswerContext) -> NameMatch:
    if not answer.is_title(run[at]) or at + 1 >= len(run):
        return None
    after = at + 1
    if answer.is_title(run[after]) and after + 1 < len(run):
        after += 1
    word = run[after]
    known = word.first_name or word.is_surname
    courtesy = run[at].plain in COURTESY or (run[at].plain in POLICE and not run[at].opens)
    everyday = word.common and not known and not courtesy
    opening = run[at].plain == "miss" and run[at].opens and not run[at].is_acronym
    if word.is_capitalised and courtesy and word.calendar and not opening:  # `Miss Sunday`, `Mr Winter`
        return Span(run[at].start, word.stop, "WORKER", "Title and name"), after - at + 1
    if not word.is_capitalised or word.public or everyday or word.calendar:
        return None
    if word.is_excluded_name and not known and not (courtesy and word.plain in listed_towns()):
        return None
    if word.plain == "new" or (run[at].plain == "miss" and run[at].opens and word.common and not word.is_surname):
        return None
    last = after + count_name_words(run, after)
    start, end = run[at].start, run[last].stop
    near = answer.text[max(0, start - 25) : end + 25]
    serving = ROLE_AFTER.match(answer.text[end : end + 48]) or WORK_BEFORE.search(answer.before(run[at]))
    private = run[at].plain in COURTESY and bool(NEIGHBOUR.search(near)) and not serving
    if run[at].plain in FAMILY_TITLES and not WORKER.search(near) and run[at].plain != "father":
        private = run[at].plain != "sister" or bool(WHOSE.search(answer.before(run[at])))
    return Span(start, end, "PERSON" if private else "WORKER", "Title and name"), last - at + 1


def _first_named(run: list[Word], at: int, answer: AnswerContext) -> NameMatch:
    word = run[at]
    if not word.first_name or word.public or (word.is_acronym and len(word.text) < 5):
        return None
    more = count_name_words(run, at) or int(at + 1 < len(run) and _everyday_family(run, at, answer))
    family = more and any(w.is_surname or w.first_name or w.is_proper_name for w in run[at + 1 : at + more + 1])
    if not family and _is_doubtful_name(word, answer):
        return None
    if not more and word.is_excluded_name and is_place_expected(answer.text, word.start):
        return None  # `in Alton`, `near Ashby`: a rare name where a place is expected
    start, end = word.start, run[at + more].stop
    why = "First and family name" if more else "First name"
    return Span(start, end, person_or_worker(answer.text, start, end), why), more + 1


def _is_doubtful_name(word: Word, answer: AnswerContext) -> bool:
    """Whether a first name may be another word here, with no evidence for a person beside it."""
    before, after, speaks = answer.before(word), answer.after(word, 30), WEAK_SPEAKS.match(answer.after(word, 24))
    if word.is_excluded_name or word.calendar:
        spoken = speaks and not word.common and word.plain not in listed_towns() and not WHOSE.search(before)
        return not (BOND.search(before) or WITH_ME.search(before) or CALLED_SMALL.search(before) or spoken)
    return word.common and word.opens and not (speaks or ITS_WORK.match(after) or FROM.match(after))


# Of eighty unknown words by other authors with these endings, one in five was a person.
PLACE_ENDING = re.compile(
    r".{3}(?:thwaite|mere|bridge|shott|rigg|croft|cote|side|field|wood|ford|worth|dale|holme?|gate|bank|hill|ton|ham|ley|well"
    r"|den|royd|stead|hurst|combe|fold|garth|wick|shaw|burn|brook|beck|clough|cliffe?|moor|spen|brow|lea|stone)$"
)


def _match_unknown_name(run: list[Word], at: int, answer: AnswerContext) -> NameMatch:
    """An unknown word with a capital in mid-sentence: a person, or after `in`, `at`, `near` a place."""
    word = run[at]
    family = word.is_capitalised and word.is_surname and not (word.opens or word.is_excluded_name or word.common)
    if not (word.is_proper_name or family) or word.is_acronym or len(word.plain) < 2:
        return None
    if not answer.english and _is_inflected_place(word.plain):
        return None
    more = count_name_words(run, at)
    start, end = word.start, run[at + more].stop
    before = answer.before(word)
    known = word.is_surname or any(w.is_surname or w.first_name for w in run[at + 1 : at + more + 1])
    called = CALLED.search(before) or BOND.search(before)
    speaks = SPEAKS.match(answer.text[word.stop : end + 20])
    sure = called or (more and known) or (speaks and answer.english and len(word.plain) > 3)
    doubt = not answer.english or (not more and (len(word.plain) < 4 or is_misspelt(word.plain)))
    if word.opens and not sure and doubt:
        return None
    place = is_place_expected(answer.text, start) and not (known and more)
    if answer.language in LATIN_LANGUAGES and WHERE_ABROAD.search(before):
        place = not is_inflected_name(word.plain, answer.language)
    the = re.search(r"\b(?:the|The)\s+$", before) and not (word.is_surname or word.plain.endswith("s"))
    if (place or the) and not (called and not the and CALLED_SMALL.search(before)):
        return Span(start, end, "PLACE", "Unknown name after “in”, “at” or “the”"), more + 1
    if NICK_SHAPE.match(word.plain) or NICK_NEAR.search(before):
        worker = WORKER.search(answer.text[max(0, start - 30) : end + 20])
        return Span(start, end, "WORKER" if worker else "NICKNAME", "Nickname"), more + 1
    if not (called or more or speaks) and PLACE_ENDING.search(word.plain) and answer.english:
        return Span(start, end, "PLACE", "Unknown word that ends as places do"), more + 1
    return Span(start, end, person_or_worker(answer.text, start, end), "Unknown word with a capital"), more + 1


def _is_inflected_place(word: str) -> bool:
    """`Halifaxu`, `Bradforde`, `parku`: a town, a park or a centre inflected by another language."""
    if any(word.endswith(end) and word[: -len(end)] in listed_towns() for end in INFLECTED):
        return True
    return any(word.removesuffix(end) in ("park", "centrum") for end in ("u", "e", "om", "ul"))


WHERE_ABROAD = re.compile(
    r"\b(?:w|we|do|z|ze|na|koło|kolo|obok|przy|pod|nad|od|v|vo|zo|pri|pred|za|k|ku|în|in|din|la|pe|lângă|langa|spre"
    r"|prin|de pe|de la|către)\s+$",
    re.I,
)


HOUSES = frozenset(
    "larches willows hollies beeches oaks elms limes poplars birches laurels cedars firs pines chestnuts maples "
    "rowans hawthorns sycamores ashes gables cottage paddocks meadows orchards lindens mulberries heathers ferns "
    "bluebells paddock stables grange delph shed den hive nest ark lawns spinney dell mount mill anvil foundry loft "
    "cabin cabins stacks crescents brambles briars rookery nook hollow croft crofts priory manor".split()
)
WHERE_THE = re.compile(
    r"\b(?:at|in|behind|near|nr|outside|opposite|by|from|to|on|over|past|round|called|lives? (?:at|in|on))\s+the\s+$",
    re.I,
)


def match_place_after_the(run: list[Word], answer: AnswerContext) -> Span | None:
    """`behind the Larches`, `outside the Black Bull`: everyday words with capitals after a preposition and `the`."""
    if run[0].opens or not WHERE_THE.search(answer.before(run[0])):
        return None
    plain = [w for w in run if w.is_capitalised and not w.is_acronym and not w.calendar and not w.public]
    if len(plain) != len(run) or run[0].stop != run[0].end:
        return None
    house = len(run) == 1 and run[0].plain in HOUSES
    pub = len(run) == 2 and all(w.common and w.plain not in SECTOR | GENERIC for w in run) and run[1].plain in BEASTS
    if house or pub:
        return Span(run[0].start, run[-1].stop, "PLACE", "Name of a place after “the”")
    return None


BEASTS = frozenset(
    "bull lion horse swan bear ox cow dog fox hare hart stag lamb ram goat boar cock crown head arms bell oak tree "
    "star sun moon "
    "anchor ship plough wheel wheatsheaf barrel tavern inn fleece gate bridge hounds bay eagle raven well elephant".split()
)


def match_capital_phrase(run: list[Word]) -> Span | None:
    """`Fathers Against Blades`, `Wool & Bean`: everyday words with capitals in mid-sentence name an organisation."""
    if len(run) < 2 or run[0].opens or run[0].plain == "the" or min(len(w.text) for w in run) < 2:
        return None
    if any(w.is_excluded_name or w.is_acronym or w.calendar or not (w.is_capitalised and w.common) for w in run):
        return None
    named = sum(w.plain not in SECTOR | GENERIC for w in run) > len(run) / 2
    return Span(run[0].start, run[-1].stop, "ORG", "Everyday words with capitals") if named else None


COURTEOUS = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Rev|Cllr|PC|Sgt)\.?\s$")
COUPLE = re.compile(r"\b(?:Mr|Dr)\.?\s(?:and|&)\s(?:Mrs|Dr|Ms)\.?\s[A-Z][\w'’-]+")


def find_initials(text: str) -> Iterator[Span]:
    for match in INITIALS.finditer(text):
        if match.group().casefold().replace(" ", "").rstrip(".") not in NOT_INITIALS:
            yield Span(match.start(), match.end(), "PERSON", "Initials")
    for match in INITIALS_NAME.finditer(text):
        family = match.group().split(".")[-1].strip()
        opens = match.start() == 0 or text[match.start() - 2 : match.start()] in (". ", "! ", "? ", "\n")
        title = COURTEOUS.search(text[max(0, match.start() - 9) : match.start()])
        if title:
            yield Span(match.start() - len(title.group()), match.end(), "WORKER", "Title and name")
        elif not is_common(family) or (not opens and fold_accents(family) in listed_surnames()):
            yield Span(match.start(), match.end(), "PERSON", "Initials and name")
    yield from find_pattern_spans(text, "PERSON", "Titles and name", COUPLE)
    yield from find_pattern_spans(text, "WORKER", "Title, number and name", OFFICE)
