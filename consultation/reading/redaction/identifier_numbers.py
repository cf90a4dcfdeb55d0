"""Rules for numbers of one person or case: NHS, National Insurance, references, badges."""

import re
from collections.abc import Iterator
from itertools import chain

from consultation.reading.redaction.personal_data_spans import Span, find_pattern_spans

I = re.IGNORECASE  # noqa: E741 - one letter keeps the patterns on their lines
NHS = re.compile(r"(?<![\w/.-])\d{3}[\s.-]?\d{3}[\s.-]?\d{4}(?![\w/]|-\d)")
SHAPES = re.compile(
    r"(?<![\w/.-])(?:[A-Z]{1,6}-?[-/][A-Z]?\d{3,}(?:[-/]\w+)*|[A-Z]{2,6}[-/]\d{2,}[-/]\d{2,}(?:[-/]\w+)*"
    r"|[A-Z]{2,4}/\d+(?:/\w+)+|[A-Z]{1,2}\d{5,}(?:[A-Z]|[/-]\d+)?"
    r"|\d{2,6}[/*]\d{4,}(?:/\d+)?|(?:PC|PH|HC|WPC|PCSO|MP|DC|PS)\s?\d{3,6}|[A-Z]{2}(?:\s?\d{2}){3}\s?[A-D]|\d{9,13}"
    r"|[A-Z]{2}\d{2}[A-Z]\d{5}|[A-Z]{3,5}\s\d{6,8}|[A-Z]\d{3}(?:[- ]\d{4}){2}"
    r"|[A-Z]\d{2}-?[A-Z]?\d{5,}|[A-Z]{2,5}\d{4,}[A-Z]{0,3}|[A-Z]\d{12}|\d{4}-\d{6}|[A-Z]\d{3}[/-]\d{2,}|\d{4}/[A-Z]{2,5}/\d{2,}|[A-Z]{2,4}-[A-Z]?\d{2,}\s\d{3,}|[A-Z]{2,4}(?:-[A-Z]{1,3})?-?(?:[A-Z]?\d{2,}-\d{3,}))(?![\w/]|-\w)"
)
SMALL = re.compile(
    r"(?<![\w/.@-])(?:(?!mid|pre|post|age|ages|aged|covid|year|yr|room|flat|unit|level|top|over|under"
    r"|form)[a-z]{2,5}[-/]\d{4,}(?:[-/]\w+)*|[a-z]{2,5}/\d{2,}/\d{2,}|[a-z]{2,3}\s\d{2}-\d{4,}|[a-z]{2,4}-[a-z]-\d{4,}"
    r"|[a-z]\d{6,}|[a-z]{2}\d{2}[a-z]\d{5}|[a-z]-\d{4,}|(?:lcs|csc|ehcp|ehc|cfs|cin|str|crm|upn)\s\d{5,8}|(?:pc|ph|hc"
    r"|phd|mp|pcso|dc)\s\d{4,6}|[a-z]\d{3}(?:[- ]\d{4}){2})(?![\w/]|-\w)"
)
INSURANCE = re.compile(r"(?<![\w/.-])(?!bg|gb|nk|kn|tn|nt|zz)[a-z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[a-d](?!\w)", re.I)
NEAR = re.compile(
    r"(?i:\b(?:ref|reference|case|crime|incident|log|logged|badge|upn|id|urn|booking|record|passport|account|frame|nhs"
    r"|hospital|membership|policy|claim|visa|ticket|application|complaint|licen[cs]e|pass|payroll|staff|student|ni|brp"
    r"|national insurance|home office|court|order|tenancy|pupil|child|client|patient|number is|collar|warrant|shoulder"
    r"|cad|collar number|officer|docket|invoice|candidate|exam|card|sort code|file)\b(?:\s+(?:no|num|nos|number"
    r"|numbers|code|id|ref|reference|card))?(?:'s)?\W{1,3}(?:(?:is|was|number|no|under|it's|its|ref|of|reference"
    r"|num)\W{1,2}){0,3})(?<!@)((?:[A-Z]{1,6}[-/ ]?)?\d[\w/*-]{3,}|[A-Z]{2,}[\w/-]*\d[\w/-]{2,}"
    r"|[a-z]{1,3}[-/]?\d[\w/-]{4,})",
)  # fmt: skip
# With gaps, beside a word such as `reference`: `ref yc 3391`, `pass number bp 77 30 4412`, `nhs 999 8230 144`.
CUE = re.compile(
    r"\b(?:refs?|references?|case|crime|badge|upn|urn|booking|passport|nhs|hospital|membership|policy|visa|licen[cs]e"
    r"|pass|payroll|brp|arc|tenancy|pupil|patient|ni|card|file|logged as|ics|mash|chb|cin|numbers?|nos?|nr)\b"
    r"(?:\s+(?:nos?|nr|num|numbers?|code|id|ref|reference|is|was|as|under|the|my|it'?s)\b){0,4}[\s:,.(#-]{0,3}$"
    r"|\b(?:reference|passport|nhs|upn|badge)\b(?:\s[a-z']{1,6}){0,4}[\s:,.(#-]{1,3}$", I
)  # fmt: skip
GAPS = re.compile(
    r"(?<![\w/.-])(?:(?!(?:refs?|nos?|nr|upn|nhs|id|is|ni|brp|arc|ics|case|card|pass|file|was|num)\b)[A-Z]{1,4}[\s/-]{1,2}){0,2}[A-Z]?\d[A-Z\d]*"
    r"(?:(?:\s?[/-]\s?|\s|\sdash\s)(?:[A-Z]{0,2}\d[A-Z\d]*|[A-Z](?![a-z]))){0,9}(?![\w/]|-\w)"
    r"|(?<![\w/.-])[A-Z]{2,4}(?:\sdash(?:\s\w){1,6}){1,3}(?!\w)", I
)  # fmt: skip
OPENING = re.compile(r"(?:in|on|at|of|to|for|by|from|and|or|with|the|a|up|than|till|yet|but|so)\s", I)
SHORT, LONG = 4, 14  # digits
NHS_GAPS = re.compile(r"(?<![\w/.-])9(?:\s?\d){9}(?!\w|\s?\d)|(?<![\w/.-])\d(?:\s\d){7,9}(?!\w|\s\d)")
YEAR = re.compile(r"(?:19|20)\d\d(?:-\d\d|/\d\d)?")
MARKS = re.compile(r"\d{1,2}/(?:5|10|20|100)")
# Forms, laws, roads, levels, sizes: not personal.
NOT_ID = re.compile(r"^(?:COVID|KS|GCSE|BTEC|EPQ|CP|DS|SA|CIN|HTTP|ISO|UTF|MP|PS|XBOX|IPHONE|S)[- ]?\d{1,4}$", re.I)


