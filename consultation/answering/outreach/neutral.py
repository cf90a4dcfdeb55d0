"""What a poster, a card or a text may say of a consultation.

Whoever takes a picture of a square, carries a card or follows a link in front of others must not be marked by what it
asks about. So the words are the same for every consultation: "We want to hear from you". Only one that touches nothing
hard may stand on a poster with its title, and only when an officer asks for it.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

import yaml

from consultation.questionnaires.forms import LOUD

WORDS = Path(__file__).parent / "hard_words.yaml"


def may_be_named(content):
    """Nothing in it is marked as hard, nothing opens help, and its title and summary are quiet in every language."""
    hard = any(item.get("sensitive") or item.get("help") for item in content["items"])
    spoken = [*content["title"].items(), *content["summary"].items()]
    return not hard and not any(is_loud(text or "", language) for language, text in spoken)


def is_loud(text, language):
    """By the words of its language and by English ones, which are lent. What we have no words for may say anything."""
    plain, lists = _plain(text), _hard_words()
    if language not in lists or LOUD.search(plain):
        return True
    return any(lists[each].search(plain) for each in {language, "en"})


@cache
def _hard_words():
    """{language: a pattern that finds any of its words}."""
    with WORDS.open(encoding="utf-8") as file:
        lists = yaml.safe_load(file)
    return {
        language: re.compile("|".join(_beginning(_plain(word), language) for word in words))
        for language, words in lists.items()
    }


def _beginning(word, language):
    """At the start of a word; in Arabic script an article or a preposition is written onto it."""
    return re.escape(word) if language in ("ar", "ur") else rf"(?<!\w){re.escape(word)}"


def _plain(text):
    """Without case, accents, hyphens and what cannot be seen: "self\u00adharm", "S\u00c9XE" and "Nóż" are read."""
    spread = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l").replace("-", " "))
    kept = (letter for letter in spread if unicodedata.category(letter) not in ("Mn", "Cf") or _is_indic(letter))
    return " ".join("".join(kept).split())


def _is_indic(letter):
    """Vowel signs that are marks: without them a word of Punjabi or Bengali is another one."""
    return "\u0900" <= letter <= "\u0dff"
