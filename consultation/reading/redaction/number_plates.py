"""Rules for number plates: current, older, Northern Irish and cherished ones, whole or in part."""

import re
from collections.abc import Iterator
from itertools import chain

from consultation.reading.redaction.gazetteers import is_common, not_names
from consultation.reading.redaction.personal_data_spans import Span, find_pattern_spans

I = re.IGNORECASE  # noqa: E741 - one letter keeps the patterns on their lines
GAP = r"[\s.-]?"
NEW = re.compile(rf"(?<![\w/])[A-Z]{{2}}{GAP}(?:\d{{2}}|[O0]\d|\d[O]){GAP}[A-Z]{{3}}(?!\w)")
NEW_SMALL = re.compile(rf"(?<![\w/])([a-z]{{2}}){GAP}\d{{2}}{GAP}([a-z]{{3}})(?!\w)", I)
# A123 BCD, ABC 123D, and Northern Ireland's QIL 4471.
OLD = re.compile(rf"(?<![\w/])(?:[A-Z]\d{{1,3}}{GAP}[A-Z]{{3}}|[A-Z]{{3}}{GAP}\d{{1,3}}[A-Z])(?!\w)")
OLD_SMALL = re.compile(r"(?<![\w/])(?:[a-z]\d{1,3}\s?[a-z]{3}|[a-z]{3}\s?\d{1,3}[a-z])(?!\w)", I)
DATELESS = re.compile(r"(?<![\w/])(?:[A-Z]{2,3}\s?\d{1,4}|\d{1,4}\s?[A-Z]{2,3})(?!\w)")
WORD = re.compile(
    r"\b(?:reg|rego|regs|registration|number ?plates?|plates?|licen[cs]e plate|rejestracja|tablice|číslo "
    r"auta|numar)\b",
    I,
)
PART = re.compile(
    r"\b(?:reg|regs|plates?|registration|number ?plates?)\b[^.\n]{0,40}?(?<![\w'’])(?=[A-Z0-9 ]*(?:\d|[A-Z]{3}))"
    r"([A-Z]{2}\d{2}|[A-Z0-9]{3,4})(?![\w'’])"
)
PART_SMALL = re.compile(
    r"\b(?:reg|regs|plates?|registration|number ?plates?)\b[^.\n]{0,30}?\b([a-z]{2}\s?\d{2}|\d{2}\s?[a-z]{3}"
    r"|[a-z]\d{2,3})(?!\w)",
    I,
)
CAR = re.compile(
    r"\b(?:reg|registration|plates?|car|van|taxi|cab|minicab|bike|moped|motorbike|scooter|lorry|truck|audi|bmw|golf"
    r"|corsa|merc|mercedes|transit|astra|fiesta|polo|vw|ford|vauxhall|range rover|seat|leon|toyota|prius|nissan|skoda"
    r"|vehicle|whip|motor|yaris|civic|aygo|picanto|clio|megane|zafira|insignia|mondeo|kuga|passat|tiguan|octavia|fabia"
    r"|ibiza|ateca|micra|qashqai|juke|peugeot|citroen|berlingo|renault|kangoo|kia|hyundai|i10|honda|mazda|suzuki|mini"
    r"|tesla|volvo|land rover|pickup|pick-up|wagon|minibus|mini-bus|trailer|caravan|campervan|camper|tractor|ladders"
    r"|taxis|rover|vito|sprinter|trafic|vivaro|dacia|duster|bmx|ped|estate|hatchback|saloon|driv\w*|drove|parked|auto"
    r"|samochód|mașin\w*|caddy|focus|quad)\b", I
)  # fmt: skip
# A letter O or I in place of a digit: `YK I8 QOD`.
NEW_LIKE = re.compile(rf"(?<![\w/])[A-Z]{{2}}{GAP}(?:I\d|\dI|II|\d[OI]|[OI]\d){GAP}[A-Z]{{3}}(?!\w)")
NOT_PLATE = frozenset("pm am mph gcse kg mg ml km st nd rd th mins hrs yrs ks yr pcs".split())
NOT_LAST = frozenset(
    "and the but for was has had his her him she not are you who cos got our out its did can all any one min mph".split()
)
NOT_FIRST = frozenset("yr ks no at in on we my is to so by he do go of or am it if up as an be us me".split())


def find_plates(text: str) -> Iterator[Span]:
    for match in chain(NEW.finditer(text), NEW_LIKE.finditer(text)):
        first, *_, last = re.split(r"[\s.-]+", match.group()) if " " in match.group() else ("", "")
        if not (first.casefold() in NOT_FIRST and is_common(last)):  # not shouted: `I AM 10 AND I LIVE`
            yield Span(match.start(), match.end(), "PLATE", "Number plate")
    for match in NEW_SMALL.finditer(text):
        if (not is_common(match.group(2)) or match.group(2).isupper()) and match.group(1).lower() not in NOT_FIRST:
            yield Span(match.start(), match.end(), "PLATE", "Number plate")
    if CAR.search(text):
        yield from _find_plates_near_car(text)
    for match in PART.finditer(text):
        if not is_common(match.group(1)) and match.group(1).casefold() not in not_names():
            yield Span(*match.span(1), "PLATE", "Part of a number plate")
    yield from find_pattern_spans(text, "PLATE", "Part of a number plate", PART_SMALL, group=1)


SMALL = re.compile(
    r"(?<![\w/])(?:(?P<new>[a-z]{2})(?:\d{2}|\s?[i\d][i\d])\s?[a-z]{3}|(?P<one>[c-hjknp-z])\d{3}\s[a-z]{3}"
    r"|(?P<cherished>i)\d{1,3}\s[a-z]{3}|(?P<northern>[a-z]*[iq][a-z]*)\s\d{3,4})(?!\w)", I
)  # fmt: skip
SPACED = re.compile(r"(?<![\w/])[A-Z]{2,3}\s\d{1,3}\s[A-Z]{3}(?!\w)")


def _find_plates_near_car(text: str) -> Iterator[Span]:
    for match in SMALL.finditer(text):
        near = text[max(0, match.start() - 45) : match.start()]
        letters = match["new"] or match["northern"] or ""
        northern = match["northern"] is not None
        word = letters.casefold() in NOT_FIRST or match.group()[-3:].casefold() in NOT_LAST
        if CAR.search(near) and not word and not (northern and (len(letters) != 3 or is_common(letters))):
            yield Span(match.start(), match.end(), "PLATE", "Number plate near a car")
    for match in SPACED.finditer(text):
        if CAR.search(text[max(0, match.start() - 30) : match.start()]):
            yield Span(match.start(), match.end(), "PLATE", "Number plate near a car")
    yield from find_pattern_spans(text, "PLATE", "Number plate, older kind", OLD)
    for match in chain(DATELESS.finditer(text), OLD_SMALL.finditer(text)):
        letters = "".join(filter(str.isalpha, match.group())).casefold()
        near = text[max(0, match.start() - 30) : match.start()]
        if letters not in NOT_PLATE and not is_common(letters) and WORD.search(near):
            yield Span(match.start(), match.end(), "PLATE", "Number plate, older or cherished kind")
    for match in DATELESS.finditer(text):
        near = text[max(0, match.start() - 24) : match.start()]
        letters = "".join(filter(str.isalpha, match.group()))
        if CAR.search(near) and len(letters) == 3 and letters.casefold() not in not_names() and len(match.group()) > 5:
            yield Span(match.start(), match.end(), "PLATE", "Number plate of Northern Ireland")
