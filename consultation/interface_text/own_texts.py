"""Officers' own words that pages say in every language, such as those of a help entry: translated as corrections are.

Their key comes from their English. So new English asks for new translations, and equal words are translated once.
"""

import hashlib
from typing import Any

from django.dispatch import Signal

PREFIX = "own."

own_texts_asked = Signal()  # -> [(English, the page that says it)]


def build_own_key(english: str) -> str:
    return PREFIX + hashlib.sha256(english.encode()).hexdigest()[:16]


def is_own_key(key: str) -> bool:
    return key.startswith(PREFIX)


def list_own_strings() -> list[dict[str, str]]:
    """Each text once, as interface.yaml has the others."""
    answers: list[Any] = own_texts_asked.send(sender=None)
    said = {text: where for _, found in answers for text, where in found}
    return [
        {"key": build_own_key(text), "where": where, "for": "child", "text": text, "easy_read": text}
        for text, where in said.items()
    ]
