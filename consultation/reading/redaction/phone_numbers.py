"""Rules for phone numbers: in digits with separators, in words, or mixed."""

import re
from collections.abc import Iterator

from consultation.reading.redaction.identifier_numbers import digits_only
from consultation.reading.redaction.personal_data_spans import Span, find_pattern_spans

I = re.IGNORECASE  # noqa: E741 - one letter keeps the patterns on their lines
PHONE = re.compile(
    r"(?<![\w/.-])(?:(?:\(?\+\s?44\)?|0044)[\s.()-]*(?:\(0\)[\s.-]*)?[1-9](?:[\s.()/-]{0,2}\d){8,9}"
    r"|\(?[0O][1-35-9][\dO]{1,3}\)?(?:[\s._-]{0,2}[\dO]){6,8}|\(?0[1-35-9]\d{2,4}\)?\s?[/-]\s?\d(?:[\s.-]?\d){4,6}"
    r"|07\d{3}/\d{3}/\d{3}|[0Oo](?:[\s.-]?\d){10}|44\s?7\d{3}[\s.-]?\d{3}[\s.-]?\d{3})(?![\w/]|-\d)"
)
LAST_GROUP = re.compile(r"[\s.-]+[^\s.-]+$")
PHONE_BARE = re.compile(r"(?<![\w/.-])7\d{3}[\s.-]?\d{3}[\s.-]?\d{3}(?![\w/]|-\d)")
PHONE_ABROAD = re.compile(r"(?<![\w/.-])(?:\+|00\s?)(?!44)[1-9]\d{0,2}(?:[\s.()-]{0,2}\d){7,11}(?!\d)")
PHONE_LOCAL = re.compile(
    r"\b(?:ring|call|text|phone|tel|telephone|my number is|whatsapp|mobile|mob|ext|extension)\W{1,3}(?:\w+\W+){0,3}?"
    r"(?<![\w*/-])(?<!\d\s)(\d{3}[\s-]?\d{3,4}|\d{5,6})\b(?![*/-]|[\s-]?\d|\s?(?:times|people|kids|pounds))", I
)  # fmt: skip
SPOKEN = r"(?:zero|oh|o|nought|one|two|three|four|five|six|seven|eight|nine|double|treble|triple|hundred|\d{1,6})"
PHONE_SPOKEN = re.compile(rf"\b(?:zero|oh|nought|o|0)(?:[\s,-]+{SPOKEN}){{6,14}}\b", I)
SAID_IN_WORDS = 3  # number words, where the rest is in digits
# Public helplines: not personal data.
HELPLINES = frozenset(
    "08001111 08088005000 116123 111 101 999 112 0800555111 08088020021 08000684141 08088010677 116000".split()
)
# Parts of one or more digits: `oh double seven`, `seven hundred`, `twenty three`, `0 six 2`.
UNITS = {word: str(at) for at, word in enumerate("zero one two three four five six seven eight nine".split())}
UNITS |= dict.fromkeys(("oh", "o", "ohh", "nought", "naught", "nil", "zer0"), "0")
TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
PAIRS = {word: str(at) for at, word in enumerate(TEENS, 10)} | {word: str(at) for at, word in enumerate(TENS, 2)}
UNIT = "|".join(UNITS)
PART = re.compile(
    rf"(?P<times>double|dubble|treble|triple)[\s-]+(?P<unit>{UNIT}|\d)\b|(?P<tens>{'|'.join(TENS)})(?:[\s-]?(?P<ones>{UNIT})(?![a-z]))?"
    rf"|(?P<teen>{'|'.join(TEENS)})\b|(?P<one>{UNIT})(?![a-z])|(?P<hundred>hundred)\b|(?P<thousand>thousand)\b|(?P<figures>\d{{1,11}})",
    I,
)
# The only separators between parts: `07700 900, then 123`, `07700 - 900 - 123`.
PAUSE = re.compile(
    r"[\s.,()/_*:;|~–—-]{0,5}(?:(?:and|then|n|er|erm|um|uh|dash|space|gap|dot|no|wait|sorry|that'?s|it'?s|is|i mean)\b"
    r"[\s.,()/_-]{0,3}){0,3}",
    I,
)
AFTER_FIGURES = re.compile(r"(?:\w|\d[\s-])$")
# With letters that look like digits: `o7700 9oo 641`, `01632 960 9l9`.
PHONE_LETTERS = re.compile(r"(?<![\w/.-])[0Oo](?:[\s./-]{0,3}[\dOolI]){10}(?!\w)")
NATIONAL = re.compile(r"0(?:7\d{9}|[12]\d{8,9}|3\d{9}|8\d{9})")
ABROAD, WITHOUT_0 = re.compile(r"(?:00)?44[1-37]\d{8,9}"), re.compile(r"7[3-9]\d{8}")
LONGEST_ABROAD, HALF = 14, 5


