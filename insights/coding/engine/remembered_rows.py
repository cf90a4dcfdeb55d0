"""Embeddings kept while a block runs, because a model's fit, its held-out figures and a demo ask for the same texts
again. Nothing is kept outside such a block: what a worker holds between its tasks tells of nobody."""

from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps

import numpy as np

_kept = ContextVar("remembered rows", default=None)


@contextmanager
def remember_rows():
    """Encode each text once in this block. A block within a block uses what the outer one keeps."""
    if _kept.get() is not None:
        yield
        return
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def remembers_rows(embed):
    """Decorate `embed(texts)`, whose rows depend on each text alone."""

    @wraps(embed)
    def embed_new(texts):
        if _kept.get() is None:
            return embed(texts)
        known = _kept.get().setdefault(embed, {})
        new = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(new, embed(new), strict=True))
        return np.array([known[text] for text in texts]) if len(texts) else embed(texts)

    return embed_new
