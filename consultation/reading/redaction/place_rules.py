"""Rules for schools, streets, places and organisations with capitals: by head words and by the lists."""

import re
from collections.abc import Iterator
from functools import cache

from consultation.reading.redaction.answer_words import Word
from consultation.reading.redaction.gazetteers import (
    first_names,
    fold_accents,
    index_by_first_word,
    is_common,
    listed_places,
    listed_towns,
    not_names,
)
from consultation.reading.redaction.officer_lists import NO_OFFICER_LISTS, OfficerLists
from consultation.reading.redaction.person_vocabulary import COURTESY, KIN, TITLES
from consultation.reading.redaction.personal_data_spans import Span, find_pattern_spans
from consultation.reading.redaction.place_vocabulary import (
    CELTIC,
    GENERIC,
    INFLECTED,
    OFFICIAL,
    ORG,
    PERSONAL,
    PLACE,
    SCHOOL,
    SCHOOL_SMALL,
    SECTOR,
    SKIPPED,
    STREET,
    STREET_ANY,
    STREET_FIRST,
    STREET_SMALL,
    TAIL,
    TAKES,
)

I = re.IGNORECASE  # noqa: E741 - one letter keeps the patterns on their lines
UNIT = r"(?:(?:flat|unit|room|apartment|apt|plot|caravan|pitch)\s+\w{1,3}(?:/\w{1,2})?,?\s+)?"
ADDRESS = re.compile(
    rf"\b{UNIT}(?:(?:rear of|number|no\.?)\s+)?(?<![\d.:/])(?:\d{{1,3}}/)?\d{{1,4}}(?:[a-z]|-\d{{1,4}})?,?\s+"
    r"(?:(?!(?:minutes?|mins?|years?|times?|of|the|and|on|in|to|a|for|people|kids|more|min|per|at|or|days?|weeks?"
    r"|hours?|each|always|every|gives?|months?|miles?|children|lads|girls|boys|am|pm|yr|yrs|st|nd|rd|th"
    rf"|old(?!\s+\w+\s+(?:in|and)))\b)[^\W\d_][\w'’.-]*\s+){{1,3}}(?:{STREET_ANY}|st|ave|cliff|nook|ridge"
    r"|point)\b(?!\s+(?:old|ago|away|late|each))", I,
)  # fmt: skip
ADDRESS_FLAT = re.compile(
    r"\b(?:(?i:flat|unit|apartment|apt|suite|plot|pitch|room)s?)\s+\d{1,3}[a-zA-Z]?(?:(?:/|-|\s?to\s)\d{1,3})?,?\s+"
    r"(?:(?![A-Z]{1,2}\d)[A-Z0-9][\w'’-]*\s?,?\s?){1,5}"
)
ADDRESS_FLAT_SMALL = re.compile(
    r"\b(?:flat|unit|apartment|apt)\s+\d{1,3}[a-z]?,?\s+(?:[a-z'’]+\s+){1,2}(?:house|court|tower|towers|mill|lodge|heights"
    r"|point|flats|place|building)\b", I
)  # fmt: skip
HOUSE_NAME = re.compile(r"\b(?:The\s+)?[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+){0,2},\s+(?=\d{1,4}[a-z]?\s+[A-Z])")
AMBIGUOUS = frozenset({"idle", "clayton", "tong", "heaton", "wyke"})  # listed places that also open a sentence
STREET_PLAIN = re.compile(rf"\b([a-z][\w'’-]{{2,}})\s+(?:{STREET_SMALL})\b")
STREET_ON = re.compile(
    r"\b(?:on|off|along|down|up|at|near|live in|lives in)\s+([a-z][\w'’]{2,})\s+(?:lane|road|rd|street|avenue|terrace)\b"
)
UNNAMED_STREET = frozenset(
    "the our my your his her their this that a an main busy side back same whole other every quiet dark narrow cross "
    "one high dirt next long country wet dry open ring slip access private public local new old city town village bus "
    "cycle fast slow left right inside outside middle front both all some any no each another end opposite last first "
    "second residential bumpy icy sesame coronation memory and of with from wall".split()
)
STREET_KNOWN = re.compile(rf"\b(?:{STREET_FIRST})\s+(?:{STREET_SMALL})\b")
SCHOOL_PLAIN = re.compile(rf"\b([a-z][\w'’-]{{3,}})\s+(?:{SCHOOL_SMALL})\b")
SAINT = re.compile(
    r"\b(?:St|st|Saint|saint|SS|Ss|Our Lady)\.?\s+(?:of\s+)?[A-Z][\w'’-]+(?:\s+(?:and|&)\s+(?:St\.?\s+)?[A-Z][\w'’-]+)?"
    rf"(?:\s+(?i:c\.?\s?of\s?e\.?|rc|catholic|{'|'.join(sorted(SCHOOL))}))*"
    r"|\b(?:Holy (?:Family|Trinity|Name|Cross|Rosary|Child)|Sacred Heart|Corpus Christi|Immaculate Heart|Christ the King"
    rf"|All Saints|Good Shepherd|Star of the Sea)(?:['’]s?)?(?:\s+(?i:c\.?\s?of\s?e\.?|rc|catholic"
    rf"|{'|'.join(sorted(SCHOOL))}))*"
    r"|\bst\.?\s+[a-z]{3,}['’]?s?\s+(?:primary|infants|juniors?|high|academy|school|rc|catholic)(?:\s+school)?\b"
)
MOVING = re.compile(
    r"\b(?:go|goes|going|went|gone|move|moves|moved|moving|come|comes|came|coming|travel\w*|drive|drives|drove|driving"
    r"|walk\w*|bus|buses|train|trains|tram|taxi|live|lives|lived|living|trip|way|back|down|up|over|sent|sends|send"
    r"|taken|takes|take|took|drop\w*|pick\w*|runs?|ran|running|relocat\w*|hang\w*|are|is|we're|i'm|im)"
    r"\s+(?:\w+\s+){0,2}(?:to|from|by|on|up|over)\s+(?:the\s+)?$", I
)  # fmt: skip
FAMILIES = frozenset(
    "hill wood woods field fields green lake banks marsh brook dale glen bush stone church hall moor meadow mills "
    "parks shaw bell bay heath cross end lodge barber baker butcher butchers cook".split()
)  # head words that are also family names
SPORTS = frozenset(
    "chess football rugby cricket netball karate judo boxing swimming running fc afc athletics tennis hockey".split()
)
SOFT_SCHOOL = frozenset({"first", "special"})  # a kind of school after an unknown word: `Heaton Syke First`
WHERE = frozenset(
    "in at near around past behind round outside off through towards toward into above below opposite beside across "
    "nr under".split()
)
EITHER = frozenset("to from by on up over down".split())


