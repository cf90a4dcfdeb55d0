"""Rules for structured personal data: contacts and postcodes here, other kinds from their own modules."""

import re
from collections.abc import Iterator

from consultation.reading.redaction.date_rules import find_dates
from consultation.reading.redaction.gazetteers import is_common
from consultation.reading.redaction.identifier_numbers import find_id_numbers
from consultation.reading.redaction.number_plates import find_plates
from consultation.reading.redaction.online_handles import find_handles
from consultation.reading.redaction.personal_data_spans import Span, find_pattern_spans
from consultation.reading.redaction.phone_numbers import find_phones
from consultation.reading.redaction.postcode_areas import AREAS, WORDLIKE
from consultation.reading.redaction.spelled_out_codes import find_spelled_codes

I = re.IGNORECASE  # noqa: E741 - one letter keeps the patterns on their lines
# Each begins where a run of its letters does, or takes few of them, so that a very long word is scanned once.
EMAIL = re.compile(r"(?<![\w.+'’-])[^\W_][\w.+'’-]*@[\w-]+(?:\.[\w-]+)+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", I)
EMAIL_GAPS = re.compile(
    r"(?<![\w.+-])[^\W_][\w.+-]*\s@\s[\w-]+(?:\s?\.\s?[\w-]+)*\s?\.\s?(?:com|org|net|uk|me|info|edu|eu)\b", I
)
EMAIL_SPOKEN = re.compile(
    r"(?<![\w.+-])[\w.+-]+(?:\s(?:dot|underscore|dash)\s[\w.+-]+){0,3}\s*(?:\(at\)|\[at\]|\sat\s|@)\s*[\w-]+"
    r"(?:\s*(?:\(dot\)|\[dot\]|\sdot\s|\.)\s*[\w-]+){0,3}\s*(?:\(dot\)|\[dot\]|\sdot\s)\s*"
    r"(?:com|co|org|net|uk|example|sch|gov|ac|me|info)\b(?:\s*(?:\(dot\)|\[dot\]|\sdot\s)\s*uk\b)?",
    I,
)
EMAIL_BRACKETS = re.compile(r"(?<![\w.+-])[\w.+-]+\s*[\[(]\s*at\s*[\])]\s*[\w-]+(?:\.[\w-]+)+", I)
# `lewis@example .com`, `lewis@example,com`, `lewis@exampledotcom`
EMAIL_SLIP = re.compile(
    r"(?<![\w.+-])[^\W_][\w.+-]*@[\w-]+(?:\s?[.,]\s?|dot|\sdot\s)(?:com|org|net|co[.\s]uk|info|edu)\b(?:[.,]uk\b)?", I
)
EMAIL_AT = re.compile(r"(?<![\w.+-])([\w.+-]{3,})\sat\s[\w-]+\.(?:com|org|net|co\.uk|org\.uk|sch\.uk)\b", I)
EMAIL_FIRM = re.compile(
    r"(?<![\w.+-])[\w.+-]+\s(?:at|@)\s(?:gmail|hotmail|outlook|yahoo|icloud|live|aol|proton(?:mail)?)\b(?:\s?\.?\s?com\b)?",
    I,
)
URL = re.compile(
    r"(?<![@\w.])(?:h(?:tt|xx)ps?\s?:\s?//[^\s<>\"]+|www\.[^\s<>\"]+|(?:[a-z0-9-]{1,63}\.){1,9}(?:org|com|net|co\.uk|org\.uk"
    r"|gov\.uk|ac\.uk|sch\.uk|info|site|online|xyz|link|page|app|shop|blog|live|chat|example)\b(?:/[^\s<>]*)?"
    r"|(?:[a-z0-9-]{1,63}\.){1,9}(?:me|us|be|io|tv|ly|gg|uk|eu|to|pl|ro|sk|de|tk|cc|ee|st|gl|fm|ac|so)/[^\s<>]+)", I,
)  # fmt: skip
URL_SPOKEN = re.compile(
    r"\bwww\s(?:dot|\.)\s[\w-]+(?:\s(?:dot|\.)\s[\w-]+){1,3}|\b[\w-]{1,63}\sdot\s(?:com|org|co\sdot\suk)\b", I
)
POSTCODE = re.compile(r"(?<![\w/])([A-Z]{1,2})\d[A-Z\d]?[\s-]{0,2}[\dO][A-Z]{2}(?!\w)", I)
# With any area, since it may be a slip; not `Y6 2ND`.
WRITTEN_AS_ONE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? \d(?!ST|ND|RD|TH|PM|AM)[ABD-HJLNP-UW-Z]{2}")
# In small letters or without a space: only an area of two letters that is no word.
WRITTEN_SMALL = re.compile(
    r"(?<![\w/.@_-])([a-z]{2})\d[a-z\d]? ?\d(?!st|nd|rd|th|pm|am|kg|km|gb|tb|lb|px)[abd-hjlnp-uw-z]{2}(?![\w@.]\w|\w)",
    I,
)
YEARS = frozenset("yr ks yo pg gb".split())
# Gaps in other places, a letter that no postcode ends in, an extra digit: `bd 98 6iq`, `BD77, 1AF`, `BD 25 - 8 ND`.
POSTCODE_GAPS = re.compile(
    r"(?<![\w/])([A-Z]{2})[\s,]{0,2}\d[A-Z\d]?[\s,-]{0,3}\d{1,2}(?!(?:st|nd|rd|th|pm|am|kg|km|cm|mm|gb|mb)\b)"
    r"(?!\s(?:pm|am|kg|km|cm|mm|gb|mb|of|or|to|in|on|at|is|it|we|he|me|my|no|so|do|go|by|up|us|if|an|as|be)\b)"
    r"\s?[A-Z]\s?[A-Z](?!\w)", I
)  # fmt: skip
OUTCODE_IN = re.compile(r"\b(?:in|from|of|at|near|to|round|around|postcode)\s([A-Z]{2})\d{1,2}(?![\w/.-]|\s?\d)", I)
# A district alone in capitals, with or without its sector: `BD41 and BD43 8 are left out`; not `CR7`.
DISTRICT = re.compile(
    r"(?<![\w/.-])(?!CR7|CV\d|HP\d)([A-Z]{2})\d{1,2}(?:\s\d(?=$|[,.;:!?)]|\s(?:and|but|or|has|have|is|are|was|where|who|simply|area)\b))?"
    r"(?![\w/]|-\w|\.\d|\s?[A-Z]{2,3}\b)"  # a plate: `DA11 QQD`
)
OUTCODE = re.compile(r"\b(?:postcode|post code|postal code)\W{1,3}(?:\w+\W+){0,3}?([A-Z]{1,2}\d{1,2}[A-Z]?)(?!\w)", I)


