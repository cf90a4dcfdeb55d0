"""Four words that a person can keep by heart. Each use has a pepper of its own: words of one open nothing of another."""

import hashlib
import hmac
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from consultation.respondent_pages.encrypted_references import derive_key

WORD_COUNT = 4
WORD_LIST_FILE = Path(__file__).with_name("words.txt")


@lru_cache(maxsize=1)
def load_word_list() -> tuple[str, ...]:
    """2,048 short, common, neutral words: 11 bits each."""
    return tuple(WORD_LIST_FILE.read_text(encoding="utf-8").split())


def list_unlisted_words(words: Sequence[str]) -> list[str]:
    """Those of the first four typed words that no four words can hold, each once."""
    known = frozenset(load_word_list())
    return [word for word in dict.fromkeys(words[:WORD_COUNT]) if word not in known]


def derive_words(purpose: str, seed: bytes) -> tuple[str, ...]:
    """The four words of a form's secret, so that a reload shows the same ones."""
    digest = hmac.digest(derive_key(purpose), seed, hashlib.sha256)
    number, size, words = int.from_bytes(digest, "big"), len(load_word_list()), []
    for _ in range(WORD_COUNT):
        number, place = divmod(number, size)
        words.append(load_word_list()[place])
    return tuple(words)


def derive_from_words(purpose: str, words: Sequence[str]) -> bytes:
    """What four words derive to: 32 bytes. Fewer or more words derive to what no four words do."""
    said = words if len(words) == WORD_COUNT else ("", *words)
    return hmac.digest(derive_key(purpose), " ".join(said).encode(), hashlib.sha256)