def find_addresses(text: str) -> Iterator[Span]:
    for match in ADDRESS.finditer(text):
        start = match.start()
        house = HOUSE_NAME.search(text, max(0, start - 40), start + 12)
        if house and house.end() == start and first_names().isdisjoint(map(fold_accents, house.group().split())):
            start = house.start()
        yield Span(start, match.end(), "ADDRESS", "House and street")
    for match in ADDRESS_FLAT.finditer(text):
        yield Span(match.start(), match.start() + len(match.group().rstrip(" ,")), "ADDRESS", "Flat and building")
    yield from find_pattern_spans(text, "ADDRESS", "Flat and building", ADDRESS_FLAT_SMALL)
    for match in STREET_PLAIN.finditer(text):
        if not is_common(match.group(1)) and match.group(1) not in not_names():
            yield Span(match.start(), match.end(), "PLACE", "Street")
    for match in STREET_ON.finditer(text):
        if match.group(1) not in UNNAMED_STREET:
            yield Span(match.start(1), match.end(), "PLACE", "Street")
    yield from find_pattern_spans(text, "PLACE", "Street", STREET_KNOWN)


HOLY = ("Holy ", "Sacred ", "Corpus ", "Immaculate ", "Christ the", "All Saints", "Good Shep", "Star of")


def find_schools(text: str, *, english: bool) -> Iterator[Span]:
    for match in SAINT.finditer(text):
        street = re.match(r"\s+([A-Z]\w+)", text[match.end() : match.end() + 20])
        if street and street.group(1).casefold() in STREET:
            continue
        kind = "SCHOOL" if any(word in match.group().casefold().split() for word in SCHOOL) else "PLACE"
        lady = match.group().startswith(("Our Lady", "Ss ", "SS ", *HOLY))
        placed = is_place_expected(text, match.start()) or TAIL.match(text, match.end())
        if kind == "SCHOOL" or lady or placed or re.search(r"['’]s$|s['’]?$", match.group()):
            yield Span(match.start(), match.end(), "SCHOOL", "Name of a school or a church")
    for match in SCHOOL_PLAIN.finditer(text) if english else ():
        name = re.sub(r"['’]s?$", "", match.group(1))
        if not is_common(name) and name not in not_names():
            yield Span(match.start(), match.end(), "SCHOOL", "Name of a school")


