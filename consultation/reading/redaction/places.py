"""Schools, streets, places and organisations: by the shape of their names and by the officers' list."""

import re
from collections.abc import Iterator

from consultation.reading.redaction.gazetteers import is_common, not_names, places, towns
from consultation.reading.redaction.spans import Span
from consultation.reading.redaction.words import Word

SCHOOL = frozenset(
    "primary high academy infant infants junior juniors college grammar pru school schools nursery preschool "
    "secondary comp comprehensive beacon".split()
)
STREET = frozenset(
    "road rd street lane ln close avenue ave drive terrace grove crescent court mount walk way place rise row "
    "fold view "
    "gardens parade mews yard brow steps croft garth villas bank approach broadway ginnel snicket".split()
)
PLACE = frozenset(
    "park station library estate estates arcade woods wood rec glen house hub centre hall square wharf mill "
    "fields field "
    "flats towers tower bridge baths pool precinct market interchange stop services hostel lodge heights gate green "
    "hill top moor edge dale beck clinic hospital surgery church mosque masjid gurdwara temple underpass playground "
    "skatepark canal viaduct roundabout shops pike hollow cemetery reservoir lido hotel inn".split()
)
ORG = frozenset(
    "grill cafe café cars cabs taxis taxi pizza kebab kebabs chippy takeaway karate boxing gym university radio "
    "club fc rufc "
    "lettings counselling pharmacy scouts cadets music roofing play respite banqueting outlet climb trust project "
    "charity bakery barbers salon nails vapes cod corner rooms company co ltd academy's theatre dance juniors "
    "united rovers harriers tuition care homes ladies lads daughters sons foundation".split()
)
GENERIC = frozenset(
    "the a an my our your their this that high primary secondary junior infant youth community sports sport "
    "leisure bus "
    "train police fire health medical children's childrens family special academy school college church house "
    "town city "
    "old new local main each every any some shopping retail social food warm nice best".split()
)
NOT_SMALL = frozenset(
    "place way view bank row rise walk steps court ave rd ln ginnel snicket approach yard mount drive close gardens fold "
    "brow parade grove broadway".split()
)
STREET_SMALL = "|".join(sorted(STREET - NOT_SMALL))
STREET_ANY = "|".join(sorted(STREET | {"hill", "green", "mill", "gate", "wharf", "house"}))
ADDRESS = re.compile(
    rf"\b(?:(?:flat|unit|room|apartment|apt)\s+\w{{1,3}},?\s+)?(?:(?:rear of|number|no\.?)\s+)?\d{{1,4}}[a-z]?,?\s+"
    rf"(?:(?!(?:minutes?|mins?|years?|times?|of|the|and|on|in|to|a|for|people|kids|more|min"
    rf"|miles?)\b)[^\W\d_][\w'’-]*\s+){{1,3}}(?:{STREET_ANY})\b", re.I,
)  # fmt: skip
ADDRESS_FLAT = re.compile(r"\b(?:flat|unit|apartment|apt|suite)\s+\d{1,3}[a-z]?,?\s+(?:[A-Z][\w'’-]+\s?){1,4}")
STREET_PLAIN = re.compile(rf"\b([a-z][\w'’-]{{2,}})\s+(?:{STREET_SMALL})\b")
LOWER_HEADS = frozenset(
    "station flats estate services park library shops woods road street lane arcade rec precinct".split()
)
INFLECTED = ("u", "e", "ie", "em", "a", "ul", "ului")
BEFORE_A_PLACE = frozenset(
    "in at near around past behind to from round outside off by on up through towards into".split()
)


def addresses(text: str) -> Iterator[Span]:
    for match in ADDRESS.finditer(text):
        yield Span(match.start(), match.end(), "ADDRESS", "House and street")
    for match in ADDRESS_FLAT.finditer(text):
        yield Span(match.start(), match.start() + len(match.group().rstrip()), "ADDRESS", "Flat and building")
    for match in STREET_PLAIN.finditer(text):
        if not is_common(match.group(1)) and match.group(1) not in not_names():
            yield Span(match.start(), match.end(), "PLACE", "Street")


