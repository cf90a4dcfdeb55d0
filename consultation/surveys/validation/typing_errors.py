"""Typing errors and the short forms of messages, put right only towards words that a linter looks for."""

import re
from difflib import get_close_matches
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

SHORTEST = 4  # letters: shorter unknown words resemble too much
CLOSE = 0.75
SHORT_FORMS = dict(
    " ".join(form.split()).split(" ", 1)
    for form in """
    u you; yu you; ya you; ne1 anyone; ur your; yr your; r are; urself yourself; sum1 someone; any1 anyone; some1
    someone; every1 everyone; no1 nobody; wen when; wot what; wat what; hav have; hv have; bin been; bein being; evr ever;
    evar ever; wiv with; wud would; shud should; cud could; abt about; ppl people; im i am; ive i have; i'm i am; i've i
    have; i'd i would; you've you have; you're you are; who's who is; what's what is; anyone's anyone has; someone's
    someone has; somebody's somebody has; he's he has; she's she has; they've they have; dont don't; didnt didn't;
    thier their; bf boyfriend; gf girlfriend; pix pictures; msg message
    """.split(";")
)
WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
ENDINGS = ("s", "es", "ed", "ing", "'s")


def correct_typing_errors(text: str, wanted: frozenset[str]) -> str:
    """The text in small letters, with each unknown word replaced by the wanted word that it resembles."""
    return WORD.sub(lambda found: _correct_word(found[0], wanted), text)


@lru_cache(maxsize=20_000)
def _correct_word(word: str, wanted: frozenset[str]) -> str:
    if word in SHORT_FORMS:
        return SHORT_FORMS[word]
    if word in wanted or len(word) < SHORTEST or not word.isalpha() or _is_english(word):
        return word
    return next(iter(get_close_matches(word, wanted, n=1, cutoff=CLOSE)), word)


def _is_english(word: str) -> bool:
    known = _load_english_words()
    return word in known or any(word.endswith(end) and word[: -len(end)] in known for end in ENDINGS)


@cache
def _load_english_words() -> frozenset[str]:
    """TextBlob's lexicon, which is read and not imported."""
    package = find_spec("textblob")
    if package is None or package.origin is None:
        raise RuntimeError("TextBlob is not installed: its lexicon is needed to tell words from typing errors.")
    lines = (Path(package.origin).parent / "en" / "en-lexicon.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.split(" ", 1)[0].lower() for line in lines if line and not line.startswith(";"))