@cache
def _shipped_phrases() -> dict[str, tuple[tuple[str, ...], ...]]:
    return index_by_first_word([" ".join(name) for name in listed_places()])


def find_listed_places(words: list[Word], officers: OfficerLists = NO_OFFICER_LISTS) -> Iterator[Span]:
    """Listed places in any spelling; one-word places of the shipped list need a capital."""
    plain = [word.plain for word in words]
    for at, word in enumerate(words):
        for name in (*_shipped_phrases().get(word.plain, ()), *officers.places.get(word.plain, ())):
            if word.is_capitalised:
                sure = not (word.opens and word.plain in AMBIGUOUS)
            else:  # no other word in small letters: `girlington`
                sure = len(word.plain) > 4 and not (word.common or word.first_name or word.is_surname)
            sure = sure or len(name) > 1 or name in officers.places.get(word.plain, ())
            if sure and tuple(plain[at : at + len(name)]) == name:
                yield Span(word.start, words[at + len(name) - 1].stop, "PLACE", "On the list of places")


def find_towns(words: list[Word], text: str, *, english: bool) -> Iterator[Span]:
    """Towns in the story of one person, where they narrow down who it is; elsewhere a town is not personal data."""
    known = listed_towns()
    for word in words:
        if word.common or word.public or not (word.is_capitalised or (english and len(word.plain) > 4)):
            continue
        if re.match(r"\s[A-Z]", text[word.end : word.end + 2]):  # `Leeds United`, `Bradford Crown Court`
            continue
        inflected = not english and any(word.plain.endswith(e) and word.plain[: -len(e)] in known for e in INFLECTED)
        if word.plain in known or inflected:
            sentence = max(text.rfind(mark, 0, word.start) for mark in ".!?\n") + 1
            before = text[max(sentence, word.start - 45) : word.start]
            near = text[max(sentence, word.start - 60) : word.end + 40]
            if not english or (PERSONAL.search(near) and TAKES.search(before)):
                yield Span(word.start, word.stop, "PLACE", "Town in a personal story; many live there")


def split_run_into_names(run: list[Word]) -> Iterator[list[Word]]:
    """Split a run into names: `Costcutter on Bramble Street`, `Thorpe Juniors and The Quarry Academy`."""
    piece: list[Word] = []
    for at, word in enumerate(run):
        the = at + 1 < len(run) and run[at + 1].plain == "the" and not run[at + 1].is_capitalised
        headed = piece and _find_kind_of_head_word(piece[-1].plain) is not None and len(piece) > 1
        parts = (word.plain in ("on", "in") and not the) or (word.plain == "and" and headed)
        if piece and parts and not word.is_capitalised:
            yield piece
            piece = []
        else:
            piece.append(word)
    if piece:
        yield piece


def match_place_in_run(run: list[Word], text: str, listed: list[Span]) -> Span | None:
    """The place in a run of capitalised words: by a head word at its start or end, or by a listed place in it."""
    return _match_name_after_head_word(run) or _match_name_before_head_word(run, text) or _listed_in(run, listed)


