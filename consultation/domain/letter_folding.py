"""Letters as they look, to compare texts. What is stored or shown is never folded.

Whoever writes one Latin letter of a word in Cyrillic, in full width or with a stroke writes another text to a program and
the same to a reader.
"""

import re
import unicodedata
from functools import lru_cache

from consultation.domain.invisible_letters import INVISIBLE

# Of confusables.txt (Unicode 15, UTS 39) the Greek, Cyrillic, Armenian and Cherokee letters that NFKC leaves as they are;
# and those whose shape is near a Latin one (`кмтвнω`), or a capital I.
LOOK_ALIKES = {
    "a": "ɑαа", "b": "ЬᏏв", "c": "сꮯ", "d": "ԁᏧ", "e": "еҽ", "f": "ք", "g": "ɡց", "h": "һհᏂн", "i": "ıɩιіӏᎥꙇꭵ",
    "j": "ϳј", "k": "кκ", "m": "м", "n": "ոռ", "o": "οσоօ", "p": "ρр", "q": "ԛգզ", "r": "гᴦꮁ", "s": "ѕꮪ", "t": "тτ",
    "u": "υս", "v": "νѵꮩ", "w": "ѡԝաꮃω", "x": "х", "y": "γуү", "z": "ꮓ", "A": "ΑАᎪ", "B": "ΒВᏴ", "C": "СᏟ", "D": "Ꭰ",
    "E": "ΕЕᎬ", "F": "Ϝ", "G": "ԌᏀᏳ", "H": "ΗНᎻ", "I": "ΙІӀ", "J": "ͿЈᎫ", "K": "ΚКᏦ", "L": "Ꮮ", "M": "ΜϺМᎷ", "N": "Ν",
    "O": "ΟОՕ", "P": "ΡРᏢ", "R": "ᎡᏒ", "S": "ЅՏᏕᏚ", "T": "ΤТᎢ", "U": "Ս", "V": "ѴᏙ", "W": "ԜᎳᏔ", "X": "ΧХ",
    "Y": "ΥУҮᎩᎽ", "Z": "ΖᏃ",
}  # fmt: skip
LATIN_OF = {letter: latin for latin, letters in LOOK_ALIKES.items() for letter in letters}
# By its Unicode name, a Latin letter in another form: a small capital, on a dark ground.
OTHER_FORM = re.compile(r"(?:LATIN LETTER SMALL CAPITAL|NEGATIVE (?:CIRCLED|SQUARED) LATIN CAPITAL LETTER) ([A-Z])")
WITH_STROKE = re.compile(r"LATIN SMALL LETTER ([A-Z]) WITH .+")  # what is left of these once accents are apart
ARABIC_MARKS = frozenset([*range(0x64B, 0x660), 0x670])
FOLDED = str.maketrans({  # Persian and Arabic keyboards
    "ك": "ک", "ي": "ی", "ى": "ی", "ة": "ہ", "ه": "ہ", "أ": "ا", "إ": "ا", "آ": "ا", "ß": "ss",
})  # fmt: skip
WORD = re.compile(r"[^\W_]+")
LAST_LATIN = "\u024f"


@lru_cache(4096)
def unmask_letter(letter: str) -> str:
    """The letter or digit that this one looks like, in the same case; itself where it is no other's double."""
    plain = unicodedata.normalize("NFKC", letter)
    plain = plain if len(plain) == 1 else letter
    form = OTHER_FORM.fullmatch(unicodedata.name(plain, ""))
    return form[1].lower() if form else LATIN_OF.get(plain, plain)


def unmask_words(text: str) -> str:
    """The text, as many letters long, with the words that look Latin in Latin letters. A word of another script stays."""
    return text if text.isascii() else WORD.sub(_unmask_word, text)


def _unmask_word(word: re.Match[str]) -> str:
    plain = "".join(map(unmask_letter, word.group()))
    return plain if max(plain) <= LAST_LATIN else word.group()


@lru_cache(4096)
def fold_letter(letter: str) -> str:
    """Lower case, compatibility forms, no accents on letters that carry them as ornament (not Indic vowel signs); "" of
    what nobody sees."""
    parts = unicodedata.normalize("NFKD", unmask_letter(letter).lower())
    kept = "".join(c for c in parts if not (0x300 <= ord(c) < 0x370 or ord(c) in ARABIC_MARKS or ord(c) in INVISIBLE))
    folded = "".join(LATIN_OF.get(c, c) for c in unicodedata.normalize("NFKC", kept).lower())
    stroke = WITH_STROKE.fullmatch(unicodedata.name(folded, "")) if len(folded) == 1 else None
    return stroke[1].lower() if stroke else folded.translate(FOLDED)


def fold_letters(text: str) -> str:
    return text.lower() if text.isascii() else "".join(map(fold_letter, text))
