"""A plain view of a text for the patterns, with a mapping of its offsets back to the answer.

The view has composed letters (NFC), plain digits, spaces, hyphens and apostrophes, Latin letters for their look-alikes,
and no invisible characters. So the patterns also find a phone number in Bengali digits, decomposed letters, a postcode
with a zero-width space, or a name with one Cyrillic letter. Of a long run of signs or white space, which tells nothing,
it has the ends alone.
"""

import re
import unicodedata
from dataclasses import dataclass, replace

from consultation.domain.invisible_letters import INVISIBLE
from consultation.domain.letter_folding import unmask_words
from consultation.reading.redaction.personal_data_spans import Span

PLAIN = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u2010": "-", "\u2011": "-", "\u2012": "-",
     "\u2013": "-", "\u2212": "-", "\u00a0": " ", "\u2007": " ", "\u2009": " ", "\u202f": " ", "\u3000": " "}
)  # fmt: skip
JOINERS = frozenset("\u200c\u200d")  # stay inside scripts that need them
SIGNS_KEPT = 20  # at each end of a run
SIGNS = re.compile(rf"[\W_]{{{2 * SIGNS_KEPT + 1},}}")


@dataclass(frozen=True, slots=True)
class PlainView:
    text: str
    starts: tuple[int, ...] | None = None  # offset in the answer of each character; None: as in the answer
    ends: tuple[int, ...] | None = None

    def map_back(self, span: Span) -> Span:
        if self.starts is None or self.ends is None:
            return span
        return replace(span, start=self.starts[span.start], end=self.ends[span.end - 1])


def plain_view(text: str) -> PlainView:
    return _shorten_runs(PlainView(text) if text.isascii() else _fold_text(text))


def _fold_text(text: str) -> PlainView:
    plain = "".join(map(_fold_character, unmask_words(text)))
    hidden = any(_is_hidden_character(plain, at) for at in range(len(plain)))
    return _compose_characters(plain) if hidden or not unicodedata.is_normalized("NFC", plain) else PlainView(plain)


def _shorten_runs(view: PlainView) -> PlainView:
    if not (runs := [match.span() for match in SIGNS.finditer(view.text)]):
        return view
    starts, ends = view.starts or tuple(range(len(view.text))), view.ends or tuple(range(1, len(view.text) + 1))
    kept = [0, *(at for start, end in runs for at in (start + SIGNS_KEPT, end - SIGNS_KEPT)), len(view.text)]
    parts = [slice(start, end) for start, end in zip(kept[::2], kept[1::2], strict=True)]
    return PlainView(
        "".join(view.text[part] for part in parts),
        tuple(at for part in parts for at in starts[part]),
        tuple(at for part in parts for at in ends[part]),
    )


def _fold_character(character: str) -> str:
    if character.isascii():
        return character
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if "\uff01" <= character <= "\uff5e":  # signs of full width
        return unicodedata.normalize("NFKC", character)
    return character.translate(PLAIN)


def _is_hidden_character(text: str, at: int) -> bool:
    if text[at] in JOINERS:
        return not (0 < at < len(text) - 1 and ord(text[at - 1]) > 0x5FF)
    return ord(text[at]) in INVISIBLE


def _compose_characters(text: str) -> PlainView:
    letters, starts, ends = [], list[int](), list[int]()
    at = 0
    while at < len(text):
        if _is_hidden_character(text, at):
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
    return PlainView("".join(letters), tuple(starts), tuple(ends))


def widen_to_whole_letters(text: str, span: Span) -> Span:
    """Widen a span to whole letters: a combining mark belongs to the letter before it."""
    start, end = span.start, span.end
    while end < len(text) and _is_mark(text[end]):
        end += 1
    while start > 0 and _is_mark(text[start]):
        start -= 1
    return replace(span, start=start, end=end)


def _is_mark(character: str) -> bool:
    return not character.isascii() and unicodedata.category(character).startswith("M")