def _match_name_before_head_word(run: list[Word], text: str) -> Span | None:
    for last in range(len(run) - 1, 0, -1):
        kind = _find_kind_of_head_word(run[last].plain)
        titled = run[last - 1].plain in TITLES and run[last].plain not in STREET or run[last - 1].plain in COURTESY
        if kind is None or not run[last].is_capitalised or titled:
            continue
        first = _find_first_name_word(run, last)
        name = [w for w in run[first:last] if w.plain not in GENERIC | SECTOR and w.plain not in ("of", "and", "on")]
        # Words that alone name no place. A town does before a head word: `Keighley Library` is one building.
        strong = [w for w in name if not (w.calendar or w.public)]
        strong = [w for w in strong if w.plain not in not_names() or w.plain in listed_towns()]
        public = all(w.plain in listed_towns() for w in strong) and any(w.plain in OFFICIAL for w in run[first:last])
        soft = run[last].plain in SOFT_SCHOOL and all(w.common for w in strong)
        if not strong or public or soft or any(w.plain in COURTESY for w in run[first:last]):
            continue
        man = run[last].plain in FAMILIES and last - first == 1 and run[first].first_name and not run[first].common
        end = last  # of several head words: `Primary School`, `Retail Park`, `Bus Station`
        while end + 1 < len(run) and run[end + 1].plain in SCHOOL | PLACE | ORG:
            end += 1
        # `Gareth Hill`; but `Rose Hill` may be a hill, and so may `at Gareth Hill`
        placed = TAIL.match(text, run[end].end) or is_place_expected(text, run[first].start)
        if man and kind != "SCHOOL" and not placed:
            continue
        kind = _find_kind_of_head_word(run[end].plain) or kind
        if kind == "SCHOOL" and any(w.plain in SPORTS for w in run[first:end]):
            kind = "ORG"
        the = first > 0 and run[first - 1].text == "The" and not run[first - 1].opens
        return Span(run[first - the].start, run[end].stop, kind, WHY[kind])
    return None


def _listed_in(run: list[Word], listed: list[Span]) -> Span | None:
    """`Undercliffe Brow`, `Ravenscliffe Reach`: a capitalised word after a listed place belongs to it."""
    for span in listed:
        at = next((at for at, word in enumerate(run) if word.start == span.start), None)
        if at is None:
            continue
        end = at
        while end + 1 < len(run) and run[end].end < span.end:
            end += 1
        while end + 1 < len(run) and _continues_place_name(run[end], run[end + 1]):
            end += 1
        kind = _find_kind_of_head_word(run[end].plain) if run[end].end > span.end else None
        return Span(span.start, run[end].stop, kind or span.type, WHY[kind] if kind else span.why)
    return None


def _continues_place_name(before: Word, word: Word) -> bool:
    if before.stop != before.end or not word.is_capitalised or word.is_acronym or word.plain in TITLES | KIN:
        return False
    return not (word.first_name or word.is_excluded_name or word.calendar)


COMPASS = frozenset("north south east west upper lower nether".split())


def _match_name_after_head_word(run: list[Word]) -> Span | None:
    """`Cwm Hesgin`, `Ysgol Bryn Eithin`, `West Mereside`: names whose head word comes first."""
    for at, word in enumerate(run[:-1]):
        side = word.plain in COMPASS and word.is_capitalised and not word.public and word.stop == word.end
        place = run[at + 1].is_proper_name and not run[at + 1].first_name and run[at + 1].plain not in listed_towns()
        if side and place and at + 2 == len(run):
            return Span(word.start, run[at + 1].stop, "PLACE", WHY["PLACE"])
    for at, word in enumerate(run[:-1]):
        kind = CELTIC.get(word.plain)
        if kind and run[at + 1].is_proper_name:
            return Span(word.start, run[-1].stop, kind, WHY[kind])
    return None


WHY = {"SCHOOL": "Name of a school", "PLACE": "Name of a place", "ORG": "Name of an organisation"}


def _find_kind_of_head_word(head: str) -> str | None:
    if head in SCHOOL or head in SOFT_SCHOOL:
        return "SCHOOL"
    if head in STREET or head in PLACE:
        return "PLACE"
    return "ORG" if head in ORG else None


def _find_first_name_word(run: list[Word], last: int) -> int:
    first = 0
    while first < last - 1 and (
        run[first].plain in SKIPPED
        or (run[first].opens and run[first].common and (last - first > 2 or run[first].plain in OPENERS))
    ):
        first += 1
    return first


OPENERS = frozenset("contact even shoutout poor ask tell thank thanks dear hi hello hey ring call meet join outside "
                    "inside near behind honestly ye aur treasurer chair".split())  # fmt: skip


def is_place_expected(text: str, start: int) -> bool:
    """Whether the words before announce a place: `at`, `near`, `went to`."""
    before = text[max(0, start - 40) : start]
    previous = re.search(r"([^\W\d_]+)\s+(?:the\s+)?$", before)
    if not previous:
        return False
    word = previous.group(1).casefold()
    return word in WHERE or (word in EITHER and bool(MOVING.search(before)))
