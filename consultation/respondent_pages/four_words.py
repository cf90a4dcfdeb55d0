"""Four words that a person can keep by heart. Each use has a pepper of its own: words of one open nothing of another."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from consultation.respondent_pages.encrypted_references import derive_key
from consultation.respondent_pages.slow_hash import HashingLane, guesses

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


@dataclass(frozen=True)
class HashedWords:
    """What was typed, hashed slowly once for all that it may open. Hit and miss cost the same."""

    typed: bytes
    slow: bytes

    def derive(self, purpose: str) -> bytes:
        return hmac.digest(derive_key(purpose), self.slow, hashlib.sha256)

    def derive_as_before(self, purpose: str) -> bytes:
        """What words derived to up to version 0.1, without the slow hash. It can go, with each call, when retention has
        erased what was stored then: two years after the last survey closed that was open at the upgrade to 0.2."""
        return hmac.digest(derive_key(purpose), self.typed, hashlib.sha256)

    def list_digests(self, purpose: str) -> list[str]:
        """The digests under which a row may be stored, the present one first."""
        return [self.derive(purpose).hex(), self.derive_as_before(purpose).hex()]


def hash_words(words: Sequence[str], lane: HashingLane = guesses) -> HashedWords:
    """Hash four words; fewer or more derive to what no four words do. Raises TooManyAtOnce."""
    typed = " ".join(words if len(words) == WORD_COUNT else ("", *words)).encode()
    return HashedWords(typed, lane.hash("four words", typed))
