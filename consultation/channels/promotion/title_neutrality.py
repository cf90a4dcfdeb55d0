"""Neutral titles: whether a poster, card or text may name its consultation.

A person who photographs a QR code, carries a card or follows a link in front of others must not be exposed by its
topic. So every poster has the same words: "We want to hear from you". The title appears only for a consultation
without sensitive content, and only when an officer asks for it.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

import yaml

from consultation.surveys.forms import REVEALING_WORDS

HARD_WORDS_FILE = Path(__file__).parent / "hard_words.yaml"


def may_show_title(content):
    """Whether no question is sensitive or opens help, and the title and summary are neutral in every language."""
    hard = any(item.get("sensitive") or item.get("help") for item in content["items"])
    spoken = [*content["title"].items(), *content["summary"].items()]
    return not hard and not any(is_sensitive_wording(text or "", language) for language, text in spoken)


def is_sensitive_wording(text, language):
    """Whether a text contains a sensitive word of its language or of English, which other languages borrow. A language
    without a word list counts as sensitive."""
    plain, lists = _normalise_text(text), _load_hard_words()
    if language not in lists or REVEALING_WORDS.search(plain):
        return True
    return any(lists[each].search(plain) for each in {language, "en"})


@cache
def _load_hard_words():
    """{language: a pattern that matches any of its sensitive words}"""
    with HARD_WORDS_FILE.open(encoding="utf-8") as file:
        lists = yaml.safe_load(file)
    found = {}
    for language, words in lists.items():
        # At the start of a word; Arabic script joins articles and prepositions to it, so it matches inside.
        start = "" if language in ("ar", "ur") else r"(?<!\w)"
        found[language] = re.compile("|".join(start + re.escape(_normalise_text(word)) for word in words))
    return found


def _normalise_text(text):
    """Text without case, accents, hyphens and invisible characters: "self\u00adharm", "S\u00c9XE" and "Nóż" match."""
    spread = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l").replace("-", " "))
    # Vowel signs of Indic scripts are combining marks: without them a Punjabi or Bengali word becomes another one.
    kept = (
        letter
        for letter in spread
        if unicodedata.category(letter) not in ("Mn", "Cf") or "\u0900" <= letter <= "\u0dff"
    )
    return " ".join("".join(kept).split())
