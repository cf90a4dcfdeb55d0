"""Detects the language of an answer, and whether the screen can read it. Unreadable answers are flagged."""

from collections import Counter
from collections.abc import Mapping

from consultation.reading.screening.text_normalisation import NormalisedText

UNKNOWN = "und"
# Languages with training answers and urgent phrases: English by many authors, each other language by three.
READS = frozenset({"en", "ur", "ur-Latn", "pa", "bn", "ar", "pl", "sk", "ro"})
SCRIPTS = ((0x0600, 0x0780, "arabic"), (0x0900, 0x0980, "devanagari"), (0x0980, 0x0A00, "bengali"),
           (0x0A00, 0x0A80, "gurmukhi"), (0x0041, 0x0250, "latin"), (0x1E00, 0x1F00, "latin"))  # fmt: skip
OTHER_ARABIC = {"ckb": "ێۆڵڕ", "ps": "ېۍټډړښځڅڼ"}
ENGLISH_ENOUGH = 0.55
NEARLY_ALL = 0.85
SOME = 0.34


def script_of_character(character: str) -> str:
    code = ord(character)
    return next((name for low, high, name in SCRIPTS if low <= code < high), "other")


def vocabulary_coverage(words: list[str], vocabulary: frozenset[str]) -> float:
    return sum(map(vocabulary.__contains__, words)) / len(words) if words else 0.0


def detect_language(
    text: NormalisedText, original: str, vocabularies: Mapping[str, frozenset[str]], hint: str | None = None
) -> str:
    """The language code; `und` if the text gives no evidence."""
    words = [token.word for token in text.tokens if not token.word.isdigit()]
    if not words:
        return UNKNOWN
    letters = [word[0] for word in words if word[0].isalpha()]
    scripts = Counter("latin" if letter.isascii() else script_of_character(letter) for letter in letters)
    name = max(scripts, key=lambda script: scripts[script], default="other")  # in which most words begin
    if name == "latin":
        return _detect_latin_language(words, original, vocabularies, hint)
    if name == "arabic":
        return _detect_arabic_language(original)
    return {"bengali": "bn", "gurmukhi": "pa", "devanagari": "hi"}.get(name, UNKNOWN)


def _detect_latin_language(
    words: list[str], original: str, vocabularies: Mapping[str, frozenset[str]], hint: str | None
) -> str:
    english = vocabulary_coverage(words, vocabularies["en"])
    if english >= NEARLY_ALL or (english >= ENGLISH_ENOUGH and len(words) <= 4):
        return "en"
    shares = {code: vocabulary_coverage(words, known) for code, known in vocabularies.items() if code != "en"}
    best = max(sorted(shares), key=lambda code: shares[code])
    if shares[best] > english and shares[best] >= SOME:
        return best
    guess = _identify_by_model(original)
    if english >= ENGLISH_ENOUGH:
        return "en"
    if guess in READS:
        return guess
    if hint and hint != "en" and len(words) <= 4:
        return hint
    return guess if english < SOME or guess not in ("la", "eo") else "en"


def _detect_arabic_language(original: str) -> str:
    for code, letters in OTHER_ARABIC.items():
        if not set(letters).isdisjoint(original):
            return code
    guess = _identify_by_model(original)
    return guess if guess in ("ar", "fa", "ps", "ug", "sd", "ku") else "ur"


def _identify_by_model(text: str) -> str:
    from py3langid import classify  # half a second to load: only for texts that are not plainly English

    return str(classify(text[:600])[0])


def is_readable(language: str, text: NormalisedText) -> bool:
    """True for known languages and for a text without words; False for words in another language."""
    return language in READS or not any(word.word.isalpha() for word in text.tokens)
