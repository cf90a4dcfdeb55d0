"""Personal data that has a shape: found by pattern, and where the shape allows it, checked."""

import re
from collections.abc import Iterator
from datetime import date

from consultation.reading.redaction.gazetteers import first_names, is_common, not_names
from consultation.reading.redaction.spans import Span

I = re.IGNORECASE  # noqa: E741 - one letter keeps the patterns on their lines
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
EMAIL_SPOKEN = re.compile(
    r"\b[\w.+-]+\s*(?:\(at\)|\[at\]|\sat\s|@)\s*[\w-]+\s*(?:\(dot\)|\[dot\]|\sdot\s)\s*(?:com|co|org|net|uk"
    r"|example)\b",
    I,
)
URL = re.compile(
    r"(?<![@\w.])(?:https?://[^\s<>\"]+|www\.[^\s<>\"]+"
    r"|(?:[a-z0-9-]+\.)+(?:org|com|net|co\.uk|org\.uk|gov\.uk|ac\.uk|sch\.uk|info|site|online|xyz"
    r"|link)\b(?:/[^\s<>]*)?"
    r"|(?:[a-z0-9-]+\.)+(?:me|us|be|io|tv|ly|app|gg|uk|eu|to|pl|ro|sk|de|tk)/[^\s<>]+)", I,
)  # fmt: skip
PHONE = re.compile(
    r"(?<![\w/.-])(?:(?:\+\s?44|0044)[\s.()-]*(?:\(0\)[\s.-]*)?[1-9](?:[\s.()-]{0,2}\d){8,9}"
    r"|\(?0[1-9]\d{1,3}\)?(?:[\s.-]{0,2}\d){6,8})(?![\w/]|-\d)"
)
PHONE_ABROAD = re.compile(r"(?<![\w/.-])(?:\+|00)(?!44)[1-9]\d{0,2}(?:[\s.()-]{0,2}\d){7,11}(?!\d)")
PHONE_LOCAL = re.compile(
    r"\b(?:ring|call|text|phone|tel|number is|whatsapp|mobile|mob)\W{1,3}(?:\w+\W+){0,3}?(\d{3}[\s-]?\d{3,4})\b", I
)
AREAS = frozenset(
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX "
    "FK FY G "
    "GL GU HA HD HG HP HR HS HU HX IG IP IV KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW "
    "OL OX PA "
    "PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD "
    "WF WN WR "
    "WS WV YO ZE GY JE IM".split()
)
POSTCODE = re.compile(r"(?<![\w/])([A-Z]{1,2})\d[A-Z\d]?\s{0,2}\d[A-Z]{2}(?!\w)", I)
PLATE = re.compile(r"(?<![\w/])[A-Z]{2}\d{2}\s?[A-Z]{3}(?!\w)")
PLATE_SMALL = re.compile(r"(?<![\w/])([a-z]{2})\d{2}\s?([a-z]{3})(?!\w)", I)
PLATE_OLD = re.compile(r"(?<![\w/])(?:[A-Z]\d{1,3}\s?[A-Z]{3}|[A-Z]{3}\s?\d{1,3}[A-Z])(?!\w)")
PLATE_PART = re.compile(r"\b(?:reg|plate|plates|registration|number plate)\b[^.\n]{0,30}?\b([A-Z0-9]{3,4})\b")
PLATE_NEAR = re.compile(r"\b(?:reg|plate|car|van|taxi|cab|audi|bmw|golf|corsa|merc|driv|park)", I)
HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z0-9_](?:[\w.]*\w)?")
HANDLE_BARE = re.compile(
    r"(?<![\w@./-])(?=[\w.]*[A-Za-z])[A-Za-z0-9]+(?:[._]+[A-Za-z0-9]+)+_?(?![\w@/])"
    r"|(?<![\w@./-])(?=\w*[A-Za-z])(?:_+\w+|[A-Za-z0-9]\w*_)(?![\w@/.])"
)
HANDLE_DIGITS = re.compile(r"(?<![\w@./-])([A-Za-z]{4,})\d{2,}(?![\w@/.-])")
HANDLE_NEAR = re.compile(
    r"\b(?:snap|snapchat|insta|instagram|tiktok|username|user name|handle|discord|roblox|account|gamertag|ig|sc"
    r"|tag|add me|profile|goes by|on there as)\b\W{0,4}(?:\w+\W+){0,4}$",
    I,
)
NHS = re.compile(r"(?<![\w/.-])\d{3}[\s-]?\d{3}[\s-]?\d{4}(?![\w/]|-\d)")
ID_SHAPES = re.compile(
    r"(?<![\w/.-])(?:[A-Z]{1,6}-?[-/][A-Z]?\d{3,}(?:[-/]\w+)*|[A-Z]{2,5}-\d{2,}-\d{2,}(?:-\w+)*"
    r"|[A-Z]{2,4}/\d+(?:/\w+)+|[A-Z]{1,2}\d{5,}[A-Z]?"
    r"|\d{2,6}/\d{4,}(?:/\d+)?|(?:PC|PH|HC|WPC|PCSO)\s\d{3,6}|[A-Z]{2}(?:\s?\d{2}){3}\s?[A-D]|\d{9,13}"
    r"|[A-Z]\d{2}-?[A-Z]?\d{5,})(?![\w/]|-\w)"
)
ID_NEAR = re.compile(
    r"(?i:\b(?:ref|reference|case|crime|incident|log|logged|badge|upn|id|urn|booking|record|passport|account|frame|nhs"
    r"|hospital|membership|policy|claim|visa|ticket|application|complaint|licen[cs]e|pass|payroll|staff|student|ni|"
    r"national insurance)\b(?:\s+(?:no|num|number|code|id))?\W{1,3}(?:(?:is|was|number|no|under|it's|its"
    r"|ref)\W{1,2}){0,2})"
    r"(?<!@)((?:[A-Z]{1,6}[-/ ]?)?\d[\w/-]{3,}|[A-Z]{2,}[\w/-]*\d[\w/-]{2,}|[a-z]{1,3}[-/]?\d[\w/-]{4,})",
)  # fmt: skip
MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
    r"|stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia"
    r"|januára|februára|apríla|mája|júna|júla|augusta|septembra|októbra|novembra|decembra"
    r"|ianuarie|februarie|martie|aprilie|mai|iunie|iulie|septembrie|octombrie|noiembrie|decembrie"
    r"|جنوری|فروری|مارچ|اپریل|مئی|جون|جولائی|اگست|ستمبر|اکتوبر|نومبر|دسمبر|يناير|فبراير|مارس|أبريل|مايو|يونيو"
    r"|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر)"
)
DAYS = r"(?:(?:mon|tues?|wed(?:nes|s)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?,?\s+(?:the\s+)?)?"
DATE_WORDS = re.compile(
    rf"(?<![\w/.-]){DAYS}(?:\d{{1,2}}(?:st|nd|rd|th|\.)?\s+(?:of\s+)?{MONTHS}\b"
    rf"|{MONTHS}\s+(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?(?![\d:]))(?:,?\s+(?:19|20)\d\d)?", I
)  # fmt: skip
DATE_DIGITS = re.compile(
    r"(?<![\w/.-])(?:\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d{2})|(?:19|20)\d\d-\d\d-\d\d)(?![\w/-]|\.\d)"
)
FEAST = re.compile(r"\b(?:christmas (?:day|eve)|boxing day|new year'?s? (?:day|eve)|easter (?:sunday|monday)"
    r"|good friday"
                   r"|valentine'?s day|bonfire night|eid day|mother'?s day|father'?s day)\b", I)  # fmt: skip
