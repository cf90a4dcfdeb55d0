"""Tokens of texts and queries in any script: letters, marks and digits; case and Latin accents are ignored."""

import unicodedata

MOST_WORDS, LONGEST_QUERY = 8, 80
SHORTEST = 2


def split_tokens(text: str) -> list[str]:
    found, word = [], []
    for letter in unicodedata.normalize("NFKD", text.casefold()):
        if "\u0300" <= letter <= "\u036f":
            continue
        if unicodedata.category(letter)[0] in "LNM":
            word.append(letter)
        elif word:
            found.append("".join(word))
            word = []
    return [*found, "".join(word)] if word else found


def parse_query(text: str) -> list[str]:
    """Tokens of a query, limited in number and length."""
    words = [word for word in split_tokens(text[:LONGEST_QUERY]) if len(word) >= SHORTEST]
    return list(dict.fromkeys(words))[:MOST_WORDS]
