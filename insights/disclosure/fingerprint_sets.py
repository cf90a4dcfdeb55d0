"""Sets of people as sorted fingerprints of eight bytes each, which the differencing ledger compares."""

import numpy as np


def pack_fingerprints(people: np.ndarray) -> bytes:
    return people.astype("<u8").tobytes()


def unpack_fingerprints(stored: bytes) -> np.ndarray:
    return np.frombuffer(bytes(stored), dtype="<u8")


def count_in_both(one: np.ndarray, other: np.ndarray) -> int:
    """The number of people in both sorted sets. A merge is linear, so a million people take milliseconds."""
    merged = np.concatenate([one, other])
    merged.sort(kind="stable")
    return int(np.count_nonzero(merged[1:] == merged[:-1]))