CLOSING = ".,;:!?)'\"’”]-"  # marks that end the sentence, not the address


def find_contacts(text: str) -> Iterator[Span]:
    for match in EMAIL.finditer(text):
        yield Span(match.start(), match.start() + len(match.group().rstrip(CLOSING)), "EMAIL", "E-mail address")
    for match in EMAIL_AT.finditer(text):
        if not is_common(match.group(1)):
            yield Span(match.start(), match.end(), "EMAIL", "E-mail address, written out")
    for pattern in (EMAIL_SPOKEN, EMAIL_BRACKETS, EMAIL_FIRM, EMAIL_GAPS, EMAIL_SLIP):
        for match in pattern.finditer(text):
            if " at www" not in match.group().casefold():
                yield Span(match.start(), match.end(), "EMAIL", "E-mail address, written out")
    for match in URL.finditer(text):
        yield Span(match.start(), match.start() + len(match.group().rstrip(CLOSING)), "URL", "Web address")
    yield from find_pattern_spans(text, "URL", "Web address, written out", URL_SPOKEN)
    yield from find_phones(text)


def find_postcodes(text: str) -> Iterator[Span]:
    for match in POSTCODE.finditer(text):
        if match.group(1).upper() in AREAS or WRITTEN_AS_ONE.fullmatch(match.group()):
            yield Span(match.start(), match.end(), "POSTCODE", "Postcode")
    for match in WRITTEN_SMALL.finditer(text):
        if match.group(1).upper() not in AREAS and not is_common(match.group(1)) and match.group(1) not in YEARS:
            yield Span(match.start(), match.end(), "POSTCODE", "Written like a postcode")
    for match in POSTCODE_GAPS.finditer(text):
        if match.group(1).upper() in AREAS - WORDLIKE:
            yield Span(match.start(), match.end(), "POSTCODE", "Postcode with a slip")
    for match in OUTCODE_IN.finditer(text):
        if match.group(1).upper() in AREAS - WORDLIKE and not match.group(1).istitle():
            yield Span(match.start(1), match.end(), "POSTCODE", "First half of a postcode")
    for match in DISTRICT.finditer(text):
        if match.group(1) in AREAS - WORDLIKE:
            yield Span(match.start(), match.end(), "POSTCODE", "First half of a postcode")
    yield from find_pattern_spans(text, "POSTCODE", "First half of a postcode", OUTCODE, group=1)


def find_structured_data(text: str) -> Iterator[Span]:
    yield from find_contacts(text)
    yield from find_postcodes(text)
    yield from find_spelled_codes(text)
    yield from find_plates(text)
    yield from find_handles(text)
    yield from find_id_numbers(text)
    yield from find_dates(text)
