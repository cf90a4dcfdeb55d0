"""Record keys: a uniform number from 0 to 4,095 for each person, an HMAC of the response's id under RECORD_KEY_SECRET.

The secret is kept with the private answer keys, outside the database and its backups: whoever holds only the database
cannot work out the noise of a figure. A release stores its fingerprint, because under another secret the lasting part
of the noise would be drawn anew.
"""

import hashlib
import hmac
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import numpy as np
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from insights.disclosure.perturbation import KEYS


def make_record_keys(respondents: Iterable[UUID]) -> np.ndarray:
    """The record key of each of `respondents`, in their order."""
    secret = _derive_key("record")
    digests = b"".join(hmac.digest(secret, one.bytes, "sha256")[:2] for one in respondents)
    return np.frombuffer(digests, dtype="<u2") % KEYS


def make_fresh_keys(release: str) -> np.ndarray:
    """For each cell key its key in the fresh table: a secret permutation, another one for each release."""
    stream = hashlib.shake_256(_derive_key("release", release)).digest(8 * KEYS)
    return np.argsort(np.frombuffer(stream, dtype="<u8"), kind="stable")


def draw_number(*name: Any, below: int) -> int:
    """A secret number from 0 to `below` - 1: the same on each call, unknown outside."""
    return int.from_bytes(_derive_key("draw", *name)[:8], "big") % below


def fingerprint_secret() -> str:
    """Shows whether two releases were made under the same secret; tells nothing else of it."""
    return _derive_key("fingerprint").hex()[:16]


def _derive_key(*name: Any) -> bytes:
    if not settings.RECORD_KEY_SECRET:
        raise ImproperlyConfigured("RECORD_KEY_SECRET is empty here: only workers make figures.")
    return hmac.digest(settings.RECORD_KEY_SECRET.encode(), "\x1f".join(map(str, name)).encode(), "sha256")