def _read_digits(said: str) -> str:
    return digits_only(said.replace("O", "0").replace("o", "0"))


def _trim_country_code(said: str) -> str:
    return _read_digits(said).removeprefix("0044").removeprefix("44").lstrip("0")


def find_phones(text: str) -> Iterator[Span]:
    for match in PHONE.finditer(text):
        said = match.group()
        while len(_trim_country_code(said)) > 10 and LAST_GROUP.search(said):  # such as a house number after it
            said = LAST_GROUP.sub("", said)
        if len(_trim_country_code(said)) in (9, 10) and _read_digits(said) not in HELPLINES:
            yield Span(match.start(), match.start() + len(said), "PHONE", "Phone number")
    yield from find_pattern_spans(text, "PHONE", "Mobile number without its first 0", PHONE_BARE)
    yield from find_pattern_spans(text, "PHONE", "Phone number of another country", PHONE_ABROAD)
    for match in PHONE_LOCAL.finditer(text):
        if digits_only(match.group(1)) not in HELPLINES:
            yield Span(*match.span(1), "PHONE", "Number beside “ring” or “text”")
    for match in PHONE_SPOKEN.finditer(text):
        longer = re.search(r"\d\d", match.group())  # `oh seven seven double oh 900 127`, not `0 10 20 30 40 50 60`
        known = "".join(_read_figures(part) for part in PART.finditer(match.group())) in HELPLINES
        if not known and (not longer or len(re.findall(r"[a-z]+", match.group(), I)) >= SAID_IN_WORDS):
            yield Span(match.start(), match.end(), "PHONE", "Phone number in words")
    for match in PHONE_LETTERS.finditer(text):
        if len(digits_only(match.group())) > HALF:
            yield Span(match.start(), match.end(), "PHONE", "Phone number, with letters for figures")
    yield from _find_numbers_in_words(text)


def _find_numbers_in_words(text: str) -> Iterator[Span]:
    """Numbers in digits and words whose parts together have the length of a phone number."""
    at = 0
    while first := PART.search(text, at):
        at = first.end()
        glued = bool(AFTER_FIGURES.search(text, max(0, first.start() - 2), first.start()))
        end = None if glued or _read_figures(first)[0] not in "0478" else _find_number_end(text, first)
        if end:
            at = end
            yield Span(first.start(), end, "PHONE", "Phone number, said part by part")


def _find_number_end(text: str, first: re.Match[str]) -> int | None:
    """The end of the longest number that starts here, or None."""
    parts, end = [first], None
    part: re.Match[str] | None = first
    while part and sum(len(_read_figures(each)) for each in parts) < LONGEST_ABROAD:
        pause = PAUSE.match(text, part.end())
        part = PART.match(text, pause.end()) if pause else None
        if part:
            parts.append(part)
            if _is_number(parts) and not text[part.end() : part.end() + 1].isalnum():
                end = part.end()
    return end


def _is_number(parts: list[re.Match[str]]) -> bool:
    said = "".join(_read_figures(each) for each in parts)
    if said in HELPLINES:
        return False
    if all(each["figures"] for each in parts):  # not `0 10 20 30 40 50`
        grouped = len(parts[0]["figures"]) > 2 or all(len(each["figures"]) == 1 for each in parts)
        return grouped and bool(NATIONAL.fullmatch(said))
    return bool(NATIONAL.fullmatch(said) or ABROAD.fullmatch(said) or WITHOUT_0.fullmatch(said))


def _read_figures(part: re.Match[str]) -> str:
    if part["times"]:
        figure = UNITS.get(part["unit"].casefold(), part["unit"])
        return figure * (2 if part["times"].casefold() in ("double", "dubble") else 3)
    if part["tens"]:
        return PAIRS[part["tens"].casefold()] + (UNITS[part["ones"].casefold()] if part["ones"] else "0")
    if part["teen"]:
        return PAIRS[part["teen"].casefold()]
    if part["one"]:
        return UNITS[part["one"].casefold()]
    return part["figures"] or ("00" if part["hundred"] else "000")
