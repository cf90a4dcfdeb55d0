"""Rules for dates and dates of birth: in figures, in words, and feasts on a fixed day."""

import re
from collections.abc import Iterator
from datetime import date

from consultation.reading.redaction.gazetteers import first_names, fold_accents
from consultation.reading.redaction.personal_data_spans import Span, find_pattern_spans

I = re.IGNORECASE  # noqa: E741 - one letter keeps the patterns on their lines
MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary|uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
    r"|stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|wrzesnia|października|pazdziernika"
    r"|listopada|grudnia"
    r"|januára|februára|apríla|mája|júna|júla|augusta|septembra|októbra|novembra|decembra"
    r"|ianuarie|februarie|martie|aprilie|mai|iunie|iulie|septembrie|octombrie|noiembrie|decembrie"
    r"|جنوری|فروری|مارچ|اپریل|مئی|جون|جولائی|اگست|ستمبر|اکتوبر|نومبر|دسمبر|يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو"
    r"|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر"
    r"|জানুয়ারি|ফেব্রুয়ারি|মার্চ|এপ্রিল|মে|জুন|জুলাই|আগস্ট|সেপ্টেম্বর|অক্টোবর|নভেম্বর|ডিসেম্বর"
    r"|ਜਨਵਰੀ|ਫਰਵਰੀ|ਮਾਰਚ|ਅਪ੍ਰੈਲ|ਮਈ|ਜੂਨ|ਜੁਲਾਈ|ਅਗਸਤ|ਸਤੰਬਰ|ਅਕਤੂਬਰ|ਨਵੰਬਰ|ਦਸੰਬਰ)"
)
ORDINALS = (
    r"(?:(?:twenty|thirty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth"
    r"|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth"
)
DAYS = r"(?:(?:mon|tues?|wed(?:nes|s)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?,?\s+(?:the\s+)?)?"
YEAR_AFTER = r"(?:,?\s+(?:19|20)\d\d)?"
DATE_WORDS = re.compile(
    rf"(?<![\w/.-]){DAYS}(?:(?:\d{{1,2}}(?:\s?(?:st|nd|rd|th))?\.?|{ORDINALS})[\s-]+(?:of\s+)?{MONTHS}(?![\w])"
    rf"|{MONTHS}\s+(?:the\s+)?(?:\d{{1,2}}(?:\s?(?:st|nd|rd|th))?|{ORDINALS})(?![\d:%/]|\s*(?:am|pm|people|kids"
    rf"|of us)\b)){YEAR_AFTER}(?:-(?:19|20)?\d\d)?", I
)  # fmt: skip
DATE_DIGITS = re.compile(
    r"(?<![\w/.-])(?:\d{1,2}\s?([/.-])\s?\d{1,2}\s?\1\s?(?:\d{4}|\d{2})|(?:19|20)\d\d([/.-])\d\d\2\d\d)(?![\w/-]|\.\d)"
)
# Day and month alone, where the words around announce a date.
DATE_SHORT = re.compile(
    r"\b(?:on|since|dated|due|by|from|until|till|before|after|born|(?:dob|d\.o\.b\.?|date of birth)(?: is| was|:)?"
    r"|birthday(?: is)?|bday(?: is)?|it was)\s+(?:the\s+)?"
    r"((?<!after )(?<!by )(?<!from )(?<!before )\d{1,2}-\d{1,2}|\d{1,2}[/.]\d{1,2})"
    r"(?!\w|[/.-]\d|\s*(?:[ap]\.?m|hours?|hrs|mins?|weeks?|days?|months?|years?|times|people|of us))", I
)  # fmt: skip
# Day and month alone that cannot be a score, price or time: `16/2`, `07/10`; and any beside another (`6/2, 13/2`).
DATE_BARE = re.compile(
    r"(?<![\w/.£$€-])(?:(?:1[3-9]|2\d|3[01])/(?:0?[1-9]|1[0-2])|0[1-9]/(?:0?[1-9]|1[0-2])|[1-9]/0[1-9])(?![\w/%]|\.\d)"
)
DATE_AGAIN = re.compile(
    r"(?<![\w/.£$€-])\d{1,2}([/.-])\d{1,2}(?![\w/%-]|\.\d|\s*(?:[ap]\.?m|hours?|hrs|mins?|weeks?|days?|months?|years?))"
)
TIME = re.compile(r"\d\s*[ap]\.?m\b", I)
SCORES = frozenset({"24/7", "9/10", "10/10"})
DATE_SPACED = re.compile(
    r"\b(?:dob|d\.o\.b\.?|born|date of birth)\W{1,3}(?:is\W{1,2}|was\W{1,2}|on\W{1,2})?"
    r"(\d{1,2}\s\d{1,2}\s(?:\d{4}|\d{2})|\d{6}|\d{8})(?!\w)"
    r"|\b(?:dob|born|date of birth|birthday)\b[^\d.!?\n]{0,30}?\b(\d{1,2}\s\d{1,2}\s(?:19|20)\d\d)(?!\w)",
    I,
)
FEAST = re.compile(
    r"\b(?:eid[ -](?:al|ul|ul-)[ -]?(?:adha|fitr)|(?:nowruz|newroz|norooz|nauruz)|(?:\d{1,2}(?:st|nd|rd|th)|first"
    r"|last) night of ramad[ah]+n|laylat ul qadr|lailat ul qadr|lunar new year(?:'s day)?|chinese new year"
    r"|christmas (?:day|eve)|xmas (?:day|eve)|boxing day|new year'?s? (?:day|eve)|easter (?:sunday|monday)|good friday"
    r"|valentine'?s(?: day)?|bonfire night|eid day|mother'?s day|father'?s day|pancake day|st \w+'?s day"
    r"|halloween night)\b", I
)  # fmt: skip
# Other feasts only as a day: `on Halloween`, not `on Christmas cards`.
FEAST_ON = re.compile(
    r"\bon ((?:halloween|hallowe'en|christmas|xmas|easter|eid|diwali|vaisakhi|holi|hanukkah|remembrance (?:day|sunday)"
    r"|april fool'?s(?: day)?|may day))(?!\w| (?:cards?|trees?|lights?"
    r"|dinners?|holidays?|break|eggs?|party|parties|costumes?|week|weekend|themes?|fund|telly|tv|songs?)\b)", I
)  # fmt: skip
FEAST_DAY = re.compile(
    rf"\b(?:(?:palm|mothering|remembrance|easter|whit) sunday|maundy thursday|shrove tuesday|ash wednesday|ascension day"
    rf"|corpus christi|whit monday|chaa?nd ra+t|shab[ -]e[ -](?:barat|qadr|meraj)"
    rf"|(?:lohri|mischief|devil'?s|bonfire|plot) night|guy fawkes(?: night)?"
    rf"|(?:\d{{1,2}}(?:st|nd|rd|th)?|{ORDINALS})(?: day)?(?: of)? (?:ramadh?an|ramzan|muharram|shaban|rajab|shawwal)"
    rf"|\d{{1,2}}(?:st|nd|rd|th) (?:ult|inst)\b)(?!\w)", I
)  # fmt: skip
ORDINALS_ALONE = re.compile(
    rf"\b(?:the\s+)?({ORDINALS})\s+of\s+the\s+(?:{ORDINALS})"
    rf"(?:,?\s+(?:(?:two thousand(?:\s+and)?|twenty|nineteen)(?:[\s-](?:\w+teen|\w+ty|ten|eleven|twelve|one|two"
    rf"|three|four|five|six|seven|eight|nine)){{0,2}}|(?:19|20)\d\d))?(?!\w)", I
)  # fmt: skip
BORN = re.compile(
    r"(?:\bborn\b|\bdob\b|\bd\.o\.b\b|birthday|\bbday\b|\bb-day\b|date of birth|birth date|\bur\.|urodz|narod|născut"
    r"|zi de naștere|i (?:will be|turn|am|was)|turn(?:s|ing)? \d+|will be \d+|when i am \d+|پیدائش|سالگرہ|مواليد|জন্ম"
    r"|ਜਨਮ)[^.!?\n]{0,30}$", I,
)  # fmt: skip
YEAR = re.compile(r"(?:19|20)\d\d")
NAME_BEFORE = re.compile(r"([^\W\d_]+),?\s*\(?$")
OLD_ENOUGH = 6  # years: an older full date is more often a birth than an event