BORN = re.compile(
    r"(?:\bborn\b|\bdob\b|\bd\.o\.b\b|birthday|\bbday\b|\bb-day\b|date of birth|birth date|\bur\.|urodz|narod"
    r"|născut|zi de naștere"
    r"|پیدائش|سالگرہ|مواليد|জন্ম|ਜਨਮ)[^.!?\n]{0,30}$", I,
)  # fmt: skip
YEAR = re.compile(r"(?:19|20)\d\d")
OLD_ENOUGH = 6  # a full date further back than this is somebody's birth more often than an event


def digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def nhs_check(number: str) -> bool:
    """The last digit of an NHS number is a check on the others (modulus 11)."""
    plain = digits(number)
    if len(plain) != 10:
        return False
    check = 11 - sum(int(d) * (10 - at) for at, d in enumerate(plain[:9])) % 11
    return check != 10 and check % 11 == int(plain[9])


def contacts(text: str) -> Iterator[Span]:
    for match in EMAIL.finditer(text):
        yield Span(match.start(), _trimmed(text, match), "EMAIL", "E-mail address")
    for match in EMAIL_SPOKEN.finditer(text):
        yield Span(match.start(), match.end(), "EMAIL", "E-mail address, written out")
    for match in URL.finditer(text):
        yield Span(match.start(), _trimmed(text, match), "URL", "Web address")
    for match in PHONE.finditer(text):
        plain = digits(match.group())
        if len(plain.removeprefix("0044").removeprefix("44").lstrip("0")) in (9, 10):
            yield Span(match.start(), match.end(), "PHONE", "Phone number")
    for match in PHONE_ABROAD.finditer(text):
        yield Span(match.start(), match.end(), "PHONE", "Phone number of another country")
    for match in PHONE_LOCAL.finditer(text):
        yield Span(*match.span(1), "PHONE", "Number beside “ring” or “text”")


