"""Personal data that has a shape: found by pattern, and where the shape allows it, checked."""

import re
from collections.abc import Iterator

from consultation.reading.redaction.dates import dates
from consultation.reading.redaction.gazetteers import is_common
from consultation.reading.redaction.handles import handles
from consultation.reading.redaction.numbers import digits, nhs_check, numbers
from consultation.reading.redaction.plates import plates
from consultation.reading.redaction.spans import Span

__all__ = ["nhs_check", "structured"]

I = re.IGNORECASE  # noqa: E741 - one letter keeps the patterns on their lines
EMAIL = re.compile(r"[^\W_][\w.+'’-]*@[\w-]+(?:\.[\w-]+)+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", I)
EMAIL_GAPS = re.compile(r"[^\W_][\w.+-]*\s@\s[\w-]+(?:\s?\.\s?[\w-]+)*\s?\.\s?(?:com|org|net|uk|me|info|edu|eu)\b", I)
EMAIL_SPOKEN = re.compile(
    r"(?<!\w)[\w.+-]+(?:\s(?:dot|underscore|dash)\s[\w.+-]+){0,3}\s*(?:\(at\)|\[at\]|\sat\s|@)\s*[\w-]+"
    r"(?:\s*(?:\(dot\)|\[dot\]|\sdot\s|\.)\s*[\w-]+){0,3}\s*(?:\(dot\)|\[dot\]|\sdot\s)\s*"
    r"(?:com|co|org|net|uk|example|sch|gov|ac|me|info)\b(?:\s*(?:\(dot\)|\[dot\]|\sdot\s)\s*uk\b)?",
    I,
)
EMAIL_BRACKETS = re.compile(r"(?<!\w)[\w.+-]+\s*[\[(]\s*at\s*[\])]\s*[\w-]+(?:\.[\w-]+)+", I)
# `lewis@example .com`, `lewis@example,com`, `lewis@exampledotcom`
EMAIL_SLIP = re.compile(
    r"[^\W_][\w.+-]*@[\w-]+(?:\s?[.,]\s?|dot|\sdot\s)(?:com|org|net|co[.\s]uk|info|edu)\b(?:[.,]uk\b)?", I
)
EMAIL_AT = re.compile(r"(?<!\w)([\w.+-]{3,})\sat\s[\w-]+\.(?:com|org|net|co\.uk|org\.uk|sch\.uk)\b", I)
EMAIL_FIRM = re.compile(
    r"(?<!\w)[\w.+-]+\s(?:at|@)\s(?:gmail|hotmail|outlook|yahoo|icloud|live|aol|proton(?:mail)?)\b(?:\s?\.?\s?com\b)?",
    I,
)
URL = re.compile(
    r"(?<![@\w.])(?:h(?:tt|xx)ps?\s?:\s?//[^\s<>\"]+|www\.[^\s<>\"]+"
    r"|(?:[a-z0-9-]+\.)+(?:org|com|net|co\.uk|org\.uk|gov\.uk|ac\.uk|sch\.uk|info|site|online|xyz"
    r"|link|page|app|shop|blog|live|chat|example)\b(?:/[^\s<>]*)?"
    r"|(?:[a-z0-9-]+\.)+(?:me|us|be|io|tv|ly|gg|uk|eu|to|pl|ro|sk|de|tk|cc|ee|st|gl|fm|ac|so)/[^\s<>]+)", I,
)  # fmt: skip
URL_SPOKEN = re.compile(
    r"\bwww\s(?:dot|\.)\s[\w-]+(?:\s(?:dot|\.)\s[\w-]+){1,3}|\b[\w-]+\sdot\s(?:com|org|co\sdot\suk)\b", I
)
PHONE = re.compile(
    r"(?<![\w/.-])(?:(?:\(?\+\s?44\)?|0044)[\s.()-]*(?:\(0\)[\s.-]*)?[1-9](?:[\s.()/-]{0,2}\d){8,9}"
    r"|\(?[0O][1-9][\dO]{1,3}\)?(?:[\s._-]{0,2}[\dO]){6,8}|\(?0[1-9]\d{2,4}\)?\s?[/-]\s?\d(?:[\s.-]?\d){4,6}"
    r"|07\d{3}/\d{3}/\d{3}|[0Oo](?:[\s.-]?\d){10}|44\s?7\d{3}[\s.-]?\d{3}[\s.-]?\d{3})(?![\w/]|-\d)"
)
LAST_GROUP = re.compile(r"[\s.-]+[^\s.-]+$")
PHONE_BARE = re.compile(r"(?<![\w/.-])7\d{3}[\s.-]?\d{3}[\s.-]?\d{3}(?![\w/]|-\d)")
PHONE_ABROAD = re.compile(r"(?<![\w/.-])(?:\+|00\s?)(?!44)[1-9]\d{0,2}(?:[\s.()-]{0,2}\d){7,11}(?!\d)")
PHONE_LOCAL = re.compile(
    r"\b(?:ring|call|text|phone|tel|telephone|my number is|whatsapp|mobile|mob|ext|extension)\W{1,3}(?:\w+\W+){0,3}?"
    r"(?<![\w*/-])(\d{3}[\s-]?\d{3,4}|\d{5,6})\b(?![*/-]|\s?(?:times|people|kids|pounds))", I
)  # fmt: skip
SPOKEN = r"(?:zero|oh|o|nought|one|two|three|four|five|six|seven|eight|nine|double|treble|triple|hundred|\d{1,6})"
PHONE_SPOKEN = re.compile(rf"\b(?:zero|oh|nought|o|0)(?:[\s,-]+{SPOKEN}){{6,14}}\b", I)
SAID_IN_WORDS = 3  # where part of a number is in figures
# Helplines that everybody may know: not anyone's number.
HELPLINES = frozenset(
    "08001111 08088005000 116123 111 101 999 112 0800555111 08088020021 08000684141 08088010677 116000".split()
)
AREAS = frozenset(
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN "
    "EX FK FY G GL GU "
    "HA HD HG HP HR HS HU HX IG IP IV KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL "
    "OX PA PE PH PL PO "
    "PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR "
    "WS WV YO ZE GY "
    "JE IM GX XX ZZ".split()
)
POSTCODE = re.compile(r"(?<![\w/])([A-Z]{1,2})\d[A-Z\d]?[\s-]{0,2}[\dO][A-Z]{2}(?!\w)", I)
# Whatever its area, which may be a slip; not `Y6 2ND`.
WRITTEN_AS_ONE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? \d(?!ST|ND|RD|TH|PM|AM)[ABD-HJLNP-UW-Z]{2}")
POSTCODE_APART = re.compile(
    r"(?<![\w/])([A-Z]{2})\s\d[A-Z\d]?\s{0,2}\d(?!(?:st|nd|rd|th|pm|am)\b)[ABD-HJLNP-UW-Z]{2}(?!\w)"
    r"|(?<![\w/])([A-Z]{1,2})\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]\s[ABD-HJLNP-UW-Z](?!\w)",
    I,
)
WORDLIKE = frozenset("SO ME AL PA LA HA LE DO IS AM".split())
POSTCODE_SPACED = re.compile(r"(?<!\w)([A-Z]) ?([A-Z]?) (\d ?\d?) (\d) ([A-Z]) ([A-Z])(?!\w)")
OUTCODE = re.compile(r"\b(?:postcode|post code|postal code)\W{1,3}(?:\w+\W+){0,3}?([A-Z]{1,2}\d{1,2}[A-Z]?)(?!\w)", I)