def find_dates(text: str) -> Iterator[Span]:
    for match in DATE_WORDS.finditer(text):
        yield _make_date_span(text, match.start(), match.end())
    for match in DATE_DIGITS.finditer(text):
        if _is_date(match.group()):
            yield _make_date_span(text, match.start(), match.end())
    for match in DATE_SHORT.finditer(text):
        if _is_date(match.group(1)) and match.group(1) not in SCORES:
            yield _make_date_span(text, *match.span(1))
    yield from _find_short_dates(text)
    for match in DATE_SPACED.finditer(text):
        yield Span(*match.span(1 if match.group(1) else 2), "DOB", "Date of birth")
    yield from find_pattern_spans(text, "DATE", "Date word; many share it", FEAST, FEAST_DAY)
    for match in ORDINALS_ALONE.finditer(text):
        yield _make_date_span(text, match.start(1), match.end())
    yield from find_pattern_spans(text, "DATE", "Date word; many share it", FEAST_ON, group=1)


def _find_short_dates(text: str) -> Iterator[Span]:
    found = [match.span() for match in DATE_BARE.finditer(text) if match.group() not in SCORES]
    sure = found or [match.span(1) for match in DATE_SHORT.finditer(text) if _is_date(match.group(1))]
    signs = {sign for start, end in sure for sign in text[start:end] if not sign.isdigit()}
    if TIME.search(text):
        signs -= {"."}
    for match in DATE_AGAIN.finditer(text) if sure else ():
        rated = match.group(1) == "/" and match.group().endswith(("/10", "/5")) and match.span() not in found
        if match.group(1) in signs and _is_date(match.group()) and match.group() not in SCORES and not rated:
            yield _make_date_span(text, *match.span())


def _make_date_span(text: str, start: int, end: int) -> Span:
    year, before = YEAR.search(text[start:end]), NAME_BEFORE.search(text[max(0, start - 40) : start])
    named = year and before and fold_accents(before.group(1)) in first_names()
    old = year and int(year.group()) < date.today().year - OLD_ENOUGH
    birth = named or old or BORN.search(text[max(0, start - 60) : start])
    return Span(start, end, "DOB", "Date of birth") if birth else Span(start, end, "DATE", "Date")


def _is_date(written: str) -> bool:
    parts = [int(part) for part in re.split(r"[/.-]", written.replace(" ", "")) if part]
    if len(parts) < 2:
        return False
    if len(str(parts[0])) == 4:
        parts.reverse()
    day, month = parts[0], parts[1]
    return (1 <= day <= 31 and 1 <= month <= 12) or (1 <= month <= 31 and 1 <= day <= 12)
