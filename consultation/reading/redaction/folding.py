"""One plain view of a text for the patterns, and the way back: offsets of the view are offsets of the answer.

Composed letters (NFC), plain digits, spaces, hyphens and apostrophes, and no invisible characters. A phone number in
Bengali digits, a name in decomposed letters or a postcode with a zero-width space in it is then found like any other.
"""

import unicodedata
from dataclasses import dataclass, replace

from consultation.reading.redaction.spans import Span

PLAIN = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\uff07": "'", "\u2010": "-", "\u2011": "-", "\u2012": "-",
     "\u2013": "-", "\u2212": "-", "\u00a0": " ", "\u2007": " ", "\u2009": " ", "\u202f": " ", "\u3000": " "}
)  # fmt: skip
# Zero-width and direction marks, soft hyphen, variation selectors. The joiners stay inside scripts that write with them.
INVISIBLE = frozenset(
    "\u00ad\u200b\u2060\ufeff\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
JOINERS = frozenset("\u200c\u200d")


@dataclass(frozen=True, slots=True)
class View:
    text: str
    starts: tuple[int, ...] | None = None  # of each character of the view: where it begins in the answer
    ends: tuple[int, ...] | None = None

    def back(self, span: Span) -> Span:
        if self.starts is None or self.ends is None:
            return span
        return replace(span, start=self.starts[span.start], end=self.ends[span.end - 1])


def view(text: str) -> View:
    if text.isascii():
        return View(text)
    plain = "".join(_plain(character) for character in text)
    if unicodedata.is_normalized("NFC", plain) and not any(_hidden(plain, at) for at in range(len(plain))):
        return View(plain)
    return _composed(plain)


def _plain(character: str) -> str:
    if character.isascii():
        return character
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if "\uff21" <= character <= "\uff5a" or character == "\uff20":
        return unicodedata.normalize("NFKC", character)
    return character.translate(PLAIN)


def _hidden(text: str, at: int) -> bool:
    if text[at] in INVISIBLE:
        return True
    return text[at] in JOINERS and not (0 < at < len(text) - 1 and ord(text[at - 1]) > 0x5FF)


def _composed(text: str) -> View:
    letters, starts, ends = [], list[int](), list[int]()
    at = 0
    while at < len(text):
        if _hidden(text, at):
            at += 1
            continue
        end = at + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        for composed in unicodedata.normalize("NFC", text[at:end]):
            letters.append(composed)
            starts.append(at)
            ends.append(end)
        at = end
    return View("".join(letters), tuple(starts), tuple(ends))


def whole_letters(text: str, span: Span) -> Span:
    """Widened to whole letters: a mark belongs to the letter before it, and is never left behind alone."""
    start, end = span.start, span.end
    while end < len(text) and _is_mark(text[end]):
        end += 1
    while start > 0 and _is_mark(text[start]):
        start -= 1
    return span if (start, end) == (span.start, span.end) else replace(span, start=start, end=end)


def _is_mark(character: str) -> bool:
    return not character.isascii() and unicodedata.category(character).startswith("M")