def _trimmed(text: str, match: re.Match[str]) -> int:
    end = match.end()
    while end > match.start() and text[end - 1] in ".,;:!?)'\"’”]-":
        end -= 1
    return end


def postcodes(text: str) -> Iterator[Span]:
    for match in POSTCODE.finditer(text):
        if match.group(1).upper() in AREAS:
            yield Span(match.start(), match.end(), "POSTCODE", "Postcode")


def plates(text: str) -> Iterator[Span]:
    for match in PLATE.finditer(text):
        yield Span(match.start(), match.end(), "PLATE", "Number plate")
    for match in PLATE_SMALL.finditer(text):
        if not is_common(match.group(2)) and match.group(1).lower() not in ("yr", "ks", "no", "at", "in", "on"):
            yield Span(match.start(), match.end(), "PLATE", "Number plate")
    near = PLATE_NEAR.search(text)
    for match in PLATE_OLD.finditer(text) if near else ():
        yield Span(match.start(), match.end(), "PLATE", "Number plate, older kind")
    for match in PLATE_PART.finditer(text):
        if not is_common(match.group(1)) and match.group(1).casefold() not in not_names():
            yield Span(*match.span(1), "PLATE", "Part of a number plate")


def handles(text: str) -> Iterator[Span]:
    for match in HANDLE.finditer(text):
        if text[match.end() : match.end() + 1] == "(":  # a spreadsheet formula
            continue
        yield Span(match.start(), match.end(), "HANDLE", "Begins with @")
    for match in HANDLE_BARE.finditer(text):
        if _is_handle(match.group()):
            yield Span(match.start(), match.end(), "HANDLE", "Written like a user name")
    for match in HANDLE_DIGITS.finditer(text):
        word = match.group(1)
        if HANDLE_NEAR.search(text[max(0, match.start() - 60) : match.start()]) or not (
            is_common(word) or word.casefold() in not_names() or word.isupper()
        ):
            yield Span(match.start(), match.end(), "HANDLE", "Written like a user name")


def _is_handle(token: str) -> bool:
    parts = [part for part in re.split(r"[._]+", token) if part]
    letters = [part for part in parts if not part.isdigit()]
    if not letters or sum(map(len, letters)) < 4:
        return False
    if "_" in token:
        return True
    if len(max(letters, key=len)) < 3 or token.replace(".", "").isdigit():
        return False
    if len(parts) > 2 and token == token.lower():
        return True
    lowered = all(part == part.lower() for part in letters[1:])
    strange = any(not is_common(part) or part[-1].isdigit() for part in parts)
    return lowered and strange and not (len(parts) == 2 and parts[0] in ("e", "i", "p", "a"))


def numbers(text: str) -> Iterator[Span]:
    for match in NHS.finditer(text):
        if match.group()[0] != "0":
            why = (
                "NHS number, its check digit is right" if nhs_check(match.group()) else "Ten digits like an NHS number"
            )
            yield Span(match.start(), match.end(), "ID", why)
    for match in ID_SHAPES.finditer(text):
        yield Span(match.start(), match.end(), "ID", "Written like a reference")
    for match in ID_NEAR.finditer(text):
        start, end = match.span(1)
        while text[end - 1] in "-/":
            end -= 1
        if not YEAR.fullmatch(text[start:end]) and len(digits(text[start:end])) > 2:
            yield Span(start, end, "ID", "Number beside a word such as “reference”")


def dates(text: str) -> Iterator[Span]:
    for pattern in (DATE_WORDS, DATE_DIGITS):
        for match in pattern.finditer(text):
            if pattern is DATE_DIGITS and not _is_date(match.group()):
                continue
            birth = _is_birth(text, match)
            yield Span(match.start(), match.end(), *(("DOB", "Date of birth") if birth else ("DATE", "Date")))
    for match in FEAST.finditer(text):
        yield Span(match.start(), match.end(), "DATE", "Date word; many share it")


def _is_date(written: str) -> bool:
    parts = [int(part) for part in re.split(r"[/.-]", written)]
    if len(str(parts[0])) == 4:
        parts.reverse()
    day, month = parts[0], parts[1]
    return (1 <= day <= 31 and 1 <= month <= 12) or (1 <= month <= 31 and 1 <= day <= 12)


def _is_birth(text: str, match: re.Match[str]) -> bool:
    if BORN.search(text[max(0, match.start() - 60) : match.start()]):
        return True
    year = YEAR.search(match.group())
    before = re.search(r"([^\W\d_]+),?\s*\(?$", text[: match.start()])
    if before and before.group(1).casefold() in first_names() and year:
        return True
    return year is not None and int(year.group()) < date.today().year - OLD_ENOUGH


def structured(text: str) -> Iterator[Span]:
    for find in (contacts, postcodes, plates, handles, numbers, dates):
        yield from find(text)
