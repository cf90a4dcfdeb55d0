"""What a child who types "nudes", "hits me" or "kill myself" needs: help of that kind, before any page that was found."""

from functools import cache

import yaml

from cms.site.search.search_index import LONGEST_QUERY, split_tokens
from consultation.safeguarding.help.needs import CHILDRENS_WORDS, NEEDS

STEM = 5  # a word as long also stands for longer ones that begin so


def find_needs(text: str, language: str) -> list[str]:
    """The needs (help/needs.py) whose children's words are in a query, in their order there."""
    asked = split_tokens(text[:LONGEST_QUERY])
    found = {need for code in {language, "en"} for need, phrase in _list_phrases(code) if _is_said(phrase, asked)}
    return [need for need in NEEDS if need in found]


@cache
def _list_phrases(language: str) -> list[tuple[str, tuple[str, ...]]]:
    needs = yaml.safe_load(CHILDRENS_WORDS.read_text(encoding="utf-8")).get(language, {})
    return [(need, tuple(split_tokens(str(phrase)))) for need, phrases in needs.items() for phrase in phrases]


def _is_said(phrase: tuple[str, ...], asked: list[str]) -> bool:
    """Whether the words of a phrase stand beside each other in a query."""
    starts = range(len(asked) - len(phrase) + 1)
    return any(
        all(
            given == word or (len(word) >= STEM and given.startswith(word))
            for word, given in zip(phrase, asked[at:], strict=False)
        )
        for at in starts
    )
