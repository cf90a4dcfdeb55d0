"""Rules for postcodes and number plates that are spelled out: `b d seven, four x s`, `B for Bravo`."""

import re
from collections.abc import Iterator

from consultation.reading.redaction.gazetteers import is_common
from consultation.reading.redaction.number_plates import CAR
from consultation.reading.redaction.personal_data_spans import Span
from consultation.reading.redaction.phone_numbers import PAIRS, TEENS, TENS, UNITS
from consultation.reading.redaction.postcode_areas import AREAS, WORDLIKE

I = re.IGNORECASE  # noqa: E741 - one letter keeps the patterns on their lines
ALPHABET = (
    "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa quebec romeo sierra "
    "tango uniform victor whiskey xray yankee zulu"
).split()
NAMED = {word: word[0] for word in ALPHABET} | {"alfa": "a", "juliett": "j", "whisky": "w", "x-ray": "x"}
ANY_UNIT = "|".join(word for word in UNITS if len(word) > 1)
TOKEN = re.compile(
    rf"(?<!\w)(?:(?P<letter>[A-Z]) (?:for|as in) [A-Za-z]\w+|(?P<named>{'|'.join(NAMED)})|(?P<tens>{'|'.join(TENS)})"
    rf"(?:[\s-](?P<ones>{ANY_UNIT}))?|(?P<teen>{'|'.join(TEENS)})|(?P<unit>{ANY_UNIT})"
    r"|(?P<plain>[A-Z]{1,3}\d{0,4}|\d{1,4}[A-Z]{0,3}|[A-Z]\d[A-Z]|\d[A-Z]\d))(?!\w)",
    I,
)
BETWEEN = re.compile(r"[\s,./-]{1,3}(?:(?:dash|space|then)[\s,]{1,2})?")
MOST = 9
POSTCODE = re.compile(r"([A-Z]{1,2})\d[A-Z\d]?\d[A-Z]{2}")
PLATE = re.compile(
    r"[A-Z]{2}[\dOI]{2}[A-Z]{3}|[A-Z]\d{1,3}[A-Z]{3}|(?=[A-Z]{3}\d)[A-Z]{0,2}[IQ][A-Z]{0,2}\d{3,4}|[A-Z]{3}\d{1,3}[A-Z]"
)
LETTERS = re.compile(r"[A-Za-z]+")
WHOLE_ENDS = frozenset("ST ND RD TH PM AM KG KM CM MM GB TB LB".split())
ALONE = 3  # tokens of one letter or number words that distinguish spelling from a sentence


def find_spelled_codes(text: str) -> Iterator[Span]:
    """The longest runs of letters and digits that form a postcode or, near a car, a number plate."""
    runs: list[list[re.Match[str]]] = []
    for token in TOKEN.finditer(text):
        joined = bool(runs) and BETWEEN.fullmatch(text, runs[-1][-1].end(), token.start())
        runs[-1].append(token) if joined else runs.append([token])
    near_car = bool(CAR.search(text))
    for run in runs:
        first = 0
        while first < len(run) - 1:
            for last in range(min(len(run), first + MOST), first + 1, -1):
                if kind := _classify_code(text, run[first:last], near_car):
                    yield Span(run[first].start(), run[last - 1].end(), kind, "Said or written letter by letter")
                    break
            else:
                last = first + 1
            first = last


def _classify_code(text: str, part: list[re.Match[str]], near_car: bool) -> str:
    said = "".join(map(_read_token, part)).upper()
    if not 5 <= len(said) <= 8:
        return ""
    words = [token.group() for token in part if token["plain"] and LETTERS.fullmatch(token.group())]
    everyday = any(len(word) > 1 and is_common(word) and not word.isupper() for word in words)
    spelt_out = sum(not token["plain"] or len(token.group()) == 1 for token in part)
    code = POSTCODE.fullmatch(said)
    if code and code.group(1) in AREAS and said[-2:] not in WHOLE_ENDS and not everyday:
        near = "post" in text[max(0, part[0].start() - 30) : part[0].start()].casefold()
        sure = len(code.group(1)) > 1 and code.group(1) not in WORDLIKE
        if near or sure or any(not token["plain"] for token in part):
            return "POSTCODE"
    if PLATE.fullmatch(said) and not everyday and any(c.isalpha() for c in said[-3:] + said[:3]):
        return "PLATE" if near_car or spelt_out > ALONE else ""
    return ""


def _read_token(token: re.Match[str]) -> str:
    if token["letter"] or token["plain"]:
        return token["letter"] or token["plain"]
    if token["named"]:
        return NAMED[token["named"].casefold()]
    if token["tens"]:
        return PAIRS[token["tens"].casefold()] + (UNITS[token["ones"].casefold()] if token["ones"] else "0")
    return PAIRS[token["teen"].casefold()] if token["teen"] else UNITS[token["unit"].casefold()]
