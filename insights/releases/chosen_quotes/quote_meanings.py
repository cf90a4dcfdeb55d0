"""Embeddings of quotes, for workers only: English by the English encoder, other languages by the multilingual one.

The two stand in columns of their own, so texts of the two kinds are near to none of the other.
"""

from collections.abc import Sequence

import numpy as np

from insights.coding.engine import english_encoder, multilingual_encoder


def embed_quotes(texts: Sequence[tuple[str, str]]) -> np.ndarray:
    """A row of length 1 for each (words, language)."""
    width = english_encoder.WIDTH
    found = np.zeros((len(texts), width + multilingual_encoder.WIDTH), np.float32)
    english = [at for at, (words, language) in enumerate(texts) if is_plain_english(words, language)]
    others = sorted(set(range(len(texts))) - set(english))
    if english:
        found[english, :width] = english_encoder.embed_english([texts[at][0] for at in english])
    if others:
        found[others, width:] = multilingual_encoder.embed_meaning([texts[at][0] for at in others])
    return found


def is_plain_english(words: str, language: str) -> bool:
    return language == "en" and english_encoder.can_encode(words)


def select_english_part(rows: np.ndarray) -> np.ndarray:
    return rows[:, : english_encoder.WIDTH]