def contacts(text: str) -> Iterator[Span]:
    for match in EMAIL.finditer(text):
        yield Span(match.start(), _trimmed(text, match), "EMAIL", "E-mail address")
    for match in EMAIL_AT.finditer(text):
        if not is_common(match.group(1)):
            yield Span(match.start(), match.end(), "EMAIL", "E-mail address, written out")
    for pattern in (EMAIL_SPOKEN, EMAIL_BRACKETS, EMAIL_FIRM, EMAIL_GAPS, EMAIL_SLIP):
        for match in pattern.finditer(text):
            if " at www" in match.group().casefold():
                continue
            yield Span(match.start(), match.end(), "EMAIL", "E-mail address, written out")
    for match in URL.finditer(text):
        yield Span(match.start(), _trimmed(text, match), "URL", "Web address")
    for match in URL_SPOKEN.finditer(text):
        yield Span(match.start(), match.end(), "URL", "Web address, written out")
    yield from phones(text)


def _plain(said: str) -> str:
    return digits(said.replace("O", "0").replace("o", "0"))


def _national(said: str) -> str:
    return _plain(said).removeprefix("0044").removeprefix("44").lstrip("0")


def phones(text: str) -> Iterator[Span]:
    for match in PHONE.finditer(text):
        said = match.group()
        while len(_national(said)) > 10 and LAST_GROUP.search(said):  # a house number that follows, say
            said = LAST_GROUP.sub("", said)
        if len(_national(said)) in (9, 10) and _plain(said) not in HELPLINES:
            yield Span(match.start(), match.start() + len(said), "PHONE", "Phone number")
    for match in PHONE_BARE.finditer(text):
        yield Span(match.start(), match.end(), "PHONE", "Mobile number without its first 0")
    for match in PHONE_ABROAD.finditer(text):
        yield Span(match.start(), match.end(), "PHONE", "Phone number of another country")
    for match in PHONE_LOCAL.finditer(text):
        if digits(match.group(1)) not in HELPLINES:
            yield Span(*match.span(1), "PHONE", "Number beside “ring” or “text”")
    for match in PHONE_SPOKEN.finditer(text):
        longer = re.search(r"\d\d", match.group())  # `oh seven seven double oh 900 127`, not `0 10 20 30 40 50 60`
        if not longer or len(re.findall(r"[a-z]+", match.group(), I)) >= SAID_IN_WORDS:
            yield Span(match.start(), match.end(), "PHONE", "Phone number in words")


