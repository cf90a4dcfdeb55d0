"""Record keys: a uniform number from 0 to 4,095 for each person, an HMAC of the response's id under RECORD_KEY_SECRET."""

import hashlib
import hmac
from collections.abc import Iterable
from uuid import UUID

import numpy as np

from insights.disclosure.perturbation import KEYS, ReleaseNoise
from insights.disclosure.record_secret import derive_key


def make_record_keys(respondents: Iterable[UUID]) -> np.ndarray:
    secret = derive_key("record")
    digests = b"".join(hmac.digest(secret, one.bytes, "sha256")[:2] for one in respondents)
    return np.frombuffer(digests, dtype="<u2") % KEYS


def make_fresh_keys(release: str) -> np.ndarray:
    """For each cell key its key in the fresh table: a secret permutation, another one for each release."""
    stream = hashlib.shake_256(derive_key("release", release)).digest(8 * KEYS)
    return np.argsort(np.frombuffer(stream, dtype="<u8"), kind="stable")


def make_group_key(*name: str) -> int:
    """The key of a group, a secret number from 0 to 4,095, which lasts. It is added to the cell key of each figure of the
    group: where all who gave an answer are in one of two groups, its number and that of everyone would be equal, and tell
    that nobody in the other group gave it."""
    return int.from_bytes(derive_key("group", *name)[:2], "little") % KEYS


def make_release_noise(consultation: int, number: int, respondents: Iterable[UUID], draw: int = 0) -> ReleaseNoise:
    """The noise of a release for these people, in their order: it hangs on them and on the release alone. `draw` counts
    the draws of its fresh part that were thrown away."""
    name = f"{consultation}/{number}/{draw}" if draw else f"{consultation}/{number}"
    return ReleaseNoise(make_record_keys(respondents), make_fresh_keys(name))
