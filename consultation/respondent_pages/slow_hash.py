"""Argon2id of what people type to open something: four words, PINs. A few at a time, so that guesses do not stop the site.

Salted by the installation's secret: whoever has a copy of the database alone can try nothing, and with the secret as
well each guess takes a core 50 ms and 32 MiB (measured on two cores). So that this costs others little, one thread of a
process hashes, and few requests wait for it: past `places` of a lane the answer comes at once, "try again". Guesses
have a lane of their own, so that they hold nobody up who has just been given words. Staff wait for their place.
"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from nacl import pwhash

from consultation.respondent_pages.encrypted_references import derive_key

# What is stored derives from these numbers: another cost finds none of it.
OPERATIONS, MEMORY = 3, 32 * 1024 * 1024


class TooManyAtOnce(Exception):
    """This process has enough to hash: the person tries again in a moment. Nothing was looked up."""


class HashingLane:
    """Requests that may wait for a hash at the same time, `places` of them in each process. `patience`: the seconds that
    one more waits for a place."""

    def __init__(self, places: int, patience: float = 0) -> None:
        self._places, self._patience = threading.BoundedSemaphore(places), patience

    def run[Value](self, compute: Callable[..., Value], *given: object) -> Value:
        """What `compute` returns, computed in the hashing thread. Raises TooManyAtOnce when all places are taken."""
        if not self._places.acquire(timeout=self._patience):
            raise TooManyAtOnce
        try:
            return _hashing_thread().submit(compute, *given).result()
        finally:
            self._places.release()

    def hash(self, purpose: str, secret: bytes) -> bytes:
        return self.run(hash_slowly, secret, derive_key(purpose)[: pwhash.argon2id.SALTBYTES])


guesses, own_words, staff_pins = HashingLane(2), HashingLane(2), HashingLane(1, patience=10)


def hash_slowly(secret: bytes, salt: bytes) -> bytes:
    """32 bytes. PyNaCl releases the interpreter's lock meanwhile."""
    hashed: bytes = pwhash.argon2id.kdf(32, secret, salt, opslimit=OPERATIONS, memlimit=MEMORY)
    return hashed


@cache
def _hashing_thread() -> ThreadPoolExecutor:
    """Made at the first need, so in each process after its fork."""
    return ThreadPoolExecutor(1, "hashing")