def _trimmed(text: str, match: re.Match[str]) -> int:
    end = match.end()
    while end > match.start() and text[end - 1] in ".,;:!?)'\"’”]-":
        end -= 1
    return end


def postcodes(text: str) -> Iterator[Span]:
    for match in POSTCODE.finditer(text):
        if match.group(1).upper() in AREAS or WRITTEN_AS_ONE.fullmatch(match.group()):
            yield Span(match.start(), match.end(), "POSTCODE", "Postcode")
    for match in POSTCODE_APART.finditer(text):
        area = (match.group(1) or match.group(2)).upper()
        if area in AREAS - WORDLIKE:
            yield Span(match.start(), match.end(), "POSTCODE", "Postcode")
    for match in POSTCODE_SPACED.finditer(text):
        if (match.group(1) + match.group(2)).upper() in AREAS:
            yield Span(match.start(), match.end(), "POSTCODE", "Postcode")
    for match in OUTCODE.finditer(text):
        yield Span(*match.span(1), "POSTCODE", "First half of a postcode")


SAID = {
    **{word: str(at) for at, word in enumerate("zero one two three four five six seven eight nine".split())},
    "oh": "0", "nought": "0", "to": "2", "for": "4",
}  # fmt: skip
SAYING = r"(?:zero|oh|nought|one|two|three|four|five|six|seven|eight|nine|[A-Za-z]{1,2}\d{0,2}|\d{1,2}[A-Za-z]{0,2})"
SPELT = re.compile(rf"(?<!\w){SAYING}(?:[\s,]+{SAYING}){{2,9}}(?!\w)", I)
WHOLE = re.compile(r"([A-Z]{1,2})\d[A-Z\d]?\d[A-Z]{2}")


def spelt_postcodes(text: str) -> Iterator[Span]:
    """`b d seven, four x s`: letters and figures one by one, beside the word postcode or with a figure in words."""
    for match in SPELT.finditer(text):
        tokens = [(m.start() + match.start(), m.group()) for m in re.finditer(r"\w+", match.group())]
        near = "post" in text[max(0, match.start() - 30) : match.start()].casefold()
        for first in range(len(tokens)):
            for last in range(len(tokens), first + 2, -1):
                part = tokens[first:last]
                whole = WHOLE.fullmatch("".join(SAID.get(said.casefold(), said) for _, said in part).upper())
                if whole and whole.group(1) in AREAS and (near or any(said.casefold() in SAID for _, said in part)):
                    yield Span(
                        part[0][0], part[-1][0] + len(part[-1][1]), "POSTCODE", "Postcode, said letter by letter"
                    )
                    break


def structured(text: str) -> Iterator[Span]:
    for find in (contacts, postcodes, spelt_postcodes, plates, handles, numbers, dates):
        yield from find(text)
