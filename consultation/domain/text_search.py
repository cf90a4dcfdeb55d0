"""Searching opened texts for words, whatever their case, accents and forms of letters."""

import unicodedata


def fold_text(text: str) -> str:
    """Without case, accents and compatibility forms of letters."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


def has_all_words(text: str, words: str) -> bool:
    """Whether the text holds all of these words, in any order. No words are in no text."""
    wanted, folded = fold_text(words).split(), fold_text(text)
    return bool(wanted) and all(word in folded for word in wanted)
