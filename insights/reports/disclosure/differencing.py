"""Sets of people as sorted fingerprints, eight bytes each: how the ledger (insights.reports.ledger) compares figures."""

import numpy as np


def pack(people: np.ndarray) -> bytes:
    return people.astype("<u8").tobytes()


def unpack(stored: bytes) -> np.ndarray:
    return np.frombuffer(bytes(stored), dtype="<u8")


def in_both(one: np.ndarray, other: np.ndarray) -> int:
    """How many people two sorted sets share. Merging two sorted runs is linear, so a million take milliseconds."""
    merged = np.concatenate([one, other])
    merged.sort(kind="stable")
    return int(np.count_nonzero(merged[1:] == merged[:-1]))