def digits_only(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def has_valid_nhs_check_digit(number: str) -> bool:
    """The last digit of an NHS number is a check digit (modulus 11)."""
    plain = digits_only(number)
    if len(plain) != 10:
        return False
    check = 11 - sum(int(d) * (10 - at) for at, d in enumerate(plain[:9])) % 11
    return check != 10 and check % 11 == int(plain[9])


def find_id_numbers(text: str) -> Iterator[Span]:
    for match in NHS.finditer(text):
        if match.group()[0] != "0":
            right = has_valid_nhs_check_digit(match.group())
            why = "NHS number, its check digit is right" if right else "Ten digits like an NHS number"
            yield Span(match.start(), match.end(), "ID", why)
    yield from find_pattern_spans(text, "ID", "Written like a National Insurance number", INSURANCE)
    for match in chain(SHAPES.finditer(text), SMALL.finditer(text)):
        if not NOT_ID.match(match.group()):
            yield Span(match.start(), match.end(), "ID", "Written like a reference")
    yield from find_pattern_spans(text, "ID", "Figures with gaps, like an NHS number", NHS_GAPS)
    yield from _find_numbers_with_gaps(text)
    for match in NEAR.finditer(text):
        said = match.group(1).rstrip("-/*")
        if not MARKS.fullmatch(said) and not YEAR.fullmatch(said) and len(digits_only(said)) > 2:
            yield Span(match.start(1), match.start(1) + len(said), "ID", "Number beside a word such as “reference”")


def _find_numbers_with_gaps(text: str) -> Iterator[Span]:
    for match in GAPS.finditer(text):
        start, end = match.span()
        while word := OPENING.match(text, start):
            start = word.end()  # `case in 2020`
        end -= 2 * bool(re.search(r"\s[a-z]$", match.group()))  # `ref yc 3391 n another`
        said = text[start:end]
        near = CUE.search(text[max(0, start - 40) : start])
        if near and SHORT <= len(digits_only(said)) <= LONG and not (NOT_ID.match(said) or YEAR.fullmatch(said)):
            yield Span(start, end, "ID", "Number beside a word such as “reference”")