def listed(words: list[Word]) -> Iterator[Span]:
    """Places on the officers' list, however they are written; one-word places need a capital."""
    known = places()
    longest = max(map(len, known))
    plain = [word.plain for word in words]
    for at, word in enumerate(words):
        for size in range(min(longest, len(words) - at), 0, -1):
            if tuple(plain[at : at + size]) in known and (
                size > 1 or (word.capital and not (word.opens and word.plain == "idle"))
            ):
                yield Span(word.start, words[at + size - 1].stop, "PLACE", "On the list of places")
                break


PERSONAL = re.compile(
    r"\b(?:i|im|i'm|ive|me|my|we|us|our|he|hes|she|shes|him|her|his|they|them|mum|dad|cousin|brother|sister"
    r"|friend|mate|lad|girl|boy"
    r"|man|bloke|lady|family|lives?|live)\b", re.I,
)  # fmt: skip


def towns_of(words: list[Word], text: str, *, english: bool) -> Iterator[Span]:
    """A town is nobody's data, but in the story of one person it narrows down who: proposed there, and only there."""
    known = towns()
    for word in words:
        if word.plain in known or (
            not english and any(word.plain.endswith(e) and word.plain[: -len(e)] in known for e in INFLECTED)
        ):
            sentence = max(text.rfind(mark, 0, word.start) for mark in ".!?\n") + 1
            near = text[max(sentence, word.start - 60) : word.end + 40]
            if not english or PERSONAL.search(near):
                yield Span(word.start, word.stop, "PLACE", "Town in a personal story; many live there")


def lower_headed(words: list[Word]) -> Iterator[Span]:
    """`Kirkby Fell station`, `Ravenroyd flats`: a name with a capital and a small word that says what it is."""
    for at, word in enumerate(words):
        if at and not word.capital and word.plain in LOWER_HEADS and words[at - 1].end == word.start - 1:
            first = at
            while first and words[first - 1].capital and not words[first - 1].excluded and at - first < 4:
                first -= 1
                if words[first].opens:
                    break
            name = words[first:at]
            if (
                name
                and any(w.proper or (not w.opens and not w.excluded) for w in name)
                and not any(w.first_name for w in name[-1:])
            ):
                yield Span(words[first].start, word.stop, "PLACE", "Name of a place")


def named(run: list[Word], before: str) -> Span | None:
    """What a run of capitals names, if its last words say so."""
    for last in range(len(run) - 1, 0, -1):
        head = run[last].plain
        kind = _kind(head, run, last)
        if kind is None:
            continue
        first = _first(run, last)
        name = [
            word for word in run[first:last] if word.plain not in GENERIC and word.plain not in ("of", "and", "on")
        ]
        strong = [word for word in name if not word.excluded]
        if not strong:
            continue
        end = last + _tail(run, last)
        return Span(run[first].start, run[end].stop, kind, WHY[kind])
    return None


WHY = {"SCHOOL": "Name of a school", "PLACE": "Name of a place", "ORG": "Name of an organisation"}


def _kind(head: str, run: list[Word], last: int) -> str | None:
    if head in SCHOOL:
        return "SCHOOL"
    if head in STREET or head in PLACE:
        return "PLACE"
    return "ORG" if head in ORG else None


def _first(run: list[Word], last: int) -> int:
    first = 0
    while first < last - 1 and (
        run[first].plain in SKIPPED or (run[first].opens and run[first].common and last - first > 2)
    ):
        first += 1
    return first


SKIPPED = frozenset(
    "i at in on from the and our my but so when if it she he they we please ask near year go to".split()
)


def _tail(run: list[Word], last: int) -> int:
    """`Primary School`, `Retail Park`, `Bus Station`: the heads that follow a head belong to it."""
    more = 0
    while last + more + 1 < len(run) and run[last + more + 1].plain in SCHOOL | PLACE | ORG:
        more += 1
    return more
